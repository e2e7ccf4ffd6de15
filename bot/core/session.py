"""How far somebody is with today's routine. Pure values."""

from dataclasses import dataclass

from bot.core.recipes import Routine


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The routine of a day, fixed when it is first shown, and how many of its moves are done."""

    routine: Routine
    done: int = 0

    @property
    def is_over(self) -> bool:
        """Whether every move is done."""
        return self.done >= len(self.routine.moves)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineState:
    """What a talk knows of a routine.

    `answers` are names of `readiness.Answer`, None if nothing was asked; `wished` stood behind /routine when
    the questions began.
    """

    answers: frozenset[str] | None = None
    wished: str = ""
    session: Session | None = None
