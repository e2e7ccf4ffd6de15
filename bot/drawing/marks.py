"""What a picture says of itself: from which poses it was drawn. Nothing needs to unpack it to read that."""

import hashlib
import json

from bot.drawing.poses import Motion

STYLE = 2  # counted up when the same poses are drawn differently
PREFIX = "strong-back "


def mark(motion: Motion) -> str:
    """A name for everything that a picture is drawn from; it stands in the picture as a comment."""
    told = json.dumps([STYLE, motion.source], sort_keys=True)
    return PREFIX + hashlib.sha256(told.encode()).hexdigest()[:16]


def is_of(picture: bytes, motion: Motion) -> bool:
    """Whether a picture was drawn from a movement as it is now."""
    return mark(motion).encode() in picture
