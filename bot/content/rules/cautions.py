"""Content that contradicts itself: recommended here and, for the same people, advised against there."""

import re
from collections.abc import Collection, Iterator, Sequence

from bot.content.findings import Finding
from bot.content.library import LanguageContent
from bot.content.rules.wording import sentences, shown_texts
from bot.core.model import Entry
from bot.core.safety.signs import SignReader
from bot.core.understanding.ear import Stemmer
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.text import expand, normalise

IS_FOR = 0.6  # share of an entry's utterances that name an audience from which all of its answer is for it

_BREAKS = frozenset({";", ":"})
_PIECE = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[,;:]")


def contradictions(content: LanguageContent) -> Iterator[Finding]:
    """Sentences that recommend what a caution is against, and cautions that their entries do not voice."""
    reader = CautionReader(content)
    for name in content.cautions:
        yield from _recommended(content, reader, name)
        yield from _unvoiced(content, reader, name)


def _recommended(content: LanguageContent, reader: "CautionReader", name: str) -> Iterator[Finding]:
    entries = content.knowledge.entries.values()
    theirs = {
        content.item("entries", entry.id).place("answer") for entry in entries if reader.is_for(name, entry)
    }
    theirs |= {
        content.item("tips", tip.id).place("text")
        for tip in content.knowledge.tips.values()
        if reader.is_limited(name) and reader.addresses(name, tip.audience)
    }
    for place, text in shown_texts(content):
        for sentence in [] if place.key == "title" else sentences(text):  # a title is what the person asks
            if (place in theirs or reader.addresses(name, sentence)) and reader.recommends(name, sentence):
                problem = f"{sentence.strip()!r} recommends what the caution {name!r} is against"
                yield place.finding(problem, "Leave it out, or say that it is not for them")


def _unvoiced(content: LanguageContent, reader: "CautionReader", name: str) -> Iterator[Finding]:
    for number, entry in enumerate(content.cautions[name].said_by.entries):
        if entry not in content.knowledge.entries:  # its own file has the finding
            continue
        answer = content.knowledge.entries[entry].answer
        if not any(reader.warns(name, sentence) for sentence in sentences(answer)):
            place = content.item("cautions", name).place("said_by", "entries", number)
            remedy = "Say it there in the words of the caution, or take the entry out here"
            yield place.finding(f"The answer of {entry!r} does not advise against it", remedy)


class CautionReader:
    """Reads what the bot says for whom it addresses, what it recommends and what it advises against."""

    def __init__(self, content: LanguageContent) -> None:
        vocabulary = content.knowledge.vocabulary
        self._vocabulary = vocabulary
        self._stem = Stemmer(vocabulary.stemmer)
        self._cautions = content.cautions
        self._signs = SignReader(content.knowledge.red_flags.values(), vocabulary)
        self._subjects = frozenset(self._stem(vocabulary.subjects))
        self._skippable = self._subjects.union(self._stem(vocabulary.fillers))
        self._turns = _BREAKS.union(self._stem(vocabulary.turns))
        self._against = self._index({"against": content.wording.against})
        self._drawbacks = self._index({"drawback": content.wording.drawbacks})
        self._never = {name: self._index({name: each.never}) for name, each in content.cautions.items()}
        self._audiences = {name: self._index({name: each.to}) for name, each in content.cautions.items()}

    def is_for(self, name: str, entry: Entry) -> bool:
        """Whether all of an entry's answer is for the people of a caution."""
        named = sum(self._names_audience(name, text) for text in entry.utterances)
        return self._names_audience(name, entry.title) or named >= IS_FOR * max(1, len(entry.utterances))

    def addresses(self, name: str, sentence: str) -> bool:
        """Whether a sentence speaks to the people of a caution: it names them, or one of their signs."""
        caution = self._cautions[name]
        flags = caution.with_signs_of
        if not caution.to and not flags:
            return True
        if flags and any(flag.id in flags for flag, _ in self._signs.raised(self._signs.present(sentence))):
            return True
        return self._names_audience(name, sentence)

    def is_limited(self, name: str) -> bool:
        """Whether a caution is for some people only."""
        caution = self._cautions[name]
        return bool(caution.to or caution.with_signs_of)

    def recommends(self, name: str, sentence: str) -> bool:
        """Whether a sentence names what a caution is against, and does not advise against it."""
        return False in self._named(name, sentence)

    def warns(self, name: str, sentence: str) -> bool:
        """Whether a sentence advises against what a caution is against."""
        return True in self._named(name, sentence)

    def _names_audience(self, name: str, text: str) -> bool:
        return bool(_found(self._audiences[name], self._tokens(text), self._skippable))

    def _named(self, name: str, sentence: str) -> list[bool]:
        """For each time that a sentence names it: whether the thought around is against it."""
        tokens = self._tokens(sentence)
        found = _found(self._never[name], tokens, self._skippable)
        return [self._is_against(tokens, start, end) for start, end in found]

    def _is_against(self, tokens: Sequence[str], start: int, end: int) -> bool:
        """Whether what stands before a phrase is against it, or what follows up to the next subject."""
        thoughts = [number for number in range(1, start + 1) if self._begins_thought(tokens, number)]
        first = max(thoughts, default=0)
        ends = self._turns | self._subjects
        last = next((number for number in range(end, len(tokens)) if tokens[number] in ends), len(tokens))
        return bool(_found(self._against, tokens[first:start]) or _found(self._drawbacks, tokens[end:last]))

    def _begins_thought(self, tokens: Sequence[str], number: int) -> bool:
        """Whether a word like "but" stands here, or a subject behind a comma."""
        return tokens[number] in self._turns or (
            tokens[number - 1] == "," and tokens[number] in self._subjects
        )

    def _index(self, phrases: dict[str, list[str]]) -> PhraseIndex:
        concepts = {**self._vocabulary.concepts, **self._vocabulary.red_flag_concepts}
        return PhraseIndex(
            {
                name: [self._tokens(form) for text in texts for form in expand_pattern(text, concepts)]
                for name, texts in phrases.items()
            }
        )

    def _tokens(self, text: str) -> list[str]:
        heard = _PIECE.findall(normalise(text))
        return self._stem(expand(heard, self._vocabulary.contractions))


def _found(
    index: PhraseIndex, tokens: Sequence[str], skippable: Collection[str] = ()
) -> list[tuple[int, int]]:
    """Where phrases begin, and the end of the longest that begins there."""
    found = [(number, index.at(tokens, number, skippable)) for number in range(len(tokens))]
    return [(number, phrases[0][1]) for number, phrases in found if phrases]
