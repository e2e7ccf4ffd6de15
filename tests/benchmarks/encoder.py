"""Makes the encoder of English anew, after large changes to what people say in the knowledge: `make encoder`.

A transformer of two layers learns three things at once from every sentence that the knowledge holds: which
entry it asks for, which red flag it raises, and what all-MiniLM-L6-v2 (Apache 2.0) makes of it. Of messages
that lean on others it learns, from both together, which entry they ask for. Only what all of that shares is
kept, in 8 bits. Takes twenty minutes on two cores.
"""

import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from benchmarks.peers.minilm import SIZE, Embedder
from bot.bootstrap import load_library
from bot.config import Settings
from bot.content.encoder import FILE, write
from bot.content.loader import builtin_root
from bot.core.model import EntryKind, Knowledge
from bot.core.understanding.encoder import HEADS, MOST_WORDS, THEN, TINY, UNKNOWN, Encoder
from bot.core.understanding.text import words_of

LANGUAGE = "en"
WIDTH, WIDER, LAYERS = 192, 384, 2
OFTEN = 3  # times that a word occurs in sentences to be known
ROUNDS = 14
BATCH = 256
LENGTHS = (6, 9, 12, 16, 24, MOST_WORDS)  # of batches; a sentence is filled up to the next of them
RATE, DECAY = 2e-3, 0.05
FORGOTTEN = 0.1  # share of the words that are hidden in training
SMOOTHING = 0.1  # of the right class
MEANING = 10.0  # weight of what MiniLM makes of a sentence beside the classes
TOLD = 4  # times that a message is learned, each after another one that it leans on
WHOLE, WHOLE_FROM = 10_000, 5  # messages learned that lean on nothing, and the words of such a one
NONE = -1  # class of a sentence of which it is not known

Tree = Any  # a dictionary of arrays, or of such dictionaries


class Taught(NamedTuple):
    """Sentences as rows of words, the entry and the red flag of each, or NONE, and its meaning, or zeros."""

    words: Sequence[NDArray[np.int32]]
    entries: NDArray[np.int32]
    flags: NDArray[np.int32]
    meanings: NDArray[np.float32]


def main() -> None:
    """Make the file."""
    knowledge = load_library(Settings())[LANGUAGE].knowledge
    sentences = dict(_sentences(knowledge))
    pairs = list(_pairs(knowledge, np.random.default_rng(0)))
    read = partial(words_of, vocabulary=knowledge.vocabulary)
    split = [*map(read, sentences), *(Encoder.joined(read(said), read(text)) for said, text, _ in pairs)]
    counts = Counter(word for words in split[: len(sentences)] for word in words) + Counter({THEN: OFTEN})
    names = sorted(word for word, count in counts.items() if count >= OFTEN)
    numbers = {name: number for number, name in enumerate(names, start=UNKNOWN + 1)}
    embed = Embedder()
    entries, flags = zip(*sentences.values(), *((entry, NONE) for *_, entry in pairs), strict=True)
    taught = Taught(
        [np.array([numbers.get(w, UNKNOWN) for w in words[:MOST_WORDS]], dtype=np.int32) for words in split],
        np.array(entries, dtype=np.int32),
        np.array(flags, dtype=np.int32),
        np.array([*map(embed, sentences), *[np.zeros(SIZE)] * len(pairs)], dtype=np.float32),
    )
    learned = _train(taught, len(names) + 1)
    path = builtin_root() / LANGUAGE / FILE
    write(names, {name: np.asarray(part) for name, part in learned.items()}, path)
    sys.stdout.write(f"{len(names)} words, {path.stat().st_size} bytes\n")


