"""Which entry does this utterance ask for? Match, Unsure or NoMatch, and why."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

import numpy as np

from bot.core.model import Vocabulary
from bot.core.understanding.calibration import UNCALIBRATED, Calibration, Evidence
from bot.core.understanding.classifier import score, softmax, train
from bot.core.understanding.decisive import DecisiveConcepts
from bot.core.understanding.ear import Ear
from bot.core.understanding.encoder import Encoder
from bot.core.understanding.features import Features, Heard
from bot.core.understanding.opinions import LEAST, SecondOpinion
from bot.core.understanding.opposites import Opposites
from bot.core.understanding.outcome import Candidate, Hearing, Match, NoMatch, Outcome, Unsure
from bot.core.understanding.recent import remembers_recent
from bot.core.understanding.relations import Before, Relations, said_next
from bot.core.understanding.text import key
from bot.core.understanding.weighing import Weighing
from bot.core.understanding.word_vectors import Floats, WordVectors

MAX_HEARD = 500  # characters that are matched; the red-flag check before this reads everything
RANKED = 5  # candidates that are weighed closely

RIDGE = 0.05  # regularisation of the loss summed over all sentences: as fit for 600 of them as for 5,000

SECOND_RIDGE = 1.0  # the same of the second opinion
SECONDED = 1.0  # what its log chance of each entry counts
WHOLE = 5  # of so many utterances the second opinion learns one as said after something else, too

OPPOSED = 4.0  # what an entry loses (of its logit) that stands at the other pole of a pair of opposites

# How a question leans on what was said before it. The weights are those that the open dialogues in
# tests/evaluation, and 1,200 follow-ups of people who knew no entry, fared best with.
SAME_TOPIC = 3.0  # gain (of the logit) of an entry on the same topic,
FOLLOWS = 2.0  # of one that the last answer names as a follow-up, and
SAID = 0.3  # share of what the entry gained from the question before
AGAIN = 1.0  # loss of the entry that was just answered: what people ask next is mostly something else
LEANING = 8  # words from which a question hardly leans
TELLING = 2.5  # weight from which a word tells something of its own
FEW_TELLING = 2  # telling words below which a question leans the more


class Matcher:
    """Multinomial logistic regression over words, pairs of words and letter sequences, and its doubts."""

    def __init__(
        self,
        entries: Mapping[str, Sequence[str]],
        vocabulary: Vocabulary,
        relations: Relations,
        calibration: Calibration,
        background: Sequence[str],
    ) -> None:
        messages = list(said_next(relations.asked_next, entries))
        said = [utterance for utterances in entries.values() for utterance in utterances]
        self.ear = Ear(vocabulary, [*said, *(message for _, message, _ in messages)])
        self._calibration = calibration
        self._groups = np.array([relations.groups.get(name, name) for name in entries])
        self._names = tuple(entries)
        self._numbers = {name: number for number, name in enumerate(entries)}
        self._follow_ups = {
            name: np.isin(self._names, relations.follow_ups.get(name, ())) for name in self._names
        }
        self._own = {key(utterance): name for name in reversed(self._names) for utterance in entries[name]}
        self._next = {(after, key(message)): name for after, message, name in reversed(messages)}
        heard = {name: [self._listen(utterance) for utterance in entries[name]] for name in entries}
        self._compare(heard, vocabulary)
        taught = [(each, number) for number, name in enumerate(entries) for each in heard[name]]
        taught += [(self._listen(message, after), self._numbers[name]) for after, message, name in messages]
        unrelated = [self._listen(sentence) for sentence in background]
        self._learn(taught, unrelated, vocabulary.vectors)
        self._titles = {name: heard[name][0].words for name in entries if heard[name]}
        following = [
            (self._titles.get(after, ()), self.ear.hear(text)[0], to) for after, text, to in messages
        ]
        self._second = self._ask_another(vocabulary.encoder, heard, following, unrelated)
        self._weighing = Weighing(heard, np.unique(self._groups, return_inverse=True)[1], self._features)

    @classmethod
    def train(
        cls,
        entries: Iterable[tuple[str, Sequence[str]]],
        vocabulary: Vocabulary,
        relations: Relations | None = None,
        calibration: Calibration = UNCALIBRATED,
        background: Sequence[str] = (),
    ) -> Self:
        """A matcher for `(id, utterances)` pairs. The same sentence in two entries counts for the first.

        A close second of the same group is no doubt; `background` are sentences that no entry answers.
        """
        return cls(dict(entries), vocabulary, relations or Relations(), calibration, background)

    @remembers_recent
    def match(self, utterance: str, context: Before | None = None) -> tuple[Outcome, Hearing]:
        """The outcome for what somebody said, and its grounds. Only the first characters count.

        With a context the utterance leans on the entry that was answered last and on what is known of the
        person; without one it stands alone.
        """
        hearing = self._hear(utterance[:MAX_HEARD], context)
        own = self.asked_next(utterance, context) if context else self._own.get(key(utterance[:MAX_HEARD]))
        if own is not None:
            return Match(own, 1.0, exact=True), hearing
        best = hearing.ranking[0]
        if best.score >= self._calibration.answer_from and hearing.opposites is None:
            return Match(best.entry, best.score, exact=False), hearing
        if best.score >= self._calibration.offer_from:
            return Unsure(hearing.ranking), hearing
        return NoMatch(hearing.ranking), hearing

    def asked_next(self, utterance: str, context: Before) -> str | None:
        """The entry for which the last answer names an utterance, word for word; it must suit the person."""
        named = self._next.get((context.entry or "", key(utterance[:MAX_HEARD])))
        if named is None or not context.conditions or self.is_about(named, context.conditions):
            return named
        return None

    def is_about(self, entry: str, conditions: Iterable[str]) -> bool:
        """Whether an entry is about one of some decisive concepts, given as tokens."""
        return not self._decisive.about(self._numbers[entry]).isdisjoint(conditions)

    def _compare(self, heard: Mapping[str, Sequence[Heard]], vocabulary: Vocabulary) -> None:
        """Note what the utterances of each entry speak of."""
        self._opposites = Opposites(
            vocabulary, {name: [each.words for each in sentences] for name, sentences in heard.items()}
        )
        self._decisive = DecisiveConcepts(
            vocabulary.decisive, [[each.tokens for each in sentences] for sentences in heard.values()]
        )

    def _learn(
        self, taught: Sequence[tuple[Heard, int]], background: Sequence[Heard], vectors: WordVectors
    ) -> None:
        """Learn to tell entries, by their numbers, from each other and from what none of them answers."""
        none = len(self._names)
        self._features = Features.fit([heard for heard, _ in taught], vectors)
        self._weights = train(
            (self._features.row(heard) for heard in (*(heard for heard, _ in taught), *background)),
            [*(number for _, number in taught), *(none for _ in background)],
            classes=none + 1,
            ridge=RIDGE,
        )

    def _ask_another(
        self,
        encoder: Encoder,
        heard: Mapping[str, Sequence[Heard]],
        following: Sequence[tuple[Sequence[str], Sequence[str], str]],
        background: Sequence[Heard],
    ) -> SecondOpinion | None:
        """A second opinion, also on what follows on something that was said; none without an encoder."""
        none = len(self._names)
        alone = [(each.words, number) for number, name in enumerate(heard) for each in heard[name]]
        leaning = [(encoder.joined(said, words), self._numbers[name]) for said, words, name in following]
        titles = itertools.cycle(self._titles.values())
        whole = [(encoder.joined(next(titles), words), number) for words, number in alone[::WHOLE]]
        taught = [*alone, *leaning, *whole, *((each.words, none) for each in background)]
        return SecondOpinion.learned(encoder, taught, none + 1, SECOND_RIDGE)

    def _hear(self, utterance: str, context: Before | None) -> Hearing:
        heard = self._listen(utterance, context.entry if context else None)
        words, tokens, _ = heard
        known = [token for token in (context.conditions if context else ()) if token not in tokens]
        talked_about = {*tokens, *known, *self._talked_about(context)}
        second = self._second_chances((*words, *self.ear.spoken(known)), context)
        scores = self._scores(heard._replace(tokens=[*tokens, *known]), second)
        scores[:-1] -= self._decisive.losses(talked_about)
        if context is not None and context.entry in self._follow_ups:
            scores[:-1] += self._pull(context.entry, context.said, tokens)
        meant = int(scores[:-1].argmax())
        is_own = key(utterance) in self._own  # its author knows which entry answers it
        oppositions = [] if is_own else self._opposites.named(words)
        for opposition in oppositions:
            scores[:-1] -= OPPOSED * opposition.opposed
        chances = softmax(scores)
        best = [int(number) for number in np.argsort(-chances[:-1], kind="stable")[:RANKED]]
        evidence = self._weighing.evidence(best, chances, second, heard, known)
        unknown = tuple(token for token in tokens if not self._features.knows(token))
        return Hearing(
            words=tuple(words),
            tokens=(*tokens, *known),
            unknown=unknown,
            misfits=tuple(self._decisive.misfits(best[0], talked_about)),
            ranking=tuple(self._ranking(best, chances, evidence)),
            evidence=evidence,
            opposites=next((each.pair for each in oppositions if each.turns(meant, best[0])), None),
        )

    def _ranking(self, best: Sequence[int], chances: Floats, evidence: Evidence) -> Iterator[Candidate]:
        """The best, each as sure as its chance beside the first one's allows."""
        sure = self._calibration.confidence(evidence)
        for number in best:
            yield Candidate(self._names[number], sure * float(chances[number] / chances[best[0]]))

    def _listen(self, text: str, after: str | None = None) -> Heard:
        """The words of a text that follows the answer of an entry, or nothing."""
        if after not in self._numbers:
            return Heard(*self.ear.hear(text))
        topic = self._groups[self._numbers[after]]
        return Heard(*self.ear.hear(text), after=(f"after {after}", f"about {topic}"))

    def _scores(self, heard: Heard, second: Floats | None = None) -> Floats:
        """The logit of each entry, then that of the background, with the second opinion if there is one."""
        scores = score(self._features.row(heard), self._weights)
        return scores if second is None else scores + SECONDED * np.log(second + np.float32(LEAST))

    def _talked_about(self, context: Before | None) -> set[str]:
        """The decisive concepts that the last answer was about."""
        if context is None or context.entry not in self._follow_ups:
            return set()
        return self._decisive.about(self._numbers[context.entry])

    def _pull(self, entry: str, said: str, tokens: Sequence[str]) -> Floats:
        """What each entry gains because of the entry that was answered last; short questions lean more."""
        before = self._before(said[:MAX_HEARD])
        number = self._numbers[entry]
        gain = SAME_TOPIC * (self._groups == self._groups[number]) + FOLLOWS * self._follow_ups[entry]
        gain = gain + SAID * (before - before.max())
        telling = sum(self._features.telling(token) > TELLING for token in tokens)
        gain *= 1 + max(0, FEW_TELLING - telling) / 2 if len(tokens) <= LEANING else 0.5
        gain[number] -= AGAIN
        return np.asarray(gain, dtype=np.float32)

    @remembers_recent
    def _before(self, said: str) -> Floats:
        """The logit of each entry for what was said before."""
        return self._scores(self._listen(said))[:-1]

    def _second_chances(self, words: tuple[str, ...], context: Before | None) -> Floats | None:
        """The second opinion on words that follow what was said before, or nothing."""
        if self._second is None:
            return None
        if context is None or context.entry not in self._numbers:
            return self._second.chances(words)
        said = self.ear.hear(context.said[:MAX_HEARD])[0] or self._titles[context.entry]
        return self._second.chances(Encoder.joined(said, words))
