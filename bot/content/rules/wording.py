"""How the bot may speak: length, reading grade, forbidden words, markup, and whom an answer may name."""

import re
from collections.abc import Collection, Iterable, Iterator

import textstat

from bot.content.findings import Finding, Place
from bot.content.library import LanguageContent
from bot.content.schema.language import ForbiddenShape, WordingShape
from bot.content.shelves import Item
from bot.core.exercises.exercise import Exercise
from bot.core.model import Action, Entry, EntryKind, Knowledge, Verified
from bot.core.plain import STRONG

WORDS = {
    EntryKind.ANSWER: (40, 110),
    EntryKind.DEFER: (40, 110),
    EntryKind.SMALL_TALK: (3, 80),
    EntryKind.FALLBACK: (15, 80),
}
MAX_URGENT_WORDS = 69  # an emergency answer is read in a few seconds

_TAG = re.compile(r"<[^>]*>|&\w+;|&#\d+;")
_SENTENCE = re.compile(r"[^.!?\n]+")


def faulty_wording(content: LanguageContent) -> Iterator[Finding]:
    """Every sentence of the bot that it should not say like that."""
    knowledge = content.knowledge
    for name, entry in knowledge.entries.items():
        place = content.item("entries", name).place("answer")
        yield from _answer(place, entry, content.wording, knowledge.language)
        yield from named_works(place, entry.answer, entry.facts, knowledge)
    for place, text in shown_texts(content):
        yield from _forbidden(place, text, content.wording)
        yield from _markup(place, text)
    yield from _urgent_advice(content)


def _urgent_advice(content: LanguageContent) -> Iterator[Finding]:
    """Advice that takes too long to read, in any country, or that does not name the numbers to call."""
    numbers = content.knowledge.numbers
    worded = [numbers.usual, *numbers.countries.values()]
    for name, flag in content.knowledge.red_flags.items():
        if flag.action not in {Action.EMERGENCY, Action.CRISIS}:
            continue
        place = content.item("red_flags", name).place("advice")
        said = [flag.advice.replace(numbers.usual, words) if words else flag.advice for words in worded]
        if max(len(advice.split()) for advice in said) > MAX_URGENT_WORDS:
            yield place.finding("Urgent advice is too long", f"Say it in {MAX_URGENT_WORDS} words")
        if numbers.usual not in flag.advice:
            yield place.finding("Urgent advice names no numbers", f"Write {numbers.usual!r} where to call")


def shown_texts(content: LanguageContent) -> Iterator[tuple[Place, str]]:
    """Everything that a person may read, with its place."""
    knowledge = content.knowledge
    for name, entry in knowledge.entries.items():
        item = content.item("entries", name)
        yield item.place("title"), entry.title
        yield item.place("answer"), entry.answer
    for name, exercise in knowledge.exercises.items():
        yield from _exercise_texts(content.item("exercises", name), exercise)
    for name, flag in knowledge.red_flags.items():
        yield content.item("red_flags", name).place("advice"), flag.advice
        yield content.item("red_flags", name).place("name"), flag.name
    for name, recipe in knowledge.recipes.items():
        yield content.item("routines", name).place("name"), recipe.name
    yield from _sectioned(content, "routine_words")
    for name, tip in knowledge.tips.items():
        yield content.item("tips", name).place("text"), tip.text
    yield from _sectioned(content, "schedule_words", ("sentences",))
    yield from _sectioned(content, "tip_talk", ("says", "places"))
    for name, disclaimer in knowledge.disclaimers.items():
        yield content.item("disclaimers", name).place(), disclaimer.text
    yield from _sectioned(content, "messages")


def _sectioned(
    content: LanguageContent, kind: str, sections: Collection[str] = ()
) -> Iterator[tuple[Place, str]]:
    """Every sentence of a file that has them in sections, in all or some; nothing without the file."""
    item = content.shelves.get(kind, {}).get(kind)
    for section, texts in item.document.data.items() if item else ():
        if item and isinstance(texts, dict) and (not sections or section in sections):
            yield from ((item.place(section, key), str(text)) for key, text in texts.items())


