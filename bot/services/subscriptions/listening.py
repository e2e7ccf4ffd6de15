"""Reads out of a message what it wishes of times, also with a place in its midst: "at 9:00 in Lisbon"."""

from dataclasses import dataclass
from datetime import date

from bot.core.schedules.hearing import ScheduleHearing
from bot.core.schedules.places import Found
from bot.core.schedules.words import Heard
from bot.core.subscriptions.drafts import Awaits, Draft
from bot.core.subscriptions.standing import Standing
from bot.services.ports import ZoneFinder
from bot.services.subscriptions.answering import Answering
from bot.services.subscriptions.placing import Placing


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedWish:
    """A text without the place that it names, what is wished in it, and which places that may be."""

    rest: str
    heard: Heard
    found: Found


class Listening:
    """Knows what messages wish, by what was asked before."""

    def __init__(
        self, hearing: ScheduleHearing, zones: ZoneFinder, answering: Answering, placing: Placing
    ) -> None:
        self._hearing = hearing
        self._zones = zones
        self._answering = answering
        self._placing = placing

    def whole(
        self, text: str, today: date, awaited: Draft | None = None, *, guesses: bool = True
    ) -> Heard | None:
        """What a message wishes of times, with a place in its midst (`guesses`: or nearly) or without."""
        heard = self._heard(text, today, awaited)
        placed = self._placed(text, today, awaited, guesses=guesses) if heard is None else None
        return placed.heard if placed else heard

    def placed(self, text: str, standing: Standing) -> PlacedWish | None:
        """A wish and the place in its midst; None: it has none, or is nothing but a place."""
        awaited = standing.draft
        if awaited is not None and awaited.awaits is Awaits.PLACE:
            alone = self._zones.find(text)
            if alone.places and not alone.is_guess:
                return None
        return self._placed(text, standing.today, awaited, guesses=standing.zone is None)

    def _placed(self, text: str, today: date, awaited: Draft | None, *, guesses: bool) -> PlacedWish | None:
        def heard(rest: str) -> Heard | None:
            return self._heard(rest, today, awaited, is_placed=True)

        parted = self._placing.part(text, lambda rest: heard(rest) is not None, guesses=guesses)
        wish = heard(parted.rest) if parted else None
        return PlacedWish(rest=parted.rest, heard=wish, found=parted.found) if parted and wish else None

    def _heard(
        self, text: str, today: date, awaited: Draft | None, *, is_placed: bool = False
    ) -> Heard | None:
        """What a text without a place wishes; `is_placed`: one stood beside it."""
        answered = self._answering.heard(text, today, awaited) if awaited else None
        wish = answered or self._hearing.wish(text, today)
        return wish or self._hearing.bare(text, today, is_placed=is_placed)


def is_sure(found: Found) -> bool:
    """Whether nobody need be asked which place is meant."""
    return len(found.places) == 1 and not found.is_guess
