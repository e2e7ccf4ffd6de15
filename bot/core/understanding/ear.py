"""How the bot hears: text in, the tokens that the matcher compares out. Pure."""

import functools
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import snowballstemmer

from bot.core.model import Vocabulary
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.recent import remembers_recent
from bot.core.understanding.speller import Speller
from bot.core.understanding.text import MAX_REMEMBERED, words_of


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

    def inflected(self, words: frozenset[str], stems: Iterable[str]) -> list[str]:
        """Those of many words whose stem is one of some, in the order of the alphabet."""
        forms = _inflected(self._language, words)
        others = {word for stem in stems for word in forms.get(stem, ())} - self._own_forms
        return sorted(others.union(words & self._own_forms.intersection(stems)))


@functools.cache
def _stemming(language: str) -> Callable[[str], str]:
    """The stem of a word, remembered by all who ask in this language."""
    stemmer, alone = snowballstemmer.stemmer(language), threading.Lock()  # it holds one word at a time

    @functools.lru_cache(maxsize=MAX_REMEMBERED)
    def stem(word: str) -> str:
        with alone:
            return str(stemmer.stemWord(word))

    return stem


@functools.lru_cache(maxsize=1)
def _inflected(language: str, words: frozenset[str]) -> Mapping[str, list[str]]:
    """Words by their stems; thousands of them take a second, and those of a language are ever the same."""
    stemmer, forms = snowballstemmer.stemmer(language), defaultdict[str, list[str]](list)
    for word in words:
        forms[stemmer.stemWord(word)].append(word)
    return forms


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
                concept_token(name): [self._stem(words_of(form, self._vocabulary)) for form in forms]
                for name, forms in spelled.items()
            }
        )
        self._spoken = {
            concept_token(name): words_of(forms[0], vocabulary) for name, forms in spelled.items() if forms
        }
        self._openers = PhraseIndex({"opener": [words_of(opener, self._vocabulary) for opener in openers]})

    @remembers_recent
    def hear(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The mended words of a text, without greetings around a question, and the tokens they stand for."""
        mended = [word for heard in words_of(text, self._vocabulary) for word in self._speller.correct(heard)]
        words = self._without_openers(mended) or mended
        return tuple(words), tuple(self._tokens(words))

    def spoken(self, tokens: Iterable[str]) -> list[str]:
        """Words that stand for tokens: for a concept those of its first form."""
        return [word for token in tokens for word in self._spoken.get(token, (token,))]

    def _learn_spelling(
        self, utterances: Iterable[str], forms: Iterable[str], openers: Iterable[str]
    ) -> Speller:
        """A speller that knows the words of some sentences, but not the typing errors among them.

        Those of greetings are known too: "xx" is no "x x".

        A word that is neither common nor in the vocabulary, and that looks like one that is, is an error.
        """
        written = Counter(word for form in forms for word in words_of(form, self._vocabulary))
        counts = written + Counter(
            word for sentence in utterances for word in words_of(sentence, self._vocabulary)
        )
        ordered = sorted(counts, key=lambda word: (-counts[word], word))
        common = self._vocabulary.common_words
        trusted = [word for word in ordered if word in common or word in written]
        strict = Speller(trusted, common)
        greetings = [word for opener in openers for word in words_of(opener, self._vocabulary)]
        return Speller([*(word for word in ordered if strict.correct(word) == (word,)), *greetings], common)

    def _tokens(self, words: Sequence[str]) -> list[str]:
        stems = self._stem(words)
        tokens: list[str] = []
        position = 0
        while position < len(stems):
            name, position = next(iter(self._concepts.at(stems, position)), (stems[position], position + 1))
            tokens.append(name)
        return tokens

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
