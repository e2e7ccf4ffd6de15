"""What a tip must have: sound links, few and easy words, facts that carry it, and people whom it suits."""

from collections.abc import Iterator
from zoneinfo import available_timezones

from bot.content.findings import Finding, Place, guess
from bot.content.library import LanguageContent
from bot.content.rules.cautions import CautionReader
from bot.content.rules.entries import ID
from bot.content.rules.same_names import filled_in, same_names
from bot.content.rules.wording import named_works, reading_grade, sentences
from bot.core.exercises.exercise import PREFIX, Condition, Verdict
from bot.core.model import Verified
from bot.core.routines.choosing import USUALLY_AT_HAND
from bot.core.tips.tip import Tip, TipAudience
from bot.core.tips.words import PHRASES, TIP_SAYS
from bot.core.understanding.phrases import PatternError, expand_pattern
from bot.core.understanding.text import key
from bot.services import limits

MOST_WORDS = 60


def lost_tips(content: LanguageContent) -> Iterator[Finding]:
    """Tips that lead nowhere, or rest on facts that are not there."""
    for name, tip in content.knowledge.tips.items():
        item = content.item("tips", name)
        yield from _link(item.place("link"), tip.link, content)
        for number, fact in enumerate(tip.facts):
            if fact not in content.names("facts"):
                remedy = guess(fact, content.names("facts"))
                yield item.place("facts", number).finding(f"There is no fact {fact!r}", remedy)


def lost_tip_talk(content: LanguageContent) -> Iterator[Finding]:
    """Sentences around tips that are missing or never said, places without a zone, odd phrases."""
    item = content.shelves.get("tip_talk", {}).get("tip_talk")
    if item is None:
        return
    words, zones = content.knowledge.tip_talk, available_timezones()
    yield from same_names(item, "says", words.says, TIP_SAYS)
    yield from same_names(item, "phrases", words.phrases, PHRASES)
    for name, text in words.says.items():
        yield from filled_in(item.place("says", name), text, TIP_SAYS.get(name, frozenset()))
    for zone in words.places.keys() - zones:
        yield item.place("places", zone).finding(f"There is no time zone {zone!r}", guess(zone, zones))
    for name, patterns in {**words.phrases, "moved": words.moved}.items():
        path = ("moved",) if name == "moved" else ("phrases", name)
        for number, pattern in enumerate(patterns):
            try:
                expand_pattern(pattern, {})
            except PatternError as error:
                yield item.place(*path, number).finding(str(error), "Mend the pattern")


def _link(place: Place, link: str, content: LanguageContent) -> Iterator[Finding]:
    kind, what = ("exercises", "exercise") if link.startswith(PREFIX) else ("entries", "entry")
    name = link.removeprefix(PREFIX)
    if name not in content.names(kind):
        yield place.finding(f"There is no {what} {name!r}", guess(name, content.names(kind)))


def unsound_tips(content: LanguageContent) -> Iterator[Finding]:
    """Every fault of a tip, once it leads somewhere."""
    reader = CautionReader(content)
    said: dict[str, str] = {}
    for name, tip in content.knowledge.tips.items():
        item = content.item("tips", name)
        yield from _words(item.place("text"), tip, content)
        yield from named_works(item.place("text"), tip.text, tip.facts, content.knowledge)
        yield from _facts(item.place("facts"), tip, content)
        yield from _equipment(item.place("equipment"), tip)
        yield from _warning(item.place("link"), tip, content)
        yield from _exercise(item.place("link"), tip, content)
        yield from _people(item.place("not_for"), tip, content, reader)
        if not ID.fullmatch(name) or len(f"/tip {name}".encode()) > limits.MAX_CALLBACK_BYTES:
            remedy = "Use small letters, digits and single hyphens, so short that it fits into a button"
            yield item.place().finding(f"{name!r} can't be an id", remedy)
        other = said.setdefault(key(tip.text), name)
        if other != name:
            yield item.place("text").finding(f"{other!r} says the same", "Take one of them out")


