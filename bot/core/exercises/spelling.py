"""Mends the names of exercises that people mistyped, where it is plain which one is meant. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.core.model import Vocabulary
from bot.core.understanding.recent import remembers_recent
from bot.core.understanding.speller import TWO_EDITS_FROM
from bot.core.understanding.text import words_of

SHORTEST = 3  # letters of a word of a name in which an error is looked for
RUN_TOGETHER_FROM = 6  # letters from which a name may be written as one word
LONGEST_TEXT = 40  # words of a text that is looked at

Words = tuple[str, ...]


class NameSpeller:
    """Knows the words of names, and writes a mistyped name as it was meant."""

    def __init__(self, names: Mapping[str, Iterable[str]], vocabulary: Vocabulary) -> None:
        """`names` maps an exercise to its names."""
        self._vocabulary = vocabulary
        forms = {
            (tuple(words_of(form, self._vocabulary)), name) for name, forms in names.items() for form in forms
        }
        self._sizes = {1, *(len(form) for form, _ in forms)}
        self._joined = {each: "".join(each[0]) for each in sorted(forms) if len(each[0]) > 1}
        self._near_to: defaultdict[tuple[object, ...], list[tuple[Words, str]]] = defaultdict(list)
        for each in self._joined:
            for clue in _clues(each[0]):
                self._near_to[clue].append(each)
        self._known = {word for form, _ in forms for word in form}

    @remembers_recent
    def mend(self, text: str) -> str | None:
        """The text with the one mistyped name in it mended. None: there is none, or it may be another's."""
        words = words_of(text, self._vocabulary)
        if len(words) > LONGEST_TEXT or not any(map(self._is_odd, words)):
            return None
        found = {
            (start, behind): dict(self._near(words[start:behind])) for start, behind in self._spans(words)
        }
        meant = {span: names for span, names in found.items() if names}
        if len({name for names in meant.values() for name in names}) != 1:
            return None
        start, behind = max(meant, key=lambda span: span[1] - span[0])
        form = next(iter(meant[start, behind].values()))
        return " ".join([*words[:start], *form, *words[behind:]])

    def _spans(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The places of words that may be a mistyped name."""
        for start in range(len(words)):
            for size in self._sizes:
                if any(map(self._is_odd, words[start : start + size])) and start + size <= len(words):
                    yield start, start + size

    def _near(self, words: Sequence[str]) -> Iterator[tuple[str, Words]]:
        """The exercises with a name that some words may be, each with that name."""
        if len(words) == 1:
            if len(words[0]) < RUN_TOGETHER_FROM:
                return
            alike = extract(words[0], self._joined, scorer=OSA.distance, score_cutoff=1, limit=None)
            yield from ((name, form) for _, _, (form, name) in alike)
            return
        near = (each for clue in _clues(words) for each in self._near_to.get(clue, ()))
        yield from ((name, form) for form, name in near if all(map(self._may_be, words, form)))

    def _may_be(self, word: str, meant: str) -> bool:
        """Whether a word is one of a name, or a slip of it that means nothing else."""
        if word == meant:
            return True
        limit = 2 if len(meant) >= TWO_EDITS_FROM else 1
        return len(meant) >= SHORTEST and self._is_odd(word) and OSA.distance(word, meant) <= limit

    def _is_odd(self, word: str) -> bool:
        """Whether a word is neither one of a name nor a common one."""
        return word not in self._known and word not in self._vocabulary.common_words and not word.isdigit()


def _clues(words: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """What several words share with a name that they may be: one word in its place, or the letters of all."""
    for place, word in enumerate(words):
        yield len(words), place, word
    yield tuple("".join(sorted(word)) for word in words)
