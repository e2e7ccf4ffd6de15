"""Normalising a text and parting it into words. Everything is linear in the text."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping

from bot.core.model import Vocabulary

MAX_WORD = 40  # longer "words" are noise; cutting them keeps hostile text cheap
MAX_UNFOLDED = 4  # characters that one may stand for
LOOKED_AT = 64  # texts that are remembered as read: a message and its words are looked at again and again
MAX_REMEMBERED = 20_000  # mended words; a flood of nonsense must not fill the memory

_WORD = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?;:\n…]+|\s[-–—]\s|\s*[()]\s*")
_DRAWL = re.compile(r"(.)\1{2,}")
_QUOTES = str.maketrans(dict.fromkeys("’‘ʼ`´′＇", "'"))


@functools.cache
def _plain(char: str) -> str:
    """One character without its accents; nothing for what cannot be seen; a blank for signs and emoji."""
    category = unicodedata.category(char)
    if category in {"Cf", "Cs", "Mn", "Me"}:
        return ""
    if char == "\n":
        return char
    return " " if category[0] in "CSZ" else char


@functools.cache
def _unswollen(char: str) -> str:
    """One character; a blank for a ligature that would unfold into a whole sentence."""
    return char if len(unicodedata.normalize("NFKD", char)) <= MAX_UNFOLDED else " "


@functools.lru_cache(maxsize=LOOKED_AT)
def normalise(text: str) -> str:
    """Fold case, accents, compatibility forms, quotes, invisible characters and "sooooo" away."""
    short = "".join(map(_unswollen, text.translate(_QUOTES)))
    folded = unicodedata.normalize("NFKD", short).translate(_QUOTES).casefold()
    return _DRAWL.sub(r"\1\1", "".join(map(_plain, folded)))


def split_sentences(normalised: str) -> list[str]:
    """The sentences of a normalised text, as far as its writer marked them."""
    return [part for part in _SENTENCE_END.split(normalised) if part and not part.isspace()]


@functools.lru_cache(maxsize=LOOKED_AT)
def split_words(normalised: str) -> tuple[str, ...]:
    """Words and numbers; punctuation is dropped, apostrophes inside words stay."""
    return tuple(word[:MAX_WORD] for word in _WORD.findall(normalised))


def key(text: str) -> str:
    """What two texts share when they are the same but for case, punctuation and invisible signs."""
    return " ".join(split_words(normalise(text)))


def expand(words: Iterable[str], *mappings: Mapping[str, str]) -> list[str]:
    """Write contractions and known misspellings out ("can't" -> "can", "not")."""
    expanded: list[str] = []
    for word in words:
        for mapping in mappings:
            if word in mapping:
                expanded.extend(mapping[word].split())
                break
        else:
            expanded.append(word.removesuffix("'s").replace("'", ""))
    return expanded


def written_out(words: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """Words with the contractions and known misspellings of a language written out."""
    return expand(words, vocabulary.contractions, vocabulary.misspellings)


def words_of(text: str, vocabulary: Vocabulary) -> list[str]:
    """The words of a text, normalised and written out; typing errors are left as they are."""
    return written_out(split_words(normalise(text)), vocabulary)
