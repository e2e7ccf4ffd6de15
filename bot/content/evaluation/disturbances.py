"""Writes questions as people write in a hurry, on a phone or by voice, the same way each time for a seed."""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

LONG = 5  # letters from which a word gets typing errors
EVERY = 5  # of these words, one in so many

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
MISHEARD = {  # what dictation writes for English words that sound alike
    "brake": "break",
    "break": "brake",
    "for": "four",
    "i'm": "im",
    "know": "no",
    "right": "write",
    "sore": "saw",
    "their": "there",
    "to": "too",
    "waist": "waste",
    "week": "weak",
    "weight": "wait",
    "weights": "waits",
    "you're": "your",
    "1": "one",
    "2": "two",
    "3": "three",
    "5": "five",
    "10": "ten",
    "20": "twenty",
}

_LONG_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
_MARK = re.compile(r"[^\w\s]|_")


def _errors(text: str, random: Random, slip: Callable[[str, Random], str]) -> str:
    """A text with a slip in every fifth long word, counted from anywhere."""
    words = list(_LONG_WORD.finditer(text))
    for word in reversed(words[random.randrange(EVERY) :: EVERY]):
        text = text[: word.start()] + slip(word[0], random) + text[word.end() :]
    return text


def _mistyped(word: str, random: Random) -> str:
    """One letter left out, doubled, changed places with the next, or another one; the first one stays."""
    place = random.randrange(1, len(word) - 1)
    before, letter, after, rest = word[:place], word[place], word[place + 1], word[place + 2 :]
    other = random.choice("abcdefghijklmnopqrstuvwxyz")
    slips = (after, letter + letter + after, after + letter, other + after)
    return before + random.choice(slips) + rest


def _beside(word: str, random: Random) -> str:
    """One letter typed on the key beside it; the first one stays."""
    place = random.randrange(1, len(word))
    letter = word[place].lower()
    row = next((row for row in KEYBOARD if letter in row), letter)
    at = row.index(letter)
    beside = row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return word[:place] + random.choice(beside or letter) + word[place + 1 :]


def _typing_errors(text: str, random: Random) -> str:
    return _errors(text, random, _mistyped)


def _keyboard_neighbours(text: str, random: Random) -> str:
    return _errors(text, random, _beside)


def _missing_spaces(text: str, random: Random) -> str:
    """Two words run together."""
    words = text.split()
    if len(words) < 2:  # noqa: PLR2004  # two words have a space
        return text
    place = random.randrange(1, len(words))
    return " ".join([*words[: place - 1], words[place - 1] + words[place], *words[place + 1 :]])


def _no_punctuation(text: str, _: Random) -> str:
    return " ".join(_MARK.sub("", text).split())


def _case(text: str, random: Random) -> str:
    """All in capitals, or any letter of either size."""
    if random.random() < 1 / 2:
        return text.upper()
    return "".join(random.choice((letter.upper(), letter.lower())) for letter in text)


def _dictation(text: str, random: Random) -> str:
    """No capitals, no marks, and every other word that sounds like another one misheard."""
    words = re.sub(r"[^\w\s']|_", " ", text.lower()).split()
    return " ".join(random.choice((word, MISHEARD.get(word, word))) for word in words)


_WAYS: Mapping[str, Callable[[str, Random], str]] = {
    "typing_errors": _typing_errors,
    "keyboard_neighbours": _keyboard_neighbours,
    "missing_spaces": _missing_spaces,
    "no_punctuation": _no_punctuation,
    "case": _case,
    "dictation": _dictation,
}
NAMES: Sequence[str] = tuple(_WAYS)


def disturbed(text: str, name: str, seed: int) -> str:
    """A text, disturbed in one of the ways of NAMES. It depends on nothing but these three."""
    return _WAYS[name](text, Random(f"{seed} {name} {text}"))  # noqa: S311  # no secret hangs on it
