"""The knowledge as it was read, with the files that it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from bot.content.schema.entries import CautionShape
from bot.content.schema.language import WordingShape
from bot.content.shelves import Item, Shelf
from bot.core.model import Knowledge
from bot.drawing.poses import Motion


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageContent:
    """The knowledge in one language, how it may be worded, and the files that it came from.

    `unread` are the files whose content is not known, like "en/entries/x.yaml".
    """

    knowledge: Knowledge
    wording: WordingShape
    cautions: Mapping[str, CautionShape]
    motions: Mapping[str, Motion] = field(repr=False)
    topic_labels: Mapping[str, str]
    shelves: Mapping[str, Shelf] = field(repr=False)
    unread: frozenset[str]

    def item(self, kind: str, name: str) -> Item:
        """Where something was written."""
        return self.shelves[kind][name]

    def names(self, kind: str) -> frozenset[str]:
        """The ids of everything of a kind that was written, sound or not."""
        folder = PurePath(self.knowledge.language, kind)
        unread = {path.stem for path in map(PurePath, self.unread) if path.parent == folder}
        return frozenset({*self.shelves[kind], *unread})


Library = Mapping[str, LanguageContent]
