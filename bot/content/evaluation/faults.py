"""Where questions go astray: which entries are taken for which, and which fare worst."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.content.evaluation.asking import Answered, Verdict


@dataclass(frozen=True, slots=True)
class Confusion:
    """What was wanted, the entry that was likelier to the matcher, how often, and one of the questions."""

    wanted: str
    taken: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Troubled:
    """An entry: how many questions ask for it, how many of them it loses, and how many others it answers."""

    entry: str
    asked: int
    lost: int
    intruding: int


def confusions(answered: Iterable[Answered]) -> list[Confusion]:
    """The most frequent confusions first; what was wanted is an entry where it is known, else topics."""
    examples: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in _lost(answered):
        if not each.is_best_meant:
            pair = each.question.wanted, each.candidates[0].entry
            examples[pair].append(each.question.text)
    found = [Confusion(*pair, len(texts), texts[0]) for pair, texts in examples.items()]
    return sorted(found, key=lambda each: (-each.count, each.wanted, each.taken))


def only_unsure(answered: Iterable[Answered]) -> int:
    """How many questions are lost whose likeliest entry was right: only its probability was too low."""
    return sum(each.is_best_meant for each in _lost(answered))


def troubled(answered: Sequence[Answered]) -> list[Troubled]:
    """The entries with any trouble, the worst first."""
    asked = Counter(each.question.entry for each in answered)
    lost = Counter(each.question.entry for each in answered if each.verdict is not Verdict.RIGHT)
    wrong = Counter(each.shown for each in answered if each.verdict is Verdict.WRONG)
    names = {name for name in (*lost, *wrong) if name}
    found = [Troubled(name, asked[name], lost[name], wrong[name]) for name in names]
    return sorted(found, key=lambda each: (-each.lost - each.intruding, each.entry))


def false_answers(answered: Iterable[Answered]) -> dict[str, list[Answered]]:
    """Questions out of scope that got an answer all the same, by set."""
    found: dict[str, list[Answered]] = defaultdict(list)
    for each in answered:
        if not each.question.is_in_scope and each.verdict is Verdict.WRONG:
            found[each.question.set].append(each)
    return dict(found)


def _lost(answered: Iterable[Answered]) -> Iterator[Answered]:
    """The questions in scope that were weighed and not answered right."""
    for each in answered:
        if each.question.is_in_scope and each.verdict is not Verdict.RIGHT and each.candidates:
            yield each
