"""What the words around times must have: phrases that can be read, and a sentence for everything refused."""

from collections.abc import Iterator, Mapping
from zoneinfo import available_timezones

from bot.content.findings import Finding, guess
from bot.content.library import LanguageContent
from bot.content.rules.same_names import same_names
from bot.content.shelves import Item
from bot.content.yaml_source import Value
from bot.core.schedules.words import SENTENCES
from bot.core.understanding.phrases import PatternError, expand_pattern


def lost_schedule_words(content: LanguageContent) -> Iterator[Finding]:
    """Phrases that can't be read, sentences that are missing, and such that nothing says."""
    item = content.shelves.get("schedule_words", {}).get("schedule_words")
    if item is None:
        return
    words = content.knowledge.schedule_words
    yield from same_names(item, "sentences", words.sentences, SENTENCES | words.refusals.keys())
    written = {name: value for name, value in item.document.data.items() if name != "sentences"}
    for path, phrase in _phrases(written):
        try:
            expand_pattern(phrase, {})
        except PatternError as error:
            yield item.place(*path).finding(str(error), "Mend the pattern")
    yield from _twice(item, "weekdays", words.weekdays)


def lost_zones(content: LanguageContent) -> Iterator[Finding]:
    """Short names of time zones that there are not."""
    zones = available_timezones()
    for name, meant in content.knowledge.place_words.abbreviations.items():
        for number, zone in enumerate(meant):
            if zone not in zones:
                place = content.item("place_words", "place_words").place("abbreviations", name, number)
                yield place.finding(f"There is no time zone {zone!r}", guess(zone, zones))


def _phrases(
    value: Value | Mapping[str, Value], *path: str | int
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every phrase in lists, however deep they stand, with its path."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _phrases(inner, *path, name)
    elif isinstance(value, list):
        yield from (((*path, number), inner) for number, inner in enumerate(value) if isinstance(inner, str))


def _twice(item: Item, key: str, named: Mapping[int, tuple[str, ...]]) -> Iterator[Finding]:
    """Names that stand for two weekdays."""
    first: dict[str, int] = {}
    for number, names in named.items():
        for name in names:
            if first.setdefault(name, number) != number:
                yield item.place(key).finding(f"{name!r} stands for two of them", "Take it out in one")