def _words(place: Place, tip: Tip, content: LanguageContent) -> Iterator[Finding]:
    words, wording = len(tip.text.split()), content.wording
    if words > MOST_WORDS:
        yield place.finding(f"The tip has {words} words", f"Say it in {MOST_WORDS}, or make two of it")
    if wording.max_grade is not None:
        grade = reading_grade(tip.text, wording, content.knowledge.language)
        if grade > wording.max_grade:
            problem = f"The tip reads like school grade {grade:.1f}"
            yield place.finding(problem, f"Use shorter sentences and words, down to {wording.max_grade:g}")


def _facts(place: Place, tip: Tip, content: LanguageContent) -> Iterator[Finding]:
    facts = content.knowledge.facts
    if all(facts[name].verified is Verified.UNVERIFIED for name in tip.facts if name in facts):
        remedy = "Rest it on a fact that somebody verified, or take the tip out"
        yield place.finding("Nobody verified any of these facts", remedy)


def _equipment(place: Place, tip: Tip) -> Iterator[Finding]:
    is_about = tip.audience is TipAudience.EQUIPMENT
    if is_about and not tip.equipment:
        yield place.finding("It is not said which equipment it is about", "Add 'equipment: …'")
    if tip.equipment and not is_about:
        yield place.finding(
            "Only tips for the audience equipment need some", "Take it out, or mend 'audience'"
        )


def _warning(place: Place, tip: Tip, content: LanguageContent) -> Iterator[Finding]:
    """A tip that sends people to help must lead to the signs."""
    text = " ".join(sentences(tip.text)).casefold()
    entry = content.knowledge.entries.get(tip.link)
    if any(phrase.casefold() in text for phrase in content.wording.urgent) and not (entry and entry.warns_of):
        remedy = "Link an entry that lists the warning signs"
        yield place.finding("The tip sends people to help and leads to no warning signs", remedy)


def _exercise(place: Place, tip: Tip, content: LanguageContent) -> Iterator[Finding]:
    exercise = content.knowledge.exercises.get(tip.link.removeprefix(PREFIX))
    if not tip.link.startswith(PREFIX) or exercise is None:
        return
    if tip.audience is TipAudience.PREGNANCY and not exercise.is_for([Condition.PREGNANCY]):
        yield place.finding("The exercise is not for pregnancy", "Link one that is")
    missing = sorted({*exercise.equipment} - USUALLY_AT_HAND - {tip.equipment})
    if missing:
        yield place.finding(f"The exercise needs {missing[0]!r}", "Say it in 'equipment', or link another")


def _people(place: Place, tip: Tip, content: LanguageContent, reader: CautionReader) -> Iterator[Finding]:
    """People of a caution who get the tip all the same, though it recommends what the caution is against."""
    labels = content.knowledge.exercise_words.labels
    ruled_out = {str(condition) for condition in _ruled_out(tip, content)}
    for name in content.cautions:
        recommended = [each for each in sentences(tip.text) if reader.recommends(name, each)]
        for condition in Condition:
            is_theirs = reader.is_limited(name) and reader.addresses(name, labels.get(condition, condition))
            if recommended and is_theirs and condition not in ruled_out:
                problem = f"The caution {name!r} is against {recommended[0].strip()!r}"
                yield place.finding(problem, f"Add {condition.value!r}, or leave it out of the text")


def _ruled_out(tip: Tip, content: LanguageContent) -> Iterator[str]:
    """The conditions with which nobody gets a tip."""
    yield from tip.not_for
    exercise = content.knowledge.exercises.get(tip.link.removeprefix(PREFIX))
    if tip.link.startswith(PREFIX) and exercise and tip.audience is not TipAudience.PREGNANCY:
        for condition, suits in exercise.suitability.items():
            if suits.verdict is not Verdict.OK:
                yield condition
