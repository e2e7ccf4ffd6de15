"""Finds names that lack words, words that lack a name, and braces that nobody fills in."""

import string
from collections.abc import Iterable, Iterator

from bot.content.findings import Finding, Place, guess
from bot.content.shelves import Item


def same_names(item: Item, key: str, written: Iterable[str], needed: Iterable[str]) -> Iterator[Finding]:
    """What a section of a file has too little or too much of."""
    written, needed = set(written), set(needed)
    for name in sorted(needed - written):
        yield item.place(key).finding(f"{name!r} has no words", f"Add '{name}: …'")
    for name in sorted(written - needed):
        yield item.place(key, name).finding("Nothing has this name", guess(name, needed))


def filled_in(place: Place, text: str, needed: frozenset[str]) -> Iterator[Finding]:
    """The fault of a sentence whose words in braces are not those that it is filled in with."""
    try:
        found = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        found = {"{"}
    if found != needed:
        listed = ", ".join(f"{{{name}}}" for name in sorted(needed)) or "none"
        yield place.finding(
            "The words in braces are not those that the bot fills in", f"Use each of: {listed}"
        )
