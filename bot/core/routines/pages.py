"""Shows a routine: the card, one move after another, why these, and how it ended. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.core.exercises.exercise import Condition, Position
from bot.core.exercises.menu import FURNITURE
from bot.core.exercises.pages import ExercisePages, dose_in_words
from bot.core.model import Knowledge
from bot.core.person.readiness_pages import ROUTINE_TOPIC, TICK
from bot.core.plain import STRONG
from bot.core.player.session import Session
from bot.core.routines.choosing import UPRIGHT
from bot.core.routines.reasons import worded
from bot.core.routines.recipes import Move, Routine
from bot.core.routines.sharing import LINKED
from bot.core.routines.words import BACK
from bot.core.talk import Kind, Reply, Suggestion

ROOM = ("anywhere", "desk", "floor", "gym")  # places that a card names as something that is needed


class RoutinePages:
    """Shows routines to somebody for whom some conditions hold."""

    def __init__(self, knowledge: Knowledge, exercises: ExercisePages) -> None:
        self._knowledge = knowledge
        self._exercises = exercises
        self._says = knowledge.messages
        self._talk = knowledge.routine_talk

    def card(
        self, session: Session, conditions: Sequence[Condition], equipment: frozenset[str], said: str = ""
    ) -> Reply:
        """Minutes, moves and what is needed; `said` stands above it."""
        routine, says = session.routine, self._says
        labels = self._knowledge.routine_words.labels
        fitted = ", ".join(labels.get(each.value, each.value) for each in conditions)
        parts = [
            *([said] if said else []),
            says.routine_card.format(minutes=routine.minutes, count=len(routine.moves)),
            "\n".join(self._lines(session)),
            says.routine_needs.format(things=self._needs(routine)),
            *([says.routine_fitted.format(conditions=fitted)] if fitted else []),
            *(self._knowledge.routine_words.notes[note] for note in routine.notes),
        ]
        said_above = {Condition.PREGNANCY} if "note_pregnancy" in routine.notes else set()
        below = [each for each in conditions if each not in said_above]
        return self.reply("\n\n".join(parts), self._card_buttons(session, equipment), below)

    def why(self, session: Session, conditions: Sequence[Condition]) -> Reply:
        """The rules that chose each move."""
        words, library = self._knowledge.routine_words, self._knowledge.exercises
        parts = [self._says.routine_why]
        for move in session.routine.moves:
            reasons = " ".join(worded(reason, words, library) for reason in move.reasons)
            parts.append(f"{STRONG}{self._name(move)}{STRONG}\n{reasons}")
        return self.reply("\n\n".join(parts), (self.onward(session), self.to_card()), conditions)

    def changes(self, changes: Iterable[str], whose: str = "") -> str:
        """What was changed of a routine that somebody shared, or of another one, line by line."""
        words, library = self._knowledge.routine_words, self._knowledge.exercises
        said = [worded(change, words, library) for change in changes]
        return "\n".join([whose or self._says.routine_shared, *said])

    def shared(self, code: str) -> Reply:
        """The code of a routine, for others, and the link with it."""
        linked = f"{LINKED}{code}"
        reply = self.reply(self._says.routine_code.format(code=linked), (self.to_card(),))
        return replace(reply, linked=linked)

    def refused(self, reason: str, *, can_take_back: bool = False) -> Reply:
        """Why there is no such routine, and what may be wished instead."""
        text = self._knowledge.routine_words.refusals[reason]
        back = Suggestion(label=self._says.routine_back_button, utterance=f"/routine {BACK}")
        offered = [back] if can_take_back and reason == "no_routine_nothing_fits" else []
        return self.reply(text, (*offered, *self._alternatives(), self.to_card()))

    def unmet(self, reason: str, offered: Iterable[Suggestion] = ()) -> Reply:
        """Why a wish beyond today's routine is not met, and what is offered in its place."""
        return self.reply(self._knowledge.routine_words.refusals[reason], (*offered, self.to_card()))

    def unknown(self, words: Iterable[str]) -> Reply:
        """What may stand behind /routine, to somebody who wrote something else."""
        text = self._says.routine_unknown.format(words=" ".join(words))
        return self.reply(text, (*self._alternatives(), self.to_card()))

    def another_day(self) -> Reply:
        """The answer to a button of a routine that is over."""
        return self.reply(self._says.routine_another_day, (self.to_card(),))

    def of_the_day(self, shown: Reply) -> Reply:
        """An exercise for all who read along."""
        reply = self.reply(f"{self._says.exercise_of_the_day}\n\n{shown.text}", shown.suggestions)
        return replace(reply, picture=shown.picture, pictured=shown.pictured)

    def name(self, move: Move) -> str:
        """What a move is called."""
        return self._name(move)

    def _lines(self, session: Session) -> Iterator[str]:
        for number, move in enumerate(session.routine.moves, start=1):
            tick = TICK if number <= session.done else ""
            yield f"{number}. {tick}{self._name(move)}, {dose_in_words(move.dose, self._says)}"

    def _needs(self, routine: Routine) -> str:
        library = self._knowledge.exercises
        moves = [library[move.exercise] for move in routine.moves if move.exercise in library]
        used = {each for move in moves for each in move.equipment}
        tools = sorted(used, key=lambda each: (each in FURNITURE, each))
        positions = {move.position for move in moves}
        place = "anywhere" if routine.place == "floor" and positions <= UPRIGHT else routine.place
        is_seated = positions == {Position.SITTING} and routine.wish.recipe and not routine.wish.place
        names = ([place] if place in ROOM and not is_seated else []) + tools
        return ", ".join(self._talk.needed.get(name, name) for name in names or ["none"])

    def _name(self, move: Move) -> str:
        known = self._knowledge.exercises.get(move.exercise)
        return known.name if known else move.exercise

    def _card_buttons(self, session: Session, equipment: frozenset[str]) -> Iterator[Suggestion]:
        says = self._says
        yield self.onward(session)
        yield Suggestion(label=says.routine_why_button, utterance="/routine why")
        if not session.is_over:
            yield Suggestion(label=says.routine_shorter, utterance="/routine keep shorter")
            yield Suggestion(label=says.routine_gentle, utterance="/routine gentle")
            at_desk = session.routine.place == "desk"
            place = (says.routine_floor, "floor") if at_desk else (says.routine_desk, "desk")
            yield Suggestion(label=place[0], utterance=f"/routine keep {place[1]}")
            if "band" not in equipment:
                yield Suggestion(label=says.routine_band, utterance="/routine keep band")
        yield Suggestion(label=says.routine_share, utterance="/routine share")
        yield Suggestion(label=says.ready_changed, utterance="/ready")

    def onward(self, session: Session) -> Suggestion:
        """The button that starts a routine or goes on with it."""
        if session.is_over:
            return self.to_card()
        says = self._says
        label = says.routine_go_on if session.done else says.routine_start
        return Suggestion(label=label, utterance=_at(session))

    def to_card(self) -> Suggestion:
        """The button that leads to the card of today's routine."""
        return Suggestion(label=self._says.routine_to_card, utterance="/routine")

    def _alternatives(self) -> Iterator[Suggestion]:
        says = self._says
        yield Suggestion(label=says.routine_gentle, utterance="/routine gentle")
        yield Suggestion(label=says.routine_desk, utterance="/routine desk")

    def reply(
        self, text: str, suggestions: Iterable[Suggestion], conditions: Sequence[Condition] | None = None
    ) -> Reply:
        """A reply; with conditions it tells how to move, so that their notes stand under it."""
        notes = tuple(self._exercises.notes(conditions)) if conditions is not None else ()
        buttons = {each.utterance: each for each in suggestions}
        return Reply(
            kind=Kind.COMMAND,
            text=text,
            topic=ROUTINE_TOPIC,
            suggestions=tuple(buttons.values()),
            disclaimers=notes,
            in_place=True,
        )


def _at(session: Session) -> str:
    """What opens the move that comes next, on the day that it is for."""
    return f"/move {session.routine.day:%y%m%d} {session.done + 1}"
