"""The small pattern language in which the vocabulary writes phrases down, and finding them again in a text.

`(pee|wee)` stands for each of its words, `{cannot}` for every form of that concept, `65..99` for each number.
"""

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

MAX_SKIPPED = 4  # words between two words of a phrase
MAX_FORMS = 10_000  # a pattern that stands for more was not meant that way

_PART = re.compile(r"\(([^()]*)\)|\{(\w+)\}|(\d+)\.\.(\d+)|([^\s(){}]+)")


class PatternError(ValueError):
    """A pattern that can't be read; its text says why."""


def expand_pattern(pattern: str, concepts: Mapping[str, Sequence[str]], depth: int = 0) -> list[str]:
    """Every phrase that a pattern stands for. Raises PatternError."""
    if depth > len(concepts):
        raise PatternError(f"{pattern!r} leads back to itself")
    leftover = _PART.sub("", pattern).strip()
    if leftover:
        raise PatternError(f"{leftover!r} in {pattern!r} is no part of a pattern")
    for _, _, first, last, _ in map(re.Match.groups, _PART.finditer(pattern)):
        if first is not None and int(last) - int(first) >= MAX_FORMS:
            raise PatternError(f"{pattern!r} stands for more than {MAX_FORMS} phrases")
    choices = [_choices(part, concepts, depth) for part in _PART.finditer(pattern)]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MAX_FORMS:
        raise PatternError(f"{pattern!r} stands for more than {MAX_FORMS} phrases")
    return [" ".join(filter(None, words)) for words in itertools.product(*choices)]


def _choices(part: re.Match[str], concepts: Mapping[str, Sequence[str]], depth: int) -> list[str]:
    alternatives, concept, first, last, word = part.groups()
    if alternatives is not None:
        return [
            form for choice in alternatives.split("|") for form in expand_pattern(choice, concepts, depth)
        ]
    if concept is not None:
        if concept not in concepts:
            raise PatternError(f"{{{concept}}} is no concept of the vocabulary")
        return [form for inner in concepts[concept] for form in expand_pattern(inner, concepts, depth + 1)]
    if first is not None:
        return [str(number) for number in range(int(first), int(last) + 1)]
    return [word]


class _Node(NamedTuple):
    """A place among the phrases: the names of those that end here, and the words that lead on."""

    ends: tuple[str, ...]
    words: Mapping[str, "_Node"]


class PhraseIndex:
    """Finds phrases (sequences of tokens) in a sequence of tokens, in one pass."""

    def __init__(self, phrases: Mapping[str, Iterable[Sequence[str]]]) -> None:
        """`phrases` maps a name to its forms; longer forms are found first."""
        ends: dict[tuple[str, ...], list[str]] = {}
        for name, forms in phrases.items():
            for form in sorted({tuple(form) for form in forms if form}):
                ends.setdefault(form, []).append(name)
        self._root = _rooted(ends)

    def at(self, tokens: Sequence[str], start: int, skippable: Collection[str] = ()) -> list[tuple[str, int]]:
        """Names of all phrases that begin at `start`, each with the index behind it, longest first.

        Between the words of a phrase the text may have a few words of `skippable`.
        """
        first = self._root.words.get(tokens[start])
        if first is None:
            return []
        if not skippable:
            return _straight(first, tokens, start + 1)
        found: list[tuple[int, str, int]] = []
        reached = [(1, first, start + 1)]
        while reached:
            length, node, behind = reached.pop()
            found.extend((-length, name, behind) for name in node.ends)
            for position in _next_words(tokens, behind, skippable) if node.words else ():
                further = node.words.get(tokens[position])
                if further is not None:
                    reached.append((length + 1, further, position + 1))
        return [(name, behind) for _, name, behind in sorted(found)]


def _straight(node: _Node, tokens: Sequence[str], behind: int) -> list[tuple[str, int]]:
    """What ends on the way from a place, with the index behind it, where no word may be skipped."""
    found: list[tuple[str, int]] = []
    while True:
        found[:0] = [(name, behind) for name in node.ends]
        further = node.words.get(tokens[behind]) if behind < len(tokens) else None
        if further is None:
            return found
        node, behind = further, behind + 1


def _next_words(tokens: Sequence[str], behind: int, skippable: Collection[str]) -> Iterator[int]:
    """Where the next word of a phrase may stand: at once, or behind a few words that may be skipped."""
    for position in range(behind, min(len(tokens), behind + MAX_SKIPPED + 1)):
        yield position
        if tokens[position] not in skippable:
            return


def _rooted(ends: Mapping[tuple[str, ...], Sequence[str]]) -> _Node:
    """The place where all phrases begin. Phrases that end alike share their ends, which saves nine tenths."""
    further: dict[tuple[str, ...], set[str]] = {(): set()}
    for form in ends:
        for length, word in enumerate(form):
            further.setdefault(form[:length], set()).add(word)
    nodes: dict[tuple[str, ...], _Node] = {}
    known: dict[tuple[tuple[str, ...], tuple[tuple[str, int], ...]], _Node] = {}
    for start in sorted({*further, *ends}, key=len, reverse=True):
        words = {word: nodes[*start, word] for word in sorted(further.get(start, ()))}
        node = _Node(tuple(sorted(ends.get(start, ()))), words)
        look = (node.ends, tuple((word, id(after)) for word, after in words.items()))
        nodes[start] = known.setdefault(look, node)
    return nodes[()]
