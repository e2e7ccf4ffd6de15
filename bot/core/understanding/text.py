"""How the bot hears: normalising, words, spelling, stems, concepts. Everything is linear in the text."""

import functools
import math
import operator
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import snowballstemmer
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bot.core.model import Vocabulary
from bot.core.understanding.phrases import PhraseIndex, expand_pattern

MAX_WORD = 40  # longer "words" are noise; cutting them keeps hostile text cheap
ONE_EDIT_FROM = 5  # letters from which a word may hide one typing error, and
TWO_EDITS_FROM = 8  # two (the lengths that a prototype on public data found best)
OFTEN_USED = 300  # known words, the most frequent ones, which run together sooner than they are mistyped
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


class Speller:
    """Mends typing errors towards known words; common words are left alone, whatever they resemble."""

    def __init__(self, known: Iterable[str], common: frozenset[str]) -> None:
        """`known` in falling order of use: of two equally near words the first wins."""
        self._ordered = list(dict.fromkeys(known))
        self._ranks = {word: rank for rank, word in enumerate(self._ordered)}
        self._common = common
        self._letters = np.array([_letter_set(word) for word in self._ordered], dtype=np.uint32)
        self._lengths = np.array([len(word) for word in self._ordered], dtype=np.int32)
        self._mended: dict[str, tuple[str, ...]] = {}

    def correct(self, word: str) -> tuple[str, ...]:
        """The word as it was probably meant: itself, a known word, or two that ran together."""
        if word in self._ranks or word in self._common or word.isdigit():
            return (word,)
        mended = self._mended.get(word)
        if mended is None:
            mended = self._mend(word)
            if len(self._mended) >= MAX_REMEMBERED:
                self._mended.clear()
            self._mended[word] = mended
        return mended

    def _mend(self, word: str) -> tuple[str, ...]:
        far = self._nearest(word, 2) if len(word) >= TWO_EDITS_FROM else ()
        often, any_two = self._split(word, OFTEN_USED), self._split(word, len(self._ranks))
        return often or self._nearest(word, 1) or any_two or far or (word,)

    def _nearest(self, word: str, limit: int) -> tuple[str, ...]:
        """The nearest known word, if it is no more than so many edits away."""
        if len(word) < ONE_EDIT_FROM - 1:
            return ()
        found = extractOne(word, self._alike(word, limit), scorer=OSA.distance, score_cutoff=limit)
        if found and (max(len(word), len(found[0])) >= ONE_EDIT_FROM or sorted(found[0]) == sorted(word)):
            return (found[0],)
        return ()

    def _alike(self, word: str, limit: int) -> list[str]:
        """The known words that so few edits could lead to: an edit changes two letters at most.

        Those with the same letters come first, since letters are swapped or doubled sooner than mistaken.
        """
        differing = np.bitwise_count(self._letters ^ np.uint32(_letter_set(word)))
        longer = np.abs(self._lengths - len(word))
        alike = np.flatnonzero((differing <= 2 * limit) & (longer <= limit))
        likeliest_first = alike[np.argsort(differing[alike], kind="stable")]
        return [self._ordered[number] for number in likeliest_first]

    def _split(self, word: str, within: int) -> tuple[str, ...]:
        """The two of the words used most that ran together; single letters only at last."""
        shortest, ranks = 2 if within == OFTEN_USED else 1, self._ranks
        known = [
            (word[:middle], word[middle:])
            for middle in range(shortest, len(word) - shortest + 1)
            if ranks.get(word[:middle], within) < within and ranks.get(word[middle:], within) < within
        ]
        return min(
            known, key=lambda parts: sum(math.log(2 + self._ranks[part]) for part in parts), default=()
        )


def _letter_set(word: str) -> int:
    """The letters of a word as the bits of a number."""
    return functools.reduce(operator.or_, (1 << (ord(char) & 31) for char in word), 0)


