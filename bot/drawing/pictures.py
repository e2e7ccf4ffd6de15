"""Makes the two pictures of a movement: a still as PNG and a loop as GIF."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image, ImageSequence, PngImagePlugin

from bot.drawing.marks import mark
from bot.drawing.painting import paint, sheet
from bot.drawing.poses import Motion
from bot.drawing.scene import Frame, fitted, frames, still

SIZE = (480, 384)
LARGEST = 2.6  # pixels a centimetre
COLOURS = 24


@dataclass(frozen=True, slots=True)
class Drawing:
    """The bytes of a still picture and of a loop."""

    still: bytes
    loop: bytes


def draw(motion: Motion) -> Drawing:
    """Both pictures. The same motion always gives the same bytes."""
    loop = frames(motion)
    first, *moving = fitted([still(motion), *loop], SIZE, LARGEST, motion.window)
    return Drawing(_png(paint(first, SIZE), mark(motion)), _gif(moving, mark(motion)))


def same(one: bytes, other: bytes) -> bool:
    """Whether two pictures look the same in every frame, however they are packed."""
    return one == other or _frames(one) == _frames(other)


def _frames(picture: bytes) -> list[tuple[object, bytes]]:
    with Image.open(io.BytesIO(picture)) as opened:
        return [
            (frame.info.get("duration"), frame.convert("RGB").tobytes())
            for frame in ImageSequence.Iterator(opened)
        ]


def overview(motions: Mapping[str, Motion]) -> bytes:
    """A contact sheet: every still with its name."""
    file = io.BytesIO()
    sheet([(name, _still(motion)) for name, motion in motions.items()]).save(file, "PNG")
    return file.getvalue()


def _still(motion: Motion) -> Image.Image:
    first, *_ = fitted([still(motion), *frames(motion)], SIZE, LARGEST, motion.window)
    return paint(first, SIZE)


def _png(picture: Image.Image, mark: str) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", mark)
    file = io.BytesIO()
    picture.quantize(128, dither=Image.Dither.NONE).save(file, "PNG", pnginfo=notes, optimize=True)
    return file.getvalue()


def _gif(loop: list[Frame], mark: str) -> bytes:
    painted: dict[tuple[object, ...], Image.Image] = {}
    palette = _palette([loop[0], loop[len(loop) // 3], loop[len(loop) // 2]])
    pictures = []
    for frame in loop:
        if frame.shapes not in painted:
            painted[frame.shapes] = paint(frame, SIZE).quantize(palette=palette, dither=Image.Dither.NONE)
        pictures.append(painted[frame.shapes])
    file = io.BytesIO()
    pictures[0].save(
        file,
        "GIF",
        save_all=True,
        append_images=pictures[1:],
        duration=[frame.milliseconds for frame in loop],
        loop=0,
        optimize=True,
        comment=mark.encode(),
    )
    return file.getvalue()


def _palette(some: list[Frame]) -> Image.Image:
    """The colours of a loop, from some of its frames side by side."""
    page = Image.new("RGB", (SIZE[0], SIZE[1] * len(some)))
    for number, frame in enumerate(some):
        page.paste(paint(frame, SIZE), (0, number * SIZE[1]))
    return page.quantize(COLOURS, dither=Image.Dither.NONE)
