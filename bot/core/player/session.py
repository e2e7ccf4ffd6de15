"""How far somebody is with today's routine. Pure values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.routines.recipes import Move, Routine

LEFT_OPEN = timedelta(hours=3)  # for which a routine that somebody is in the middle of can be gone on with


class Phase(StrEnum):
    """What happens in a step: getting ready, a timed hold, one's own pace; or the clock stands."""

    READY = "ready"
    HOLD = "hold"
    OPEN = "open"
    PAUSED = "paused"
    HURT = "hurt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Playing:
    """Where in a move somebody is.

    `step` counts from 0; the phase began `at` a moment and ends by itself when it is `due`, if it does;
    `left` are the seconds of a hold that a pause left, 0 for all of it; `away`: it paused by itself, since
    nobody was there. `card` names the message that shows it and `language` its language, as the front end
    calls them.
    """

    phase: Phase
    at: datetime
    step: int = 0
    due: datetime | None = None
    left: int = 0
    away: bool = False
    card: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The routine of a day, fixed when it is first shown, and how many of its moves are done.

    `playing` is where in the next move somebody is, while they are led through; `recorded` are the moves that
    were put down as done, of which one may have gone back; `changes` counts the moves that were swapped.
    `is_left`: somebody has stopped it, and not because something hurt.
    """

    routine: Routine
    done: int = 0
    playing: Playing | None = None
    recorded: int = 0
    changes: int = 0
    is_left: bool = False

    @property
    def is_over(self) -> bool:
        """Whether every move is done."""
        return self.done >= len(self.routine.moves)

    @property
    def move(self) -> Move:
        """The move that comes next; the session is not over."""
        return self.routine.moves[self.done]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineState:
    """What a talk knows of a routine.

    `answers` are names of `readiness.Answer`, None if nothing was asked; `ticked` are those on the first card
    that nobody went on from yet; `wished` stood behind /routine when the questions began; `signs` is the
    step, as buttons carry it, after which it is asked for signs that may not wait, until that is answered.
    """

    answers: frozenset[str] | None = None
    ticked: frozenset[str] = frozenset()
    wished: str = ""
    session: Session | None = None
    signs: str = ""

    @property
    def playing(self) -> Playing | None:
        """Where somebody is who is being led through a routine."""
        return self.session.playing if self.session else None

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is in the middle of a routine, or was not long ago."""
        return self.playing is not None and now - self.playing.at <= LEFT_OPEN
