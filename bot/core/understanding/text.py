"""Normalising a text and parting it into words. Everything is linear in the text."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from bot.core.model import Vocabulary
from bot.core.understanding.recent import remembers_recent

MAX_WORD = 40  # longer "words" are noise; cutting them keeps hostile text cheap
MAX_UNFOLDED = 4  # characters that one may stand for
MAX_REMEMBERED = 20_000  # mended words; a flood of nonsense must not fill the memory

_WORD = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?;:\n…]+|\s[-–—]\s|\s*[()]\s*")
_DRAWL = re.compile(r"(.)\1{2,}")
_QUOTES = str.maketrans(dict.fromkeys("’‘ʼ`´′＇", "'"))


def _plain(char: str) -> str:
    """One character without its accents; nothing for what cannot be seen; a blank for signs and emoji."""
    category = unicodedata.category(char)
    if category in {"Cf", "Cs", "Mn", "Me"}:
        return ""
    if char == "\n":
        return char
    return " " if category[0] in "CSZ" else char


def _unswollen(char: str) -> str:
    """One character; a blank for a ligature that would unfold into a whole sentence."""
    return char if len(unicodedata.normalize("NFKD", char)) <= MAX_UNFOLDED else " "


class _Table(dict[int, str]):
    """What `str.translate` puts for each character, found out when the character first comes."""

    def __init__(self, put: Callable[[str], str]) -> None:
        super().__init__()
        self._put = put

    def __missing__(self, code: int) -> str:
        self[code] = found = self._put(chr(code))
        return found


_SHORT, _FOLDED = _Table(_unswollen), _Table(_plain)


@remembers_recent
def normalise(text: str) -> str:
    """Fold case, accents, compatibility forms, quotes, invisible characters and "sooooo" away."""
    short = text.translate(_QUOTES).translate(_SHORT)
    folded = unicodedata.normalize("NFKD", short).translate(_QUOTES).casefold()
    return _DRAWL.sub(r"\1\1", folded.translate(_FOLDED))


def split_sentences(normalised: str) -> list[str]:
    """The sentences of a normalised text, as far as its writer marked them."""
    return [part for part in _SENTENCE_END.split(normalised) if part and not part.isspace()]


@remembers_recent
def split_words(normalised: str) -> tuple[str, ...]:
    """Words and numbers; punctuation is dropped, apostrophes inside words stay."""
    return tuple(word[:MAX_WORD] for word in _WORD.findall(normalised))


@remembers_recent
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


@remembers_recent
def words_of(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of a text, normalised and written out; typing errors are left as they are."""
    return tuple(written_out(split_words(normalise(text)), vocabulary))