def _sentences(knowledge: Knowledge) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every sentence with the number of its entry, one more for none, and that of its flag, 0 for none."""
    none = len(knowledge.entries)
    for text in (*knowledge.background, *knowledge.calm):
        yield text, (none if text in knowledge.background else NONE, 0)
    for number, flag in enumerate(knowledge.red_flags.values(), start=1):
        yield from ((text, (NONE, 0)) for text in flag.look_alikes)
        yield from ((text, (NONE, number)) for text in flag.examples)
    for number, entry in enumerate(knowledge.entries.values()):
        is_calm = entry.kind is not EntryKind.DEFER
        yield from ((text, (NONE, 0)) for texts in entry.asked_next.values() for text in texts)
        yield from ((text, (number, 0 if is_calm else NONE)) for text in (entry.title, *entry.utterances))


def _pairs(knowledge: Knowledge, random: np.random.Generator) -> Iterator[tuple[str, str, int]]:
    """Messages with one before them, and the number of the entry that they ask for then.

    Those that lean on it; and whole ones, which mean the same after whatever was said.
    """
    numbers = {name: number for number, name in enumerate(knowledge.entries)}
    for entry in knowledge.entries.values():
        own = (entry.title, *entry.utterances)
        for name, texts in entry.asked_next.items():
            for text in texts:
                yield from ((own[said], text, numbers[name]) for said in random.integers(len(own), size=TOLD))
    everything = [(t, numbers[each.id]) for each in knowledge.entries.values() for t in each.utterances]
    for before, after in random.integers(len(everything), size=(WHOLE, 2)):
        (said, _), (text, number) = everything[before], everything[after]
        if len(text.split()) >= WHOLE_FROM:
            yield said, text, number


def _train(taught: Taught, rows: int) -> Mapping[str, Any]:
    """What the encoder consists of, by `PARTS`."""
    random = np.random.default_rng(0)
    tree = _untaught(random, rows, int(taught.entries.max()) + 1, int(taught.flags.max()) + 1)
    batches = sum(1 for _ in _batches(taught, np.random.default_rng(0)))
    rate = optax.cosine_onecycle_schedule(ROUNDS * batches, RATE, pct_start=0.1)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=DECAY))
    state = optimiser.init(tree)

    def advance(tree: Tree, state: Tree, words: Any, targets: Tree) -> tuple[Tree, Tree, Any]:
        loss, gradient = jax.value_and_grad(_loss)(tree, words, targets)
        updates, state = optimiser.update(gradient, state, tree)
        return optax.apply_updates(tree, updates), state, loss

    step = jax.jit(advance)
    for number in range(ROUNDS):
        losses = []
        for words, targets in _batches(taught, random):
            tree, state, loss = step(tree, state, words, targets)
            losses.append(loss)
        sys.stdout.write(f"round {number + 1} of {ROUNDS}: {float(np.mean(losses)):.3f}\n")
        sys.stdout.flush()
    return dict(tree["encoder"])


def _untaught(random: np.random.Generator, rows: int, entries: int, flags: int) -> Tree:
    """An encoder that has learned nothing, and what guesses entries, flags and meanings by it."""

    def drawn(*shape: int, scale: float) -> Any:
        return jnp.asarray(random.normal(0, scale, shape), dtype=jnp.float32)

    inward, deep = 1 / math.sqrt(WIDTH), 1 / math.sqrt(2 * LAYERS)
    encoder = {
        "words": drawn(rows, WIDTH, scale=0.5),
        "places": drawn(MOST_WORDS, WIDTH, scale=0.05),
        "attend": drawn(LAYERS, WIDTH, 3 * WIDTH, scale=inward),
        "gather": drawn(LAYERS, WIDTH, WIDTH, scale=inward * deep),
        "widen": drawn(LAYERS, WIDTH, WIDER, scale=inward),
        "narrow": drawn(LAYERS, WIDER, WIDTH, scale=deep / math.sqrt(WIDER)),
    }
    sizes = {"entries": entries, "flags": flags, "meanings": SIZE}
    heads = {name: drawn(WIDTH, size, scale=inward) for name, size in sizes.items()}
    return {"encoder": encoder, "heads": heads}


def _batches(taught: Taught, random: np.random.Generator) -> Iterator[tuple[Any, Tree]]:
    """The sentences in a new order, those of one length together, some of their words hidden."""
    lengths = np.searchsorted(LENGTHS, [len(words) for words in taught.words])
    order = random.permutation(len(lengths))
    chunks = [
        chosen[start : start + BATCH]
        for length in range(len(LENGTHS))
        for chosen in [order[lengths[order] == length]]
        for start in range(0, len(chosen) - BATCH + 1, BATCH)
    ]
    for number in random.permutation(len(chunks)):
        chunk = chunks[number]
        words = np.full((BATCH, LENGTHS[lengths[chunk[0]]]), -1, dtype=np.int32)
        for row, sentence in zip(words, chunk, strict=True):
            row[: len(taught.words[sentence])] = taught.words[sentence]
        words[(random.random(words.shape) < FORGOTTEN) & (words >= 0)] = UNKNOWN
        yield words, (taught.entries[chunk], taught.flags[chunk], taught.meanings[chunk])


def _loss(tree: Tree, words: Any, targets: Tree) -> Any:
    entries, flags, meanings = targets
    heads, encoded = tree["heads"], _encoded(tree["encoder"], words)
    guessed = encoded @ heads["meanings"]
    guessed /= jnp.sqrt(jnp.sum(guessed * guessed, axis=-1, keepdims=True) + TINY)
    return (
        _missed(encoded @ heads["entries"], entries)
        + _missed(encoded @ heads["flags"], flags)
        + MEANING * jnp.mean(jnp.any(meanings != 0, axis=-1) - jnp.sum(guessed * meanings, axis=-1))
    )


def _missed(scores: Any, classes: Any) -> Any:
    """The cross entropy of those whose class is known."""
    known = classes != NONE
    right = optax.smooth_labels(jax.nn.one_hot(classes, scores.shape[-1]), SMOOTHING)
    losses = optax.softmax_cross_entropy(scores, right)
    return jnp.sum(losses * known) / jnp.maximum(jnp.sum(known), 1)


def _encoded(parts: Tree, words: Any) -> Any:
    """The same as `Encoder.encode` for many sentences, which end with -1, but of no particular length."""
    is_word = words >= 0
    states = parts["words"][jnp.maximum(words, UNKNOWN)] + parts["places"][: words.shape[1]]
    for layer in range(LAYERS):
        heard = _attention(_evened(states) @ parts["attend"][layer], is_word)
        states = states + heard @ parts["gather"][layer]
        inner = jax.nn.relu(_evened(states) @ parts["widen"][layer])
        states = states + inner @ parts["narrow"][layer]
    total = jnp.sum(_evened(states) * is_word[..., None], axis=1)
    return _evened(total)


def _attention(asked: Any, is_word: Any) -> Any:
    many, length, _ = asked.shape
    parts = asked.reshape(many, length, 3, HEADS, WIDTH // HEADS).transpose(2, 0, 3, 1, 4)
    queries, keys, values = parts
    weights = queries @ keys.transpose(0, 1, 3, 2) / math.sqrt(WIDTH // HEADS)
    weights = jnp.where(is_word[:, None, None, :], weights, -1e9)
    heard = jax.nn.softmax(weights, axis=-1) @ values
    return heard.transpose(0, 2, 1, 3).reshape(many, length, WIDTH)


def _evened(states: Any) -> Any:
    squares = jnp.mean(states * states, axis=-1, keepdims=True)
    return states / jnp.sqrt(squares + TINY)


if __name__ == "__main__":
    main()
