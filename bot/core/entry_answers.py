"""Answers from the entries: the one that is meant, a few that may be, or what the bot knows instead. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core.misses import with_miss
from bot.core.model import EntryKind, Knowledge
from bot.core.pages import Pages
from bot.core.talk import Context, Reply
from bot.core.understanding.interpreter import Interpretation, Interpreter
from bot.core.understanding.languages import Languages
from bot.core.understanding.outcome import Candidate, Match, NoMatch, Unsure

TOPICS_OFFERED = 3  # nearest topics that a fallback names
MAX_OFFERED = 3  # questions that a clarification names
CAREFUL_FROM = 0.4  # confidence from which chit-chat, a deferral or "not covered" is said
OFFERED_KINDS = frozenset({EntryKind.ANSWER, EntryKind.DEFER})
USUAL_TOPICS = ("how_to_start", "at_home", "exercise_overview")  # where most people begin


class EntryAnswers:
    """Turns what was understood into a reply."""

    def __init__(self, knowledge: Knowledge, pages: Pages, interpreter: Interpreter) -> None:
        self._knowledge = knowledge
        self._pages = pages
        self._interpreter = interpreter
        self._languages = Languages(knowledge.vocabulary)

    def answer(self, text: str, context: Context | None) -> Reply:
        """What the entries say to an utterance."""
        first, *others = self._interpreter.interpret(text, context)
        reply = with_miss(self._unheard(first, text) or self._say(first), text)
        also = [outcome.entry for outcome, _ in others if isinstance(outcome, Match)]
        return self._pages.with_other_questions(reply, also)

    def offerable(self, entries: Iterable[str]) -> list[str]:
        """The first few of some entries that may be offered as questions."""
        known = self._knowledge.entries
        return [entry for entry in entries if known[entry].kind in OFFERED_KINDS][:MAX_OFFERED]

    def usual_topics(self) -> list[str]:
        """The topics that most people begin with."""
        return self._nearest(())

    def _say(self, interpretation: Interpretation) -> Reply:
        outcome, hearing = interpretation
        match outcome:
            case Match(entry, score, exact):
                others = [candidate.entry for candidate in hearing.ranking if candidate.entry != entry]
                return self._pages.matched(entry, score, self.offerable(others), repeat_question=not exact)
            case Unsure(candidates):
                return self._clarify(candidates)
            case NoMatch(nearest):
                return self._pages.fallback(self._nearest(nearest), nearest[0].score if nearest else 0.0)

    def _unheard(self, interpretation: Interpretation, text: str) -> Reply | None:
        """What to say to another language or to no words at all, unless an answer is meant all the same."""
        outcome, hearing = interpretation
        if isinstance(outcome, Match):
            return None
        language, says = self._languages.other(text), self._knowledge.messages
        if language is None and self._languages.is_readable(hearing.words):
            return None
        said = says.other_language.format(language=language) if language else says.unreadable
        return replace(self._pages.fallback(self.usual_topics(), hearing.ranking[0].score), text=said)

    def _clarify(self, candidates: Sequence[Candidate]) -> Reply:
        """The questions that may be meant; what tells nobody how to move is said on a weaker guess."""
        best = candidates[0]
        if best.score >= CAREFUL_FROM and self._knowledge.entries[best.entry].kind is not EntryKind.ANSWER:
            others = self.offerable(candidate.entry for candidate in candidates[1:])
            return self._pages.matched(best.entry, best.score, others, repeat_question=True)
        offered = self.offerable(candidate.entry for candidate in candidates)
        if not offered:
            return self._pages.fallback(self._nearest(candidates), best.score)
        return self._pages.clarification(offered, best.score)

    def _nearest(self, candidates: Iterable[Candidate]) -> list[str]:
        """The topics of the nearest entries, filled up with those that most people begin with."""
        entries = [self._knowledge.entries[candidate.entry] for candidate in candidates]
        near = [entry.topic for entry in entries if entry.kind is EntryKind.ANSWER and entry.topic]
        usual = [topic for topic in USUAL_TOPICS if topic in self._knowledge.topics]
        return list(dict.fromkeys([*near, *usual]))[:TOPICS_OFFERED]
