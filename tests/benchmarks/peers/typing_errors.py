"""Typing errors, the same ones every time."""

import random
import string
from collections.abc import Sequence

SEED = 1
EVERY = 5  # words, of those that are long enough,
LONG = 5  # letters or more


def mistype(texts: Sequence[str]) -> list[str]:
    """The texts with one error in every fifth word of five letters or more, counted through all of them."""
    choose = random.Random(SEED)  # noqa: S311 - the same ones every time, not secret ones
    mistyped, seen = [], 0
    for text in texts:
        words = text.split(" ")
        for place, word in enumerate(words):
            if len(word) >= LONG and word.isalpha():
                seen += 1
                words[place] = word if seen % EVERY else _with_error(word, choose)
        mistyped.append(" ".join(words))
    return mistyped


def _with_error(word: str, choose: random.Random) -> str:
    """A word with two letters swapped, one left out, one too many or a wrong one; the first stays."""
    at = choose.randrange(1, len(word) - 1)
    head, letter, tail = word[:at], word[at], word[at + 1 :]
    other = choose.choice([each for each in string.ascii_lowercase if each != letter])
    swapped = f"{head}{tail[0]}{letter}{tail[1:]}"
    return choose.choice([swapped, head + tail, f"{head}{other}{letter}{tail}", f"{head}{other}{tail}"])
