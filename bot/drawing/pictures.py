"""Makes the two pictures of a movement: a still as PNG and a loop as GIF."""

import hashlib
import io
import json
from dataclasses import dataclass

from PIL import Image, PngImagePlugin

from bot.drawing.painting import paint
from bot.drawing.poses import Motion
from bot.drawing.scene import Frame, fitted, frames, key_frames, still

SIZE = (480, 384)
LARGEST = 2.6  # pixels a centimetre
COLOURS = 48
STYLE = 1  # to be counted up when the same poses are drawn differently
MARK = "strong-back "


@dataclass(frozen=True, slots=True)
class Drawing:
    """The bytes of a still picture and of a loop."""

    still: bytes
    loop: bytes


def draw(motion: Motion) -> Drawing:
    """Both pictures. The same motion always gives the same bytes."""
    loop = frames(motion)
    first, *moving = fitted([still(motion), *loop], SIZE, LARGEST, motion.window)
    return Drawing(_png(paint(first, SIZE), fingerprint(motion)), _gif(moving, fingerprint(motion)))


def still_picture(motion: Motion) -> Image.Image:
    first, *_ = fitted([still(motion), *frames(motion)], SIZE, LARGEST, motion.window)
    return paint(first, SIZE)


def key_pictures(motion: Motion) -> list[Image.Image]:
    keys = key_frames(motion)
    return [paint(f, SIZE) for f in fitted([*keys, *frames(motion)], SIZE, LARGEST, motion.window)[: len(keys)]]


def fingerprint(motion: Motion) -> str:
    """A name for what a picture was drawn from; it stands in the picture."""
    told = json.dumps([STYLE, motion.source], sort_keys=True)
    return MARK + hashlib.sha256(told.encode()).hexdigest()[:16]


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
        optimize=False,
        comment=mark.encode(),
    )
    return file.getvalue()


def _palette(some: list[Frame]) -> Image.Image:
    """The colours of a loop, from some of its frames side by side."""
    page = Image.new("RGB", (SIZE[0], SIZE[1] * len(some)))
    for number, frame in enumerate(some):
        page.paste(paint(frame, SIZE), (0, number * SIZE[1]))
    return page.quantize(COLOURS, dither=Image.Dither.NONE)
