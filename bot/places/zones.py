"""Time zones: by what people call their place, by a shared location, and by name."""

import re
from collections.abc import Hashable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.schedules.place_finding import PlaceFinder
from bot.core.schedules.places import Found, PlaceWords, by_sign
from bot.places.table import Table
from bot.services.ports import UnknownZoneError, ZoneFinder

NO_PLACES = ("posix/", "right/", "posixrules", "localtime", "Factory")  # that some systems keep beside zones

_OFFSET = re.compile(r"UTC([+-])(\d\d):(\d\d)")


class Zones(ZoneFinder):
    """Finds and opens time zones. Cities are read from disk when the first is asked for."""

    def __init__(self, words: PlaceWords, now: datetime) -> None:
        """`now` is the moment from which on clocks are compared, to tell which zones go alike."""
        self._words = words
        self._days = [now.astimezone(UTC) + timedelta(days=10 * number) for number in range(37)]

    def find(self, text: str) -> Found:
        """The places that a text may mean: a city, country, region, zone or offset."""
        return self._finder.find(text)

    def at(self, latitude: float, longitude: float) -> str | None:
        """The name of the zone of a location on land or sea; None: it lies nowhere."""
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004  # degrees of the globe
            return None
        from tzfpy import get_tz  # noqa: PLC0415  # takes memory; most people type their city

        zone = get_tz(longitude, latitude)
        return by_sign(zone) if zone else None

    def zone(self, name: str) -> tzinfo:
        """The zone of a name, if it is one of places or an offset. Raises UnknownZoneError."""
        if "/" not in name and not _OFFSET.fullmatch(name) and name != "UTC":
            raise UnknownZoneError(f"{name!r} is no zone of a place")
        return open_zone(name)

    @cached_property
    def _finder(self) -> PlaceFinder:
        return PlaceFinder(Table(), self._words, cache(self._behaviour))

    def _behaviour(self, name: str) -> Hashable:
        zone = open_zone(name)
        return tuple(moment.astimezone(zone).utcoffset() for moment in self._days)


def open_zone(name: str) -> tzinfo:
    """The zone of a name of IANA, or of an offset like UTC+05:30. Raises UnknownZoneError."""
    offset = _OFFSET.fullmatch(name)
    if offset:
        size = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(-size if offset[1] == "-" else size)
    if name.startswith(NO_PLACES):
        raise UnknownZoneError(f"{name!r} is no zone of a place")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZoneError(f"There is no time zone {name!r}") from error
