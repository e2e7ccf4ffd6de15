"""The table of cities and countries: read when it is first asked for, never at start."""

import gzip
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from zoneinfo import available_timezones

from bot.core.schedules.places import Place, by_sign
from bot.core.understanding.text import key

TABLE = Path(__file__).with_name("cities.tsv.gz")
NAME, HEARD, REGION, REGION_CODE, COUNTRY, ZONE, PEOPLE, OTHERS = range(8)


class Table:
    """A gazetteer (see core/places.py) over the table and the lists of tzdata."""

    @cached_property
    def countries(self) -> dict[str, str]:
        """The codes of countries by their names as they are heard."""
        listed = _listed("iso3166.tab")
        return {key(name): code for code, name in (*listed, *self._named)}

    @cached_property
    def zones(self) -> dict[str, str]:
        """The names of zones as they are heard, like "europe berlin"; not those that differ in a sign."""
        named = (zone for zone in sorted(available_timezones()) if "/" in zone and by_sign(zone) == zone)
        return {key(zone.replace("_", " ")): zone for zone in named}

    @cached_property
    def zone_names(self) -> dict[str, str]:
        """The last parts of the names of zones that are in use, like "lord howe"."""
        return {key(zone.rpartition("/")[2].replace("_", " ")): zone for _, zone in _zones()}

    @cached_property
    def names(self) -> Sequence[str]:
        """The own names of all cities as they are heard, the biggest city first."""
        return list(dict.fromkeys(_heard(line) for line in self._cities))

    def zones_of(self, country: str) -> Sequence[str]:
        """The zones of a country by its code."""
        return [row[1] for row in _zones() if row[0] == country]

    def called(self, name: str, *, otherwise: bool = False) -> list[Place]:
        """The cities of a name; `otherwise`: of those that other languages call so. The biggest first."""
        lines = self._others if otherwise else self._own
        return [self._place(self._cities[number]) for number in lines.get(name, ())]

    def within(self, region: str) -> list[Place]:
        """The cities of all regions of a name or code, the biggest first."""
        return [self._place(self._cities[number]) for number in self._regions.get(region, ())]

    def biggest(self, country: str, zone: str) -> Place:
        """The biggest city of a country in a zone; the zone's own name where there is none."""
        line = self._biggest.get((country, zone))
        if line is not None:
            return self._place(line)
        name = zone.rpartition("/")[2].replace("_", " ")
        return Place(name=name, region="", country=self._country.get(country, ""), code=country, zone=zone)

    def people(self, country: str) -> int:
        """How many live in the cities of a country."""
        return sum(int(row[PEOPLE]) for row in self._rows if row[COUNTRY] == country)

    @cached_property
    def _lines(self) -> list[str]:
        return gzip.decompress(TABLE.read_bytes()).decode().splitlines()

    @property
    def _named(self) -> Iterator[tuple[str, str]]:
        for line in self._lines:
            if not line.startswith("="):
                return
            code, _, name = line[1:].partition("\t")
            yield code, name

    @cached_property
    def _country(self) -> dict[str, str]:
        return dict(self._named)

    @cached_property
    def _cities(self) -> list[str]:
        return self._lines[len(self._country) :]

    @property
    def _rows(self) -> Iterator[list[str]]:
        return (line.split("\t") for line in self._cities)

    @cached_property
    def _own(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for number, line in enumerate(self._cities):
            found[_heard(line)].append(number)
        return found

    @cached_property
    def _others(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for number, line in enumerate(self._cities):
            for name in filter(None, line.rpartition("\t")[2].split("|")):
                found[name].append(number)
        return found

    @cached_property
    def _regions(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        heard: dict[str, str] = {}
        for number, row in enumerate(self._rows):
            region = row[REGION]
            if region not in heard:
                heard[region] = key(region)
            for name in filter(None, {heard[region], row[REGION_CODE].lower()}):
                found[name].append(number)
        return found

    @cached_property
    def _biggest(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for line in self._cities:
            row = line.split("\t")
            found.setdefault((row[COUNTRY], row[ZONE]), line)
        return found

    def _place(self, line: str) -> Place:
        row = line.split("\t")
        return Place(
            name=row[NAME],
            region=row[REGION],
            region_code=row[REGION_CODE],
            country=self._country.get(row[COUNTRY], ""),
            code=row[COUNTRY],
            zone=row[ZONE],
            people=int(row[PEOPLE]),
        )


def _heard(line: str) -> str:
    name, heard, _ = line.split("\t", 2)
    return heard or name.lower()


def _listed(name: str) -> list[tuple[str, str]]:
    """The first two columns of a list of tzdata."""
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [(row[0], row[-1]) for row in rows]


def _zones() -> Iterator[tuple[str, str]]:
    """Countries and their zones, as tzdata lists them."""
    text = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, _, zone, *_ = line.split("\t")
            yield code, zone
