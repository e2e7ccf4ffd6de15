"""How much of each move, so that a routine takes its time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.exercises import Dose
from bot.core.recipes import PAUSE, Wish, seconds_of

USUAL = (300, 480)  # seconds of a routine if no time was asked for
SLACK = 30  # seconds by which a routine may miss a time that was asked for
MAX_MINUTES = 20
STEP = 5  # holds are counted in fives
REST = 15  # seconds between two rounds of a move
ROUNDS = (1, 2, 3)
SHARES = {
    "gentle": (0.6, 1.0),
    "usual": (0.7, 1.3),
    "harder": (1.0, 1.6),
}  # of the written dose, least and most


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
    return Span(60 * wish.minutes - SLACK, 60 * wish.minutes, 60 * wish.minutes + SLACK)


def fitted(doses: Sequence[Dose], time: Span, wish: Wish) -> list[Dose] | None:
    """The doses, all made larger or smaller alike, so that they fill the time; None if nothing does.

    The same doses, time and wish give the same result, so that a shared routine can be built again.
    """
    least, most = SHARES["gentle" if wish.gentle else "harder" if wish.harder else "usual"]
    for rounds in ROUNDS:
        several = [_repeated(dose, rounds) for dose in doses]
        scaled = min(
            (
                [_scaled(dose, share / 20) for dose in several]
                for share in _shares(several, time, least, most)
            ),
            key=lambda each: abs(seconds_of(each) - time.goal),
        )
        if time.least <= seconds_of(scaled) <= time.most:
            return scaled
    return None


def _shares(doses: Sequence[Dose], time: Span, least: float, most: float) -> list[int]:
    """Twentieths of the doses to try: those around what would fill the time."""
    once = sum(dose.total for dose in doses)
    wanted = (time.goal - PAUSE * (len(doses) - 1)) / once
    nearest = round(20 * min(max(wanted, least), most))
    return [s for s in range(nearest - 1, nearest + 2) if round(20 * least) <= s <= round(20 * most)]


def _repeated(dose: Dose, rounds: int) -> Dose:
    return dose if rounds == 1 else replace(dose, sets=dose.sets * rounds, rest=max(dose.rest, REST))


def _scaled(dose: Dose, share: float) -> Dose:
    if dose.seconds is not None:
        return replace(dose, seconds=max(STEP, STEP * round(dose.seconds * share / STEP)))
    return replace(dose, repetitions=max(1, round((dose.repetitions or 1) * share)))


def like(dose: Dose, seconds: int) -> Dose:
    """A dose made to take about so many seconds, within what is usual."""
    least, most = SHARES["gentle"][0], SHARES["harder"][1]
    return _scaled(dose, min(max(seconds / dose.total, least), most))


def changed(dose: Dose, written: Dose, share: float) -> Dose | None:
    """A dose made smaller or larger; None if it would leave what is usual, or not change."""
    new = _scaled(dose, share)
    least, most = SHARES["gentle"][0], SHARES["harder"][1]
    usual = (
        least * written.total / written.sets <= new.total / new.sets <= most * written.total / written.sets
    )
    return new if usual and new != dose else None
