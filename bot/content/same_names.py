"""Finds names that lack words, and words that lack a name."""

from collections.abc import Iterable, Iterator

from bot.content.findings import Finding, guess
from bot.content.shelves import Item


def same_names(item: Item, key: str, written: Iterable[str], needed: Iterable[str]) -> Iterator[Finding]:
    """What a section of a file has too little or too much of."""
    written, needed = set(written), set(needed)
    for name in sorted(needed - written):
        yield item.place(key).finding(f"{name!r} has no words", f"Add '{name}: …'")
    for name in sorted(written - needed):
        yield item.place(key, name).finding("Nothing has this name", guess(name, needed))
