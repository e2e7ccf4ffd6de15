"""What whole sentences mean: shipped for English, and no loss for a language without."""

from collections.abc import Mapping

import numpy as np
import pytest
from trees import Tree

from bot.bootstrap import load_library
from bot.config import Settings
from bot.content.encoder import write
from bot.content.loader import load
from bot.core.model import Vocabulary
from bot.core.understanding.encoder import HEADS, MOST_WORDS, Encoder
from bot.core.understanding.matching import Matcher
from bot.core.understanding.word_vectors import Floats

NAMES = ["dog", "bites", "man"]
MATTERS = {
    "bites": ["dog bites man", "a dog has bitten a man"],
    "news": ["man bites dog", "a man has bitten a dog"],
}


def parts(width: int = HEADS, wider: int = 4, layers: int = 1, seed: int = 1) -> Mapping[str, Floats]:
    """Those of an encoder that has learned nothing, for three names."""
    shapes = {
        "words": (len(NAMES) + 1, width),
        "places": (MOST_WORDS, width),
        "attend": (layers, width, 3 * width),
        "gather": (layers, width, width),
        "widen": (layers, width, wider),
        "narrow": (layers, wider, width),
    }
    random = np.random.default_rng(seed)
    return {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


def likeness(encoder: Encoder, one: str, other: str) -> float:
    return float(encoder.encode(one.split()) @ encoder.encode(other.split()))


@pytest.mark.parametrize(
    ("said", "alike", "unlike"),
    [
        ("can i train with a herniated disc", "is exercise ok with a slipped disc", "is a hot bath ok"),
        ("how often should i train", "how many times a week", "how do i breathe when i lift"),
        ("i can not feel my legs", "my legs have gone numb", "how do i breathe when i lift"),
    ],
)
def test_sentences_that_mean_the_same_point_the_same_way_in_english(
    said: str, alike: str, unlike: str, settings: Settings
) -> None:
    encoder = load_library(settings)["en"].knowledge.vocabulary.encoder
    assert likeness(encoder, said, alike) > likeness(encoder, said, unlike) + 0.1


def test_the_order_of_words_counts() -> None:
    assert likeness(Encoder(NAMES, parts()), "dog bites man", "man bites dog") < 0.999


def test_every_sentence_has_the_length_one_however_long_or_strange_it_is() -> None:
    encoder = Encoder(NAMES, parts())
    for words in (["dog"], ["xyzzy"], ["man", "xyzzy"] * MOST_WORDS):
        assert np.linalg.norm(encoder.encode(words)) == pytest.approx(1, abs=1e-5)


def test_many_sentences_read_together_mean_what_each_means_alone() -> None:
    encoder = Encoder(NAMES, parts(layers=2))
    sentences = [["dog"], ["man", "bites", "dog"], [], ["dog", "bites", "man"], ["man"]]
    for together, words in zip(encoder.encode_all(sentences), sentences, strict=True):
        assert together == pytest.approx(encoder.encode(words), abs=1e-6)


def test_no_words_mean_nothing() -> None:
    assert not Encoder(NAMES, parts()).encode([]).any()
    assert not Encoder.none()


@pytest.mark.parametrize("broken", ["words", "places", "attend", "gather", "widen", "narrow"])
def test_parts_that_do_not_fit_together_are_refused(broken: str) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Encoder(NAMES, {**parts(), broken: parts(width=2 * HEADS, layers=2)[broken]})


def test_a_second_opinion_counts_and_a_language_without_one_is_understood_too() -> None:
    vocabulary = Vocabulary(stemmer="english")
    alone = Matcher.train(MATTERS.items(), vocabulary)
    advised = Matcher.train(MATTERS.items(), Vocabulary(stemmer="english", encoder=Encoder(NAMES, parts())))
    for matcher, has_opinion in ((alone, False), (advised, True)):
        hearing = matcher.match("the man bites the dog")[1]
        assert hearing.ranking[0].entry == "news"
        assert bool(hearing.evidence.meant) is has_opinion


def test_an_overlay_brings_an_encoder_of_its_own(small: Tree, overlay: Tree) -> None:
    (overlay.root / "en").mkdir()
    write(NAMES, parts(), overlay.root / "en" / "encoder.npz")
    library, findings = load([small.root, overlay.root])
    assert findings == []
    encoder, own = library["en"].knowledge.vocabulary.encoder, Encoder(NAMES, parts())
    assert encoder.encode(NAMES) @ own.encode(NAMES) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 torn"])
def test_a_broken_file_is_found_and_named(content: bytes, small: Tree) -> None:
    (small.root / "en" / "encoder.npz").write_bytes(content)
    _, findings = load([small.root])
    assert [(each.file, each.remedy) for each in findings] == [
        (f"{small.root.name}/en/encoder.npz", "Restore the file")
    ]
