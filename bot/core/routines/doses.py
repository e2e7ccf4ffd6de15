"""How much of each move, so that a routine takes its time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.exercises.exercise import Dose
from bot.core.routines.recipes import PAUSE, Wish

USUAL = (300, 480)  # seconds of a routine if no time was asked for
SLACK = 30  # seconds by which a routine may miss a time that was asked for
MAX_MINUTES = 20
STEP = 5  # holds are counted in fives
REST = 15  # seconds between two rounds of a move
ROUNDS = (1, 2, 3)
# Of the written dose: the least, the first choice, and the most.
SHARES = {"gentle": (0.6, 0.8, 1.0), "usual": (0.7, 1.0, 1.3), "harder": (1.0, 1.2, 1.6)}


@dataclass(frozen=True, slots=True)
class Span:
    """How many seconds a routine may take, and how many it should."""

    least: int
    goal: int
    most: int


def span(wish: Wish, minutes: int) -> Span:
    """The time for a wish; `minutes` are the recipe's own."""
    if wish.minutes is None:
        return Span(USUAL[0], 60 * minutes, USUAL[1])
    goal = 60 * wish.minutes
    return Span(goal - SLACK, goal, goal + SLACK - 1)  # half a minute more would be told as a whole one


def fitted(doses: Sequence[Dose], time: Span, wish: Wish) -> list[Dose] | None:
    """The doses, as they are written or all made larger or smaller alike, so that they take the time.

    None if nothing does. The same doses, time and wish give the same result: a shared routine is built again.
    """
    pace = SHARES["gentle" if wish.gentle else "harder" if wish.harder else "usual"]
    for rounds in ROUNDS:
        several = [_repeated(dose, rounds) for dose in doses]
        for share in _shares(several, time, pace):
            seconds = sum([_lasting(dose, share) for dose in several]) + _pauses(doses)
            if time.least <= seconds <= time.most:
                return [_scaled(dose, share) for dose in several]
    return None


def _shares(doses: Sequence[Dose], time: Span, pace: tuple[float, float, float]) -> list[float]:
    """The shares of the doses to try: nearest to the first choice what fills the time, then more."""
    least, first, most = pace
    once, pauses = sum(dose.total for dose in doses), _pauses(doses)
    shortest, goal, longest = ((seconds - pauses) / once for seconds in (time.least, time.goal, time.most))
    nearest = min(max(first, shortest), longest)
    return [share for share in (nearest, (nearest + goal) / 2, goal) if least <= share <= most]


def _repeated(dose: Dose, rounds: int) -> Dose:
    return dose if rounds == 1 else replace(dose, sets=dose.sets * rounds, rest=max(dose.rest, REST))


def _pauses(doses: Sequence[Dose]) -> int:
    """The seconds between some moves, of which there is one at least."""
    return PAUSE * (len(doses) - 1)


def _scaled(dose: Dose, share: float) -> Dose:
    amount = _amount(dose, share)
    return replace(dose, repetitions=amount) if dose.seconds is None else replace(dose, seconds=amount)


def _lasting(dose: Dose, share: float) -> int:
    """The seconds that a dose takes once it is scaled."""
    return dose.taking(_amount(dose, share) * (dose.seconds_per_repetition if dose.seconds is None else 1))


def _amount(dose: Dose, share: float) -> int:
    """The share of the seconds of a dose, or of its repetitions."""
    if dose.seconds is not None:
        return max(STEP, STEP * round(dose.seconds * share / STEP))
    return max(1, round((dose.repetitions or 1) * share))


def like(dose: Dose, seconds: int) -> Dose:
    """A dose made to take about so many seconds, in rounds if need be, within what is usual."""
    least, most = SHARES["gentle"][0], SHARES["harder"][2]
    several = [_repeated(dose, rounds) for rounds in ROUNDS]
    enough = next((each for each in several if each.total * most >= seconds), several[-1])
    return _scaled(enough, min(max(seconds / enough.total, least), most))


def changed(dose: Dose, written: Dose, share: float) -> Dose | None:
    """A dose with a share of the repetitions or seconds, one step less or more at least.

    None if it would be less than half or more than double of what is written.
    """
    step = 1 if share > 1 else -1
    if dose.seconds is not None and written.seconds is not None:
        new = replace(dose, seconds=_stepped(dose.seconds, share, STEP * step))
        usual = written.seconds <= 2 * (new.seconds or 0) <= 4 * written.seconds
    else:
        new = replace(dose, repetitions=_stepped(dose.repetitions or 1, share, step))
        usual = (written.repetitions or 1) <= 2 * (new.repetitions or 0) <= 4 * (written.repetitions or 1)
    return new if usual else None


def _stepped(count: int, share: float, step: int) -> int:
    """A share of a count in whole steps, one at least."""
    steps = max(1, round(abs(count * share - count) / abs(step)))
    return count + step * steps
