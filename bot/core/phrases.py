"""The small pattern language in which the vocabulary writes phrases down, and finding them again in a text.

`(pee|wee)` stands for each of its words, `{cannot}` for every form of that concept, `65..99` for each number.
"""

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

MAX_SKIPPED = 4  # words between two words of a phrase
MAX_FORMS = 4000  # a pattern that stands for more was not meant that way

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
        return [choice.strip() for choice in alternatives.split("|")]
    if concept is not None:
        if concept not in concepts:
            raise PatternError(f"{{{concept}}} is no concept of the vocabulary")
        return [form for inner in concepts[concept] for form in expand_pattern(inner, concepts, depth + 1)]
    if first is not None:
        return [str(number) for number in range(int(first), int(last) + 1)]
    return [word]


class PhraseIndex:
    """Finds phrases (sequences of tokens) in a sequence of tokens, in one pass."""

    def __init__(self, phrases: Mapping[str, Iterable[Sequence[str]]]) -> None:
        """`phrases` maps a name to its forms; longer forms are found first."""
        self._by_first: dict[str, dict[tuple[str, ...], list[str]]] = {}
        for name, forms in phrases.items():
            for form in {tuple(form) for form in forms if form}:
                self._by_first.setdefault(form[0], {}).setdefault(form, []).append(name)
        self._by_first = {
            first: dict(sorted(forms.items(), key=lambda item: (-len(item[0]), item[0])))
            for first, forms in self._by_first.items()
        }

    def at(
        self, tokens: Sequence[str], start: int, skippable: Collection[str] = ()
    ) -> Iterator[tuple[str, int]]:
        """Names of all phrases that begin at `start`, each with the index behind it, longest first.

        Between the words of a phrase the text may have a few words of `skippable`.
        """
        for form, names in self._by_first.get(tokens[start], {}).items():
            end = _end(form, tokens, start, skippable)
            if end:
                for name in names:
                    yield name, end


def _end(form: Sequence[str], tokens: Sequence[str], start: int, skippable: Collection[str]) -> int:
    """The index behind a phrase that begins at `start`; 0 if it is another one."""
    position = start + 1
    for word in form[1:]:
        last = min(len(tokens), position + MAX_SKIPPED)
        while position < last and tokens[position] != word and tokens[position] in skippable:
            position += 1
        if position >= len(tokens) or tokens[position] != word:
            return 0
        position += 1
    return position