class Stemmer:
    """Word stems of one language, by the Snowball algorithms. Several threads may ask."""

    def __init__(self, language: str, own_forms: frozenset[str] = frozenset()) -> None:
        """`own_forms` are words that stay as they are."""
        self._language = language
        self._own_forms = own_forms
        self._stem = _stemming(language)

    def __reduce__(self) -> tuple[type["Stemmer"], tuple[str, frozenset[str]]]:
        return Stemmer, (self._language, self._own_forms)

    def __call__(self, words: Iterable[str]) -> list[str]:
        """The stem of each word."""
        return [word if word in self._own_forms else self._stem(word) for word in words]


@functools.cache
def _stemming(language: str) -> Callable[[str], str]:
    """The stem of a word, remembered by all who ask in this language."""
    stemmer, alone = snowballstemmer.stemmer(language), threading.Lock()  # it holds one word at a time

    @functools.lru_cache(maxsize=MAX_REMEMBERED)
    def stem(word: str) -> str:
        with alone:
            return str(stemmer.stemWord(word))

    return stem


def concept_token(concept: str) -> str:
    """The token that stands for a concept."""
    return f"@{concept}"


class Ear:
    """Turns text into the tokens that the matcher compares: stems, and concepts for words that mean one."""

    def __init__(self, vocabulary: Vocabulary, utterances: Iterable[str]) -> None:
        """`utterances` are the sentences whose words count as known."""
        self._vocabulary = vocabulary
        self._stem = Stemmer(vocabulary.stemmer)
        spelled = {
            name: [form for pattern in patterns for form in expand_pattern(pattern, vocabulary.concepts)]
            for name, patterns in vocabulary.concepts.items()
        }
        forms = [form for forms in spelled.values() for form in forms]
        openers = [form for opener in vocabulary.openers for form in expand_pattern(opener, {})]
        self._speller = self._learn_spelling(utterances, forms, openers)
        self._concepts = PhraseIndex(
            {
                concept_token(name): [self._stem(self._words(form)) for form in forms]
                for name, forms in spelled.items()
            }
        )
        self._openers = PhraseIndex({"opener": [self._words(opener) for opener in openers]})

    def hear(self, text: str) -> tuple[list[str], list[str]]:
        """The mended words of a text, without greetings around a question, and the tokens they stand for."""
        mended = [word for heard in self._words(text) for word in self._speller.correct(heard)]
        words = self._without_openers(mended) or mended
        return words, self._tokens(words)

    def _learn_spelling(
        self, utterances: Iterable[str], forms: Iterable[str], openers: Iterable[str]
    ) -> Speller:
        """A speller that knows the words of some sentences, but not the typing errors among them.

        Those of greetings are known too: "xx" is no "x x".

        A word that is neither common nor in the vocabulary, and that looks like one that is, is an error.
        """
        written = Counter(word for form in forms for word in self._words(form))
        counts = written + Counter(word for sentence in utterances for word in self._words(sentence))
        ordered = sorted(counts, key=lambda word: (-counts[word], word))
        common = self._vocabulary.common_words
        trusted = [word for word in ordered if word in common or word in written]
        strict = Speller(trusted, common)
        greetings = [word for opener in openers for word in self._words(opener)]
        return Speller([*(word for word in ordered if strict.correct(word) == (word,)), *greetings], common)

    def _tokens(self, words: Sequence[str]) -> list[str]:
        stems = self._stem(words)
        tokens: list[str] = []
        position = 0
        while position < len(stems):
            name, position = next(iter(self._concepts.at(stems, position)), (stems[position], position + 1))
            tokens.append(name)
        return tokens

    def _words(self, text: str) -> list[str]:
        vocabulary = self._vocabulary
        return expand(split_words(normalise(text)), vocabulary.contractions, vocabulary.misspellings)

    def _without_openers(self, words: list[str]) -> list[str]:
        kept: list[str] = []
        position = 0
        while position < len(words):
            _, behind = next(iter(self._openers.at(words, position)), ("", position))
            if behind == position:
                kept.append(words[position])
                behind += 1
            position = behind
        return kept
