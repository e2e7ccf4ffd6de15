"""Draws the pictures of the exercises into the folders where they belong."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.content.findings import ContentError, Finding, guess
from bot.content.pictures import Kind, places
from bot.drawing.marks import is_of
from bot.drawing.pictures import draw, overview, same
from bot.drawing.poses import Motion


def chosen(motions: Mapping[str, Motion], names: Sequence[str]) -> Mapping[str, Motion]:
    """The movements of these exercises, or all. Raises ContentError for one that has none."""
    unknown = [
        Finding(f"poses/{name}.yaml", 1, "", "There is no such file", guess(name, motions))
        for name in names
        if name not in motions
    ]
    if unknown:
        raise ContentError(unknown)
    return {name: motion for name, motion in motions.items() if not names or name in names}


def draw_all(motions: Mapping[str, Motion], roots: Sequence[Path], *, is_check: bool) -> Iterator[Path]:
    """Write each picture that is missing or looks different now; its path. A check only says which."""
    for name, motion in motions.items():
        drawing = draw(motion)
        for kind, path in places(name, roots).items():
            picture = drawing.still if kind is Kind.STILL else drawing.loop
            if path.is_file() and is_of(path.read_bytes(), motion) and same(path.read_bytes(), picture):
                continue
            if not is_check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(picture)
            yield path


def write_sheet(motions: Mapping[str, Motion], path: Path) -> None:
    """Write all stills on one page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(overview(motions))
