"""Asks what must be known before a routine, and says honestly why there is none. Pure."""

from collections.abc import Iterable

from bot.core.model import Knowledge
from bot.core.person.readiness import TICKED, Answer, Answers, Question, letters
from bot.core.talk import Kind, Reply, Suggestion

TICK = "✓ "
ROUTINE_TOPIC = "routine_example"
GO, KEEP = "go", "keep"  # whether the answers count for this talk only
UNSURE = "unsure"  # what precedes them, or ticks, where words said neither yes nor no
AGAIN = "again"  # what follows /ready where a clinician is said to have agreed meanwhile


class ReadinessPages:
    """The questions, each a card with buttons that carry all answers so far."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._says = knowledge.messages
        self._talk = knowledge.routine_talk

    def first(self, ticked: Answers) -> Reply:
        """The first card, with what is ticked on it."""
        known = ticked.intersection(TICKED)
        boxes = [
            Suggestion(
                label=(TICK if answer in known else "") + self._talk.answers[answer],
                utterance=f"/ready {letters(known ^ {answer})}".rstrip(),
            )
            for answer in TICKED
        ]
        says = self._says
        go, keep = (says.ready_go, says.ready_keep) if known else (says.ready_none, says.ready_none_keep)
        on = (
            Suggestion(label=go, utterance=f"/ready {GO} {letters(known)}".rstrip()),
            Suggestion(label=keep, utterance=f"/ready {KEEP} {letters(known)}".rstrip()),
        )
        return self._reply(self._talk.questions["first"], (*on, *boxes))

    def ask(self, question: Question, answers: Answers, mode: str) -> Reply:
        """A further question."""
        choices = (
            Suggestion(
                label=self._talk.answers[choice],
                utterance=f"/ready {mode} {letters(answers | {choice})}",
            )
            for choice in question.choices
        )
        return self._reply(self._talk.questions[question.name], choices)

    def refused(self, answer: Answer, *, was_told: bool = False) -> Reply:
        """Why there is no routine, and what to do instead; how to take back what was told in words."""
        pages = self._talk.instead.get(answer, ())
        known = [self._knowledge.entries[name] for name in pages if name in self._knowledge.entries]
        read = [
            Suggestion(label=each.title, utterance=f"/show {each.id}", entry=each.id, topic=each.topic)
            for each in known
        ]
        text = self._knowledge.routine_words.refusals[f"refused_{answer.value}"]
        said = [text, self._says.ready_told] if was_told else [text]
        return self._reply("\n\n".join(said), (*read, self.changed()))

    def changed(self) -> Suggestion:
        """The button that asks everything anew."""
        return Suggestion(label=self._says.ready_changed, utterance="/ready")

    def _reply(self, text: str, suggestions: Iterable[Suggestion]) -> Reply:
        return Reply(
            kind=Kind.COMMAND, text=text, topic=ROUTINE_TOPIC, suggestions=tuple(suggestions), in_place=True
        )
