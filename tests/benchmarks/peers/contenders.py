"""The matcher and its peers, learning from the same examples. Each imports what it needs when it starts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

NOBODY = ""  # the label of the background
STRENGTH = 30.0  # inverse of the regularisation of the peers' regression; from 10 to 100 they fared alike

Ranking = Sequence[tuple[str, float]]  # labels with scores, the likeliest first, three or more
Rank = Callable[[str], Ranking]
Examples = Mapping[str, Sequence[str]]


class Learn(Protocol):
    """Learns from examples by label and from background sentences, and ranks the labels of a text."""

    def __call__(self, examples: Examples, background: Sequence[str], *, own_words: bool) -> Rank: ...


def strong_back(examples: Examples, background: Sequence[str], *, own_words: bool) -> Rank:
    """Our matcher, on other subjects without the concepts of its own."""
    from bot.content.loader import builtin_root, load  # noqa: PLC0415
    from bot.core.understanding.matching import Matcher  # noqa: PLC0415
    from bot.core.understanding.relations import Relations  # noqa: PLC0415

    knowledge = load([builtin_root()])[0]["en"].knowledge
    vocabulary = knowledge.vocabulary
    if own_words:
        groups = {entry.id: entry.topic or entry.id for entry in knowledge.entries.values()}
        matcher = Matcher.train(
            examples.items(), vocabulary, Relations(groups=groups), knowledge.calibration, background
        )
    else:
        plain = replace(vocabulary, concepts={}, red_flag_concepts={}, decisive=(), openers=(), opposites={})
        matcher = Matcher.train(examples.items(), plain, background=background)
    return lambda text: [(each.entry, each.score) for each in matcher.match(text)[1].ranking]


def nearest_neighbour(examples: Examples, background: Sequence[str], *, own_words: bool) -> Rank:
    """The nearest example by rapidfuzz's token_set_ratio."""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415

    taught = _taught(examples, background)
    texts = [utils.default_process(text) for text, _ in taught]

    def rank(text: str) -> Ranking:
        said = utils.default_process(text)
        found: dict[str, float] = {}
        for _, score, number in process.extract(said, texts, scorer=fuzz.token_set_ratio, limit=50):
            found.setdefault(taught[number][1], score)
        return list(found.items())[:5]

    return rank


def tfidf(examples: Examples, background: Sequence[str], *, own_words: bool) -> Rank:
    """TF-IDF of words, pairs of words and letter sequences, and scikit-learn's logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    model = make_pipeline(make_union(words, letters), LogisticRegression(C=STRENGTH, tol=1e-3, max_iter=1000))
    texts, labels = zip(*_taught(examples, background), strict=True)
    model.fit(texts, labels)
    return lambda text: _ranked(model.classes_, model.predict_proba([text])[0])


def minilm(examples: Examples, background: Sequence[str], *, own_words: bool) -> Rank:
    """The embedding of all-MiniLM-L6-v2 and scikit-learn's logistic regression."""
    import numpy as np  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    from benchmarks.peers.minilm import Embedder  # noqa: PLC0415

    embed = Embedder()
    texts, labels = zip(*_taught(examples, background), strict=True)
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(np.array([embed(text) for text in texts]), labels)
    return lambda text: _ranked(model.classes_, model.predict_proba([embed(text)])[0])


CONTENDERS: Mapping[str, Learn] = {
    "Strong Back": strong_back,
    "rapidfuzz, nearest": nearest_neighbour,
    "TF-IDF + regression": tfidf,
    "MiniLM + regression": minilm,
}


def _taught(examples: Examples, background: Sequence[str]) -> list[tuple[str, str]]:
    taught = [(text, label) for label, texts in examples.items() for text in texts]
    return [*taught, *((text, NOBODY) for text in background)]


def _ranked(labels: Sequence[str], chances: Any) -> Ranking:
    best = chances.argsort()[::-1][:5]
    return [(str(labels[number]), float(chances[number])) for number in best]