def _exercise_texts(item: Item, exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """Everything that a person may read of an exercise."""
    yield item.place("name"), exercise.name
    yield from ((item.place("steps", number), step) for number, step in enumerate(exercise.steps))
    yield from ((item.place("mistakes", number), text) for number, text in enumerate(exercise.mistakes))
    yield from ((item.place(key), getattr(exercise, key)) for key in ("make_easier", "make_harder", "stop"))
    for condition, suits in exercise.suitability.items():
        yield item.place("suitability", condition, "text"), suits.text


def sentences(text: str) -> list[str]:
    """The sentences of a text, with plain apostrophes and without the signs that end them."""
    return _SENTENCE.findall(text.replace("’", "'"))


def _answer(place: Place, entry: Entry, wording: WordingShape, language: str) -> Iterator[Finding]:
    words = len(entry.answer.split())
    fewest, most = WORDS[entry.kind]
    if not fewest <= words <= most:
        yield place.finding(f"The answer has {words} words", f"Write {fewest} to {most}")
    if wording.max_grade is not None and entry.kind is not EntryKind.SMALL_TALK:
        grade = reading_grade(entry.answer, wording, language)
        if grade > wording.max_grade:
            problem = f"The answer reads like school grade {grade:.1f}"
            yield place.finding(problem, f"Use shorter sentences and words, down to {wording.max_grade:g}")


def reading_grade(text: str, wording: WordingShape, language: str) -> float:
    """The Flesch-Kincaid grade of a text (Kincaid 1975), with well-known long words counted as short ones."""
    plain = text.replace(STRONG, "")
    for term in sorted(wording.plain_terms, key=len, reverse=True):
        plain = re.sub(rf"\b{re.escape(term)}\b", "doc", plain, flags=re.IGNORECASE)
    textstat.set_lang(language)
    return float(textstat.flesch_kincaid_grade(plain))


def named_works(
    place: Place, text: str, resting_on: Collection[str], knowledge: Knowledge
) -> Iterator[Finding]:
    """An institution may be named only for what was read in its own words."""
    facts = [knowledge.facts[name] for name in resting_on if name in knowledge.facts]
    first = [fact.sources[0] for fact in facts if fact.verified is Verified.READ]
    allowed = {
        name for source in first if source in knowledge.sources for name in knowledge.sources[source].names
    }
    for name in sorted({name for source in knowledge.sources.values() for name in source.names} - allowed):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            problem = f"{name} is named, but no fact here was read in its own words"
            yield place.finding(problem, "Say it without the name, or rest it on a fact that it carries")


def _forbidden(place: Place, text: str, wording: WordingShape) -> Iterator[Finding]:
    is_asked = place.key == "title"  # a title is said by the person, who may say "my treatment"
    rules = [rule for rule in wording.forbidden if not is_asked or rule.subject == "anybody"]
    for sentence in sentences(text):
        for rule in rules:
            for word in rule.words:
                said = re.compile(rf"(?<![\w-]){re.escape(word)}(?!\w)", flags=re.IGNORECASE)
                for found in said.finditer(sentence):
                    parts = sentence[: found.start()], sentence[found.end() :]
                    if not _is_excused(*parts, rule, wording):
                        yield place.finding(f"The bot must not say {found[0]!r}", rule.instead)


def _is_excused(before: str, behind: str, rule: ForbiddenShape, wording: WordingShape) -> bool:
    """Whether what stands around a forbidden word denies it, or gives it to somebody else."""
    if rule.even_denied:
        return False
    if rule.subject == "anybody":
        return _has(before, [*wording.denials, *wording.roles])
    itself, others = _last(before, wording.itself), _last(before, wording.roles)
    if others > itself or _is_by_others(behind, wording.roles):
        return True
    if rule.subject == "bot" and itself < 0:
        return True
    return _has(before[max(itself, others, 0) :].rpartition(" but ")[2], wording.denials)


def _has(text: str, words: Collection[str]) -> bool:
    return not {*words}.isdisjoint(re.findall(r"[\w']+", text.lower()))


def _last(text: str, phrases: Iterable[str]) -> int:
    """Where the last of some phrases begins, or -1. One with capitals is found with them only."""
    found = [
        match.start()
        for phrase in phrases
        for match in re.finditer(
            rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", text, re.IGNORECASE if phrase.islower() else 0
        )
    ]
    return max(found, default=-1)


def _is_by_others(behind: str, roles: Collection[str]) -> bool:
    """Whether a sentence goes on like "treating team" or "treated by your physiotherapist"."""
    named = re.match(r" (\w+)", behind), re.search(r"\bby (?:an? |the |your )?(\w+)", behind)
    return any(found is not None and found[1].lower() in roles for found in named)


def _markup(place: Place, text: str) -> Iterator[Finding]:
    tag = _TAG.search(text)
    if tag:
        yield place.finding(
            f"{tag[0]!r} is HTML", f"Write plain text; {STRONG}strong words{STRONG} between stars"
        )
    if text.count(STRONG) % 2:
        yield place.finding(f"A pair of {STRONG} is not closed", f"Put {STRONG} before and behind the words")
