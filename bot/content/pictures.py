"""Where the pictures of the exercises are: beside the poses that they are drawn from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.core.exercises.exercise import PREFIX
from bot.drawing.marks import is_of
from bot.drawing.poses import Motion

FOLDER = "pictures"


class Kind(StrEnum):
    """A still picture, or a loop; what a file's name ends in."""

    STILL = "png"
    LOOP = "gif"


def find_picture(exercise: str, roots: Sequence[Path], kind: Kind = Kind.LOOP) -> Path | None:
    """The picture of an exercise, by its id or its key; None if there is none.

    Roots come as for the knowledge, the built-in one first; a picture in a later one wins.
    """
    name = exercise.removeprefix(PREFIX)
    places = (root / FOLDER / f"{name}.{kind}" for root in reversed(roots))
    return next((place for place in places if place.is_file()), None)


@dataclass(frozen=True, slots=True)
class Loops:
    """The loops of the exercises, by their keys; roots as for find_picture."""

    roots: Sequence[Path]

    def has(self, exercise: str) -> bool:
        """Whether there is one."""
        return find_picture(exercise, self.roots) is not None

    def read(self, exercise: str) -> bytes | None:
        """What is in it; None if there is none, or it can't be read."""
        path = find_picture(exercise, self.roots)
        try:
            return path.read_bytes() if path else None
        except OSError:
            return None


def places(name: str, roots: Sequence[Path]) -> Mapping[Kind, Path]:
    """Where the pictures of an exercise belong: into the folder whose poses hold for it."""
    owners = [root for root in roots if (root / "poses" / f"{name}.yaml").is_file()]
    return {kind: (owners or roots)[-1] / FOLDER / f"{name}.{kind}" for kind in Kind}


def outdated(motions: Mapping[str, Motion], roots: Sequence[Path]) -> Iterator[tuple[str, Path, bool]]:
    """Each picture that is missing (True) or was drawn from other poses (False), with its exercise."""
    for name, motion in motions.items():
        for path in places(name, roots).values():
            if not path.is_file():
                yield name, path, True
            elif not is_of(path.read_bytes(), motion):
                yield name, path, False


def strays(motions: Mapping[str, Motion], roots: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    """Files among the pictures that are of no movement, each with its root."""
    known = {f"{name}.{kind}" for name in motions for kind in Kind}
    for root in roots:
        for path in sorted((root / FOLDER).glob("*")):
            if path.name not in known and not path.name.startswith("."):
                yield root, path
