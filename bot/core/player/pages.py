"""Shows the steps of a routine, one card each, and what is asked when something hurts. Pure."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.exercises.exercise import LEFT, RIGHT, Condition, Exercise, Purpose
from bot.core.exercises.pages import dose_in_words
from bot.core.model import Knowledge
from bot.core.plain import STRONG
from bot.core.player.clock import left_of, step_of, steps
from bot.core.player.session import Phase, Playing, Session
from bot.core.player.words import HURTING, SERIOUS
from bot.core.routines.pages import RoutinePages
from bot.core.talk import Dated, Reply, Suggestion

NEW = frozenset({Phase.READY, Phase.OPEN})  # phases in which a move may be seen for the first time
REMAINING = "left"  # what stands behind a step where it is asked how long that still takes
TOLD_IN = 5  # seconds, in whole steps of which it is told how long something still takes


class StepPages:
    """The cards of the player. Each of their buttons carries the day and the step that it is for."""

    def __init__(self, knowledge: Knowledge, pages: RoutinePages) -> None:
        self.says = knowledge.routine_talk.player
        self._knowledge = knowledge
        self._messages = knowledge.messages
        self._pages = pages

    def step(
        self, session: Session, exercise: Exercise, form: str, conditions: Sequence[Condition], said: str
    ) -> Reply:
        """The step that somebody is at; `form` is how the move is changed for them, `said` stands above."""
        says, move = self.says, session.move
        count = len(session.routine.moves)
        name = says["where"].format(name=exercise.name, number=session.done + 1, count=count)
        parts = [
            *([said] if said else []),
            "\n".join([f"{STRONG}{name}{STRONG}", *self._place(session, exercise)]),
            "\n".join(self._now(session)),
            *([self._messages.routine_form.format(text=form)] if form else []),
            "\n".join(f"{number}. {text}" for number, text in enumerate(exercise.steps, start=1)),
            "\n".join(
                [
                    self._messages.exercise_dose.format(
                        dose=dose_in_words(move.dose, self._messages), seconds=move.dose.total
                    ),
                    self._feels(exercise),
                    self._messages.exercise_stop.format(text=exercise.stop),
                ]
            ),
        ]
        reply = self._pages.reply("\n\n".join(parts), self._buttons(session), conditions)
        is_new = session.playing is None or (not session.playing.step and session.playing.phase in NEW)
        pictured = exercise.picture if is_new else ""
        return replace(reply, picture=exercise.key, pictured=pictured, dated=tuple(self._due(session)))

    def left(self, session: Session, now: datetime) -> Reply:
        """How long the step that somebody is in still takes, and what comes after it; its clock runs on."""
        playing, says = session.playing, self.says
        phase = playing.phase if playing else Phase.OPEN
        seconds = (playing.due - now).total_seconds() if playing and playing.due else 0
        told = TOLD_IN * max(1, math.ceil(seconds / TOLD_IN))
        behind = len(session.routine.moves) - session.done - 1
        rest = says["left_moves" if behind else "left_last"]
        parts = [
            says[f"left_{phase.value}"].format(seconds=told),
            rest.format(count=behind, minutes=math.ceil(left_of(session) / 60)),
        ]
        return self._pages.reply(" ".join(parts), self._buttons(session))

    def over(self, session: Session, said: str = "") -> Reply:
        """The word that all moves are done, and the question how they felt; `said` stands above."""
        text = self._messages.routine_over.format(count=len(session.routine.moves))
        parts = [*([said] if said else []), text, self.says["felt"]]
        return self._pages.reply("\n\n".join(parts), self._felt(session))

    def stopped(self, session: Session) -> Reply:
        """The word that the rest is left for today."""
        text = self._messages.routine_stopped.format(done=session.done, count=len(session.routine.moves))
        asked = session.recorded > 0
        parts = [text, *([self.says["felt"]] if asked else [])]
        felt = self._felt(session) if asked else ()
        return self._pages.reply("\n\n".join(parts), (self._pages.onward(session), *felt))

    def hurt(self, session: Session, number: str = "", said: str = "") -> Reply:
        """The question what it is like; `said` stands in place of its first words."""
        at = f"/hurt {day_of(session)} {number or number_of(session)}"
        kinds = [self._button(f"hurt_{kind}_button", f"{at} {kind}") for kind in HURTING]
        way_out = [Suggestion(label=self._messages.move_stop, utterance=f"{at_step(session)} stop")]
        return self._pages.reply(said or self.says["hurt"], [*kinds, *(way_out if session.playing else [])])

    def serious(self, session: Session, number: str, said: str = "") -> Reply:
        """The question after signs that must not wait; `said` stands above."""
        at = f"/hurt {day_of(session)} {number}"
        kinds = [self._button(f"hurt_{kind}_button", f"{at} {kind}") for kind in (*SERIOUS, "none")]
        parts = [*([said] if said else []), self.says["hurt_serious"]]
        return self._pages.reply("\n\n".join(parts), kinds)

    def ended(self, text: str) -> Reply:
        """A kind end after something hurt; the text by its name."""
        signs = self._button("signs_button", "/redflags")
        return self._pages.reply(self.says[text], (signs, self._pages.to_card()))

    def which(self, session: Session) -> Reply:
        """The question which move hurt."""
        at = f"/felt {day_of(session)} hurt"
        moves = session.routine.moves[: session.recorded]
        names = [
            Suggestion(label=self._pages.name(move), utterance=f"{at} {number}")
            for number, move in enumerate(moves, start=1)
        ]
        unsure = self._button("felt_unsure_button", f"{at} 0")
        return self._pages.reply(self.says["felt_which"], (*names, unsure))

    def thanks(self, text: str, more: Sequence[str] = ()) -> Reply:
        """The answer to how it felt; the text by its name, then further paragraphs."""
        return self._pages.reply("\n\n".join([self.says[text], *more]), (self._pages.to_card(),))

    def _place(self, session: Session, exercise: Exercise) -> Iterator[str]:
        """Which side and which round it is, where there are several; the side that is drawn comes first."""
        step, dose = step_of(session), session.move.dose
        side = [self.says[f"side_{_side(step.side, exercise)}"]] if step.side else []
        rounds = [self.says["round"].format(number=step.round, count=dose.sets)] if dose.sets > 1 else []
        if side or rounds:
            yield ". ".join([*side, *rounds]) + "."

    def _now(self, session: Session) -> Iterator[str]:
        """What happens in this phase."""
        playing, says = session.playing, self.says
        if playing is None or playing.phase is Phase.OPEN:
            if self._is_after_rest(session):
                yield says["rest"].format(seconds=session.move.dose.rest)
            yield says["open"]
        elif playing.phase is Phase.PAUSED:
            yield says["away" if playing.away else "paused"]
        else:
            seconds = _seconds(playing)
            until = says["until"].format(seconds=seconds)
            yield says[playing.phase.value].format(seconds=seconds, until=until)

    def _due(self, session: Session) -> Iterator[Dated]:
        """When this phase ends by itself, so that whoever shows the card may count down to it."""
        playing = session.playing
        if playing is not None and playing.due is not None:
            yield Dated(
                text=self.says["until"].format(seconds=_seconds(playing)), at=playing.due, is_relative=True
            )

    def _is_after_rest(self, session: Session) -> bool:
        at = session.playing.step if session.playing else 0
        found = steps(session.move.dose)[: at + 1]
        return bool(session.move.dose.rest) and len(found) > 1 and found[-1].round > found[-2].round

    def _feels(self, exercise: Exercise) -> str:
        labels = self._knowledge.routine_words.labels
        text = self.says[f"feels_{exercise.purpose.value}"]
        if exercise.purpose is not Purpose.STRENGTHEN:
            return text
        return text.format(muscles=labels.get(exercise.muscles, exercise.muscles))

    def _buttons(self, session: Session) -> Iterator[Suggestion]:
        at, messages = at_step(session), self._messages
        phase = session.playing.phase if session.playing else Phase.OPEN
        first = {Phase.READY: ("go_button", "go"), Phase.PAUSED: ("on_button", "go")}.get(phase)
        if first:
            yield self._button(first[0], f"{at} {first[1]}")
        else:
            yield Suggestion(label=messages.move_done, utterance=f"{at} done")
        if phase is not Phase.PAUSED:
            yield self._button("pause_button", f"{at} pause")
        if session.done or (session.playing and session.playing.step):
            yield self._button("back_button", f"{at} back")
        yield Suggestion(label=messages.move_swap, utterance=f"{at} swap")
        yield self._button("hurts_button", at.replace("/move", "/hurt", 1))
        yield Suggestion(label=messages.move_stop, utterance=f"{at} stop")
        if phase is Phase.PAUSED:
            for label, act in (
                (messages.move_easier, "easier"),
                (messages.move_harder, "harder"),
                (messages.move_never, "never"),
            ):
                yield Suggestion(label=label, utterance=f"{at} {act}")

    def _felt(self, session: Session) -> tuple[Suggestion, ...]:
        at = f"/felt {day_of(session)}"
        return tuple(
            self._button(f"felt_{kind}_button", f"{at} {kind}") for kind in ("easy", "right", "hard", "hurt")
        )

    def _button(self, label: str, utterance: str) -> Suggestion:
        return Suggestion(label=self.says[label], utterance=utterance)


def day_of(session: Session) -> str:
    """The day of a session as buttons carry it."""
    return f"{session.routine.day:%y%m%d}"


def number_of(session: Session) -> str:
    """The number of the step that somebody is at, as buttons carry it: move, step, and how often swapped."""
    step = session.playing.step if session.playing else 0
    return f"{session.done + 1}.{step + 1}.{session.changes}"


def is_now(number: str, session: Session) -> bool:
    """Whether the number of a step, or the beginning of one, is that of the step that somebody is at."""
    return f"{number_of(session)}.".startswith(f"{number}.")


def at_step(session: Session) -> str:
    """What opens the step that somebody is at."""
    return f"/move {day_of(session)} {number_of(session)}"


def _side(number: int, exercise: Exercise) -> str:
    """The name of the first or the second side of an exercise."""
    is_left = (number == 1) is (exercise.first_side == LEFT)
    return LEFT if is_left else RIGHT


def _seconds(playing: Playing) -> int:
    """How long a phase takes from its beginning to its end."""
    return round((playing.due - playing.at).total_seconds()) if playing.due else 0
