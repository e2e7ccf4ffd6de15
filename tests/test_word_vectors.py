"""What words mean: shipped for English, and no loss for a language without."""

import numpy as np
import pytest
from trees import Tree

from bot.bootstrap import load_library
from bot.config import Settings
from bot.content.loader import load
from bot.content.word_vectors import write
from bot.core.model import Vocabulary
from bot.core.understanding.matching import Matcher
from bot.core.understanding.outcome import Match
from bot.core.understanding.word_vectors import WordVectors

PETS = {
    "dogs": ["feed my dog", "the dog is hungry", "walk the dog"],
    "cars": ["wash my car", "the car is dirty", "park the car"],
}
ANIMALS = WordVectors(
    ["dog", "puppy", "car", "van"], np.array([[9, 0], [8, 1], [0, 9], [1, 8]], dtype=np.int8)
)


def first(vectors: WordVectors, said: str) -> str:
    vocabulary = Vocabulary(stemmer="english", common_words=frozenset({"puppy", "van"}), vectors=vectors)
    return Matcher.train(PETS.items(), vocabulary).match(said)[1].ranking[0].entry


@pytest.mark.parametrize(("said", "meant"), [("puppy", "dogs"), ("van", "cars")])
def test_a_word_that_no_utterance_has_is_understood_by_what_it_means(said: str, meant: str) -> None:
    assert first(ANIMALS, said) == meant


@pytest.mark.parametrize("said", ["feed my dog", "wash my car"])
def test_a_language_without_vectors_is_understood_too(said: str) -> None:
    matcher = Matcher.train(PETS.items(), Vocabulary(stemmer="english"))
    assert isinstance(matcher.match(said)[0], Match)


def test_words_that_mean_the_same_point_the_same_way_in_english(settings: Settings) -> None:
    vectors = load_library(settings)["en"].knowledge.vocabulary.vectors
    alike, unlike = (vectors.meaning(("sofa",)) @ vectors.meaning((word,)) for word in ("couch", "vinegar"))
    assert alike > unlike + 0.3


def test_unknown_words_mean_nothing() -> None:
    assert not ANIMALS.meaning(("xyzzy",)).any()
    assert not ANIMALS.meaning(()).any()


def test_vectors_that_do_not_fit_their_words_are_refused() -> None:
    with pytest.raises(ValueError, match="2 words"):
        WordVectors(["one", "two"], np.zeros((3, 4), dtype=np.int8))


def test_an_overlay_brings_vectors_of_its_own(small: Tree, overlay: Tree) -> None:
    (overlay.root / "en").mkdir()
    write(["puppy"], np.array([[3, 4]], dtype=np.int8), overlay.root / "en" / "word_vectors.npz")
    library, findings = load([small.root, overlay.root])
    assert findings == []
    assert library["en"].knowledge.vocabulary.vectors.meaning(("puppy",)).tolist() == pytest.approx(
        [0.6, 0.8]
    )


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 torn"])
def test_a_broken_file_is_found_and_named(content: bytes, small: Tree) -> None:
    (small.root / "en" / "word_vectors.npz").write_bytes(content)
    _, findings = load([small.root])
    assert [(each.file, each.remedy) for each in findings] == [
        (f"{small.root.name}/en/word_vectors.npz", "Restore the file")
    ]
