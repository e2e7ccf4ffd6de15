"""Places with a time zone, the words for them, and what is known of them. Pure values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

_AT_SEA = re.compile(r"etc/gmt([+-])(\d\d?)", re.IGNORECASE)


def by_sign(zone: str) -> str:
    """A zone at sea or at the pole by the sign that people know: Etc/GMT-2 is UTC+02:00."""
    found = _AT_SEA.fullmatch(zone.strip())
    return f"UTC{'+' if found[1] == '-' else '-'}{int(found[2]):02}:00" if found else zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somewhere with a time zone: a city, the biggest one of a zone, or an offset from UTC."""

    name: str
    zone: str
    region: str = ""
    region_code: str = ""
    country: str = ""
    code: str = ""
    people: int = 0

    @property
    def label(self) -> str:
        """The name with what tells it from others, like "Springfield, Illinois, United States"."""
        return ", ".join(dict.fromkeys(filter(None, (self.name, self.region, self.country))))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """How people of a language speak of places.

    `countries` are further names of countries by their codes, `abbreviations` map "pst" to zones, `cities`
    "nyc" to a name; `around` are phrases that stand before or behind a place, `utc` words for it, `leading`
    what stands before one in the middle of a wish; `ordinary` are names that are everyday words as well.
    """

    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cities: Mapping[str, str] = field(default_factory=dict)
    around: tuple[str, ...] = ()
    utc: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    ordinary: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The places that may be meant, the likeliest first: none, the one, or some to ask about.

    `is_guess`: the spelling was mended, so that even one should be asked about.
    """

    places: tuple[Place, ...] = ()
    is_guess: bool = False


class Gazetteer(Protocol):
    """What is known of cities and countries. Names are as `text.key` has them; the biggest come first."""

    @property
    def countries(self) -> Mapping[str, str]:
        """Codes by names."""

    @property
    def zones(self) -> Mapping[str, str]:
        """Zones by their whole names, like "europe berlin"."""

    @property
    def zone_names(self) -> Mapping[str, str]:
        """Zones by the last part of their names, like "lord howe"."""

    @property
    def names(self) -> Sequence[str]:
        """The own names of cities."""

    def zones_of(self, country: str) -> Sequence[str]:
        """The zones of a country."""

    def called(self, name: str, *, otherwise: bool = False) -> list[Place]:
        """The cities of a name; `otherwise`: of those that other languages call so."""

    def within(self, region: str) -> list[Place]:
        """The cities of all regions of a name or code."""

    def biggest(self, country: str, zone: str) -> Place:
        """The biggest city of a country in a zone."""

    def people(self, country: str) -> int:
        """How many live in the cities of a country."""
