"""Folders of knowledge that tests make, break and lay over the shipped one."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from bot.content import lint
from bot.content.loader import builtin_root

SMALL = Path(__file__).parent / "small_knowledge"
TODAY = date(2026, 11, 30)  # some days after the small knowledge was checked


@dataclass(frozen=True, slots=True)
class Tree:
    """A folder of knowledge."""

    root: Path

    def write(self, name: str, text: str) -> "Tree":
        """Write a file, in place of what may be there."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def read(self, name: str) -> str:
        """What a file says."""
        return (self.root / name).read_text(encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> "Tree":
        """Write something else where `old` stands, which must be there."""
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        return self.write(name, text.replace(old, new))

    def findings(self, *overlays: "Tree", today: date = TODAY) -> list[str]:
        """What lint says of it, alone or under overlays."""
        return [str(finding) for finding in lint.check([self.root, *(o.root for o in overlays)], today)]


def plant_small(root: Path) -> Tree:
    """The small sound knowledge; its messages and wording are the shipped ones."""
    shutil.copytree(SMALL, root)
    tree = Tree(root)
    shipped = Tree(builtin_root())
    tree.write("en/wording.yaml", shipped.read("en/wording.yaml"))
    messages = yaml.safe_load(shipped.read("en/messages.yaml"))
    topics = yaml.safe_load(tree.read("topics.yaml"))
    messages["topics"] = {name: messages["topics"][name] for name in topics}
    return tree.write("en/messages.yaml", yaml.safe_dump(messages, sort_keys=False))


ENTRY = """\
title: {title}
topic: {topic}
utterances: [{utterances}]
held_out: [{name} held 1, {name} held 2, {name} held 3]
answer: >-
  {answer}
facts: [S1]
checked: {{date: 2026-11-24, by: the authors, clinician: false}}
"""

ANSWER = (
    "Two or three times a week is a good aim. Keep a day of rest between two sessions. Your back gets"
    " stronger on the days when you rest. If you feel tired or sore, wait one more day and then go on."
    " This is all."
)


def entry(name: str, *, title: str = "", topic: str = "how_often", answer: str = ANSWER) -> str:
    """The text of a sound entry about something that nobody else speaks of."""
    utterances = ", ".join(
        f"{name} {word}" for word in ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    )
    return ENTRY.format(
        name=name, title=title or f"{name}?", topic=topic, answer=answer, utterances=utterances
    )
