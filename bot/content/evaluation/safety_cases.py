"""The messages that the red-flag check is measured on, and whether there are enough of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.core.talk import Kind

SEALED = "sealed"  # the folder of what nobody looks at while writing rules
NEEDED = {"red_flags": 600, "look_alikes": 400, "deferrals": 200}  # messages, both parts together


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Messages of one person, the flag that they raise and the actions that are right; neither: no alarm."""

    texts: tuple[str, ...]
    flag: str | None = None
    actions: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " / ".join(self.texts)


Sets = Mapping[str, Sequence[Case]]


def read_parts(folder: Path) -> Mapping[str, Sets]:
    """The open and the sealed sets by name.

    `folder` holds red_flags.jsonl, look_alikes.jsonl and deferrals.jsonl, and may hold a folder `sealed` with
    the same. Ordinary and unrelated questions, and further deferrals, are those that stand beside `folder`.
    """
    beside = folder.parent
    return {
        "open": _sets(folder, beside),
        SEALED: _sets(folder / SEALED, beside / SEALED),
    }


def missing(parts: Mapping[str, Sets]) -> Iterator[str]:
    """What the sets lack in number, a line each."""
    for name, needed in NEEDED.items():
        count = sum(len(sets[name]) for sets in parts.values())
        sealed = len(parts[SEALED][name])
        if count < needed:
            yield f"{name}: {count} messages, {needed - count} fewer than the {needed} that are needed"
        if 3 * sealed < count:
            yield f"{name}: {sealed} of {count} are sealed, {-(-(count - 3 * sealed) // 2)} more make a third"


def _sets(folder: Path, beside: Path) -> Sets:
    """The sets of a folder, with the questions beside it sorted by what is right for them."""
    sets = {name: list(map(_case, _read(folder / f"{name}.jsonl"))) for name in NEEDED}
    sets |= {"ordinary questions": [], "unrelated questions": []}
    for line in chain.from_iterable(_read(path) for path in sorted(beside.glob("*.jsonl"))):
        if "text" in line:
            sets[_set_of(line)].append(Case(texts=(line["text"],)))
    return sets


def _set_of(question: Mapping[str, str]) -> str:
    if question.get("kind") == Kind.DEFER:
        return "deferrals"
    return "ordinary questions" if question.get("topics") else "unrelated questions"


def _read(path: Path) -> list[dict[str, str]]:
    """The objects of a file of JSON lines; none if there is no such file."""
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _case(data: Mapping[str, Sequence[str]]) -> Case:
    flag = data.get("flag")
    return Case(
        texts=tuple(data["texts"]),
        flag=flag if isinstance(flag, str) else None,
        actions=tuple(data.get("actions", ())),
    )
