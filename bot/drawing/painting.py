"""Paints flat shapes with Pillow: drawn large and scaled down, so that edges are smooth."""

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from bot.drawing.scene import Frame
from bot.drawing.shapes import BACKGROUND, Capsule, Letter, Polygon

LARGER = 3
BADGE = 11  # pixels
LETTER = 15


def paint(frame: Frame, size: tuple[int, int]) -> Image.Image:
    """The shapes of a frame, in pixels, as an opaque picture."""
    large = Image.new("RGB", (size[0] * LARGER, size[1] * LARGER), BACKGROUND)
    draw = ImageDraw.Draw(large)
    for shape in frame.shapes:
        match shape:
            case Polygon(corners, colour):
                draw.polygon([(x * LARGER, y * LARGER) for x, y in corners], fill=colour)
            case Capsule():
                _capsule(draw, shape)
            case Letter():
                _letter(draw, shape)
    return large.reduce(LARGER)


def _capsule(draw: ImageDraw.ImageDraw, shape: Capsule) -> None:
    (ax, ay), (bx, by) = ((x * LARGER, y * LARGER) for x, y in (shape.start, shape.end))
    a, b = (radius * LARGER for radius in shape.radii)
    far = math.hypot(bx - ax, by - ay)
    if far > abs(a - b):
        # The lines that touch both circles lean by the difference of their radii.
        lean, along = (a - b) / far, math.atan2(by - ay, bx - ax)
        corners = []
        for sign, order in ((1, (0, 1)), (-1, (1, 0))):
            angle = along + sign * math.acos(lean)
            ends = ((ax, ay, a), (bx, by, b))
            for x, y, radius in (ends[i] for i in order):
                corners.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
        draw.polygon(corners, fill=shape.colour)
    for x, y, radius in ((ax, ay, a), (bx, by, b)):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shape.colour)


def _letter(draw: ImageDraw.ImageDraw, shape: Letter) -> None:
    x, y = (each * LARGER for each in shape.at)
    around = BADGE * LARGER
    draw.ellipse((x - around, y - around, x + around, y + around), fill=BACKGROUND)
    around -= LARGER
    draw.ellipse((x - around, y - around, x + around, y + around), fill=shape.colour)
    font = ImageFont.load_default(LETTER * LARGER)
    draw.text((x, y), shape.text, fill=(255, 255, 255), font=font, anchor="mm")


def sheet(pictures: Sequence[tuple[str, Image.Image]], columns: int = 6) -> Image.Image:
    """All pictures on one page, each with its name below it."""
    wide, high = pictures[0][1].size
    wide, high = wide // 2, high // 2
    row = high + 22
    rows = -(-len(pictures) // columns)
    page = Image.new("RGB", (columns * wide, rows * row), (255, 255, 255))
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(14)
    for number, (name, picture) in enumerate(pictures):
        x, y = number % columns * wide, number // columns * row
        page.paste(picture.resize((wide, high)), (x, y))
        draw.text((x + wide / 2, y + high + 10), name, fill=(40, 40, 40), font=font, anchor="mm")
    return page
