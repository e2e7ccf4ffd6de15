"""Which places, and so which time zones, somebody may mean. Pure: the gazetteer is handed in."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.core.schedules.places import Found, Gazetteer, Place, PlaceWords, by_sign
from bot.core.understanding.speller import ONE_EDIT_FROM, TWO_EDITS_FROM
from bot.core.understanding.text import MAX_WORD, key

MOST = 12  # places that are offered
DOMINANT = 10  # times as many people as in the next place of the name: nobody need be asked
OVERWHELMING = 100  # the same for a place that only others call so: Sydney is Sidney, Hong Kong not Victoria
RIVAL = 2  # a place that others call so is asked about from half as many people on
MAX_LETTERS = 3 * MAX_WORD
EARLIEST, LATEST = -12 * 60, 14 * 60  # minutes from UTC that any zone has
QUARTER = 15

_OFFSET = re.compile(r"([+-]?)(\d\d?)(?:[:.]?(\d\d))?(?:h|hours)?")


class PlaceFinder:
    """Finds what people call their place."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords, behaviour: Callable[[str], Hashable]) -> None:
        """`behaviour` is the same for zones whose clocks now go alike."""
        self._known = gazetteer
        self._words = words
        self._behaviour = behaviour
        self._countries = {name: code for code, names in words.countries.items() for name in map(key, names)}
        self._around = {tuple(key(phrase).split()) for phrase in words.around}

    def find(self, text: str) -> Found:
        """The places that a text may mean."""
        offset = self._offset(text[:MAX_LETTERS])
        if offset:
            return Found(places=(offset,))
        said = [part for part in map(key, re.split(r"[,;()]", text[:MAX_LETTERS])) if part]
        for parts in (said, [part for part in map(self._bare, said) if part]):
            places = self._exactly(parts) if parts else []
            if places:
                return Found(places=tuple(places[:MOST]))
        bare = self._bare(" ".join(said))
        return Found(places=tuple(self._alike(bare)[:MOST]), is_guess=True)

    def _offset(self, text: str) -> Place | None:
        """The place of an offset, alone or among words that say nothing else: "my time zone is GMT+3"."""
        words = text.split()
        spans = ((start, end) for start in range(len(words)) for end in range(len(words), start, -1))
        for start, end in spans:
            offset = _offset(by_sign(" ".join(words[start:end])), self._words.utc)
            if offset and not self._bare(key(" ".join([*words[:start], *words[end:]]))):
                return offset
        return None

    def _exactly(self, parts: Sequence[str]) -> list[Place]:
        """The places of just these words."""
        whole = " ".join(parts)
        if len(parts) == 1:
            zones = self._words.abbreviations.get(whole) or filter(None, [self._known.zones.get(whole)])
            found = [*map(self._named, zones)] or self._of_country(whole)
            if found:
                return found
        if whole in self._known.zone_names and not self._known.called(whole):
            return [self._named(self._known.zone_names[whole])]
        named, within = self._of_name(parts), self._known.within(whole)
        return self._with_region(named, within) if named else self._unlike(within)

    def _with_region(self, named: Sequence[Place], within: Sequence[Place]) -> list[Place]:
        """Places of a name, behind those of a bigger region: Florida is more than a town in Cuba."""
        regions, countries = self._unlike(within), {place.code for place in within}
        there = {self._behaviour(place.zone) for place in named if place.code in countries}
        is_told = there >= {self._behaviour(place.zone) for place in regions}
        is_bigger = sum(place.people for place in within) > sum(place.people for place in named)
        places = [*regions, *named] if is_bigger and not is_told else named
        return [*{place.label: place for place in places}.values()]

    @staticmethod
    def _named(zone: str) -> Place:
        """The place that a zone is named for."""
        return Place(name=zone.rpartition("/")[2].replace("_", " "), zone=zone)

    def _of_country(self, name: str) -> list[Place]:
        """A place for each time that a country has, and for a bigger region of the same name elsewhere."""
        code = self._countries.get(name) or self._known.countries.get(name)
        if code is None:
            return []
        zones = [self._known.biggest(code, zone) for zone in self._known.zones_of(code)]
        here = self._unlike(sorted(zones, key=lambda place: -place.people))
        elsewhere = [place for place in self._known.within(name) if place.code != code]
        is_bigger = sum(place.people for place in elsewhere) > self._known.people(code)
        return [*self._unlike(elsewhere), *here] if is_bigger else here

    def _of_name(self, parts: Sequence[str]) -> list[Place]:
        """The cities of a name, with whatever tells their region or country behind it."""
        for said, behind in _splits(parts):
            name = self._words.cities.get(said, said)
            own, others = (
                [place for place in called if not behind or self._lies(place, behind)]
                for called in (self._known.called(name), self._known.called(name, otherwise=True))
            )
            if own:
                rivals = [place for place in others if _rivals(place, name, own[0])]
                likely = self._likely(sorted((*own, *rivals), key=lambda place: -place.people))
                return likely if {*own} & {*likely} else [*likely, *self._beside(likely[0], own)]
            if others:
                return self._likely(others)
        return []

    def _lies(self, place: Place, behind: str) -> bool:
        """Whether a place lies in what was said behind its name."""
        country = {key(place.country), place.code.lower()}
        country |= {name for name, code in self._countries.items() if code == place.code}
        region = {key(place.region), place.region_code.lower()} - {""}
        return behind in country | region or behind in {f"{r} {c}" for r in region for c in country}

    def _likely(self, places: Sequence[Place]) -> list[Place]:
        """The places that are worth asking about; one if the others are small or keep the same time."""
        first, *others = places
        time = self._behaviour(first.zone)
        rivals = [place.people for place in others if self._behaviour(place.zone) != time]
        if not rivals or first.people >= DOMINANT * max(rivals):
            return [first]
        return list({(place.region, place.code): place for place in reversed(places)}.values())[::-1]

    def _beside(self, bigger: Place, own: Sequence[Place]) -> list[Place]:
        """Those of a name that are not nothing beside a bigger place that others call so."""
        time = self._behaviour(bigger.zone)
        near = [place for place in own if self._behaviour(place.zone) != time]
        return [place for place in near if OVERWHELMING * place.people >= bigger.people]

    def _unlike(self, places: Iterable[Place]) -> list[Place]:
        """The first place of each time."""
        found: dict[Hashable, Place] = {}
        for place in places:
            found.setdefault(self._behaviour(place.zone), place)
        return list(found.values())

    def _alike(self, name: str) -> list[Place]:
        """The biggest cities or countries whose names a typing error can have made this one."""
        most = 2 if len(name) >= TWO_EDITS_FROM else int(len(name) >= ONE_EDIT_FROM)
        if not most:
            return []
        zones = {name: zone for name, zone in self._known.zone_names.items() if " " in name}
        names = (*self._known.names, *self._known.countries, *self._countries, *zones)
        near = extract(name, names, scorer=OSA.distance, score_cutoff=most, limit=MOST)
        best = min((edits for _, edits, _ in near), default=0)
        found = [place for heard, edits, _ in near if edits == best for place in self._exactly([heard])]
        return sorted({place.label: place for place in found}.values(), key=lambda place: -place.people)

    def _bare(self, said: str) -> str:
        """Words without what stands around a place, like "I live in …"."""
        words = tuple(said.split())
        longest = max(map(len, self._around), default=0)
        for size in range(longest, 0, -1):
            if words[:size] in self._around:
                return self._bare(" ".join(words[size:]))
            if words[-size:] in self._around:
                return self._bare(" ".join(words[:-size]))
        return said


def named_among(labels: Sequence[str], text: str, words: PlaceWords) -> str | None:
    """The one of some labels that a text names by a part that no other has: "the one in Illinois".

    None: it names none, more than one, or says something else besides.
    """
    said = f" {key(text)} "
    around = {word for phrase in (*words.around, *words.leading) for word in key(phrase).split()}
    parts = {label: [key(part) for part in label.split(",")] for label in labels}
    shared = Counter(part for each in parts.values() for part in set(each))
    named = [label for label in labels if any(f" {p} " in said for p in parts[label] if shared[p] == 1)]
    if len(named) != 1 or not set(said.split()) <= around | set(key(named[0]).split()):
        return None
    return named[0]


def _rivals(place: Place, name: str, first: Place) -> bool:
    """Whether a place with a longer name may be meant: Newcastle upon Tyne; but Rome is not Lomé."""
    has_name = f" {name} " in f" {key(place.name)} "
    return place.people > first.people or (has_name and RIVAL * place.people >= first.people)


def _splits(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The name and what stands behind it: as commas part them, or at any blank, the longest name first."""
    if len(parts) > 1:
        yield parts[0], " ".join(parts[1:])
    words = " ".join(parts).split()
    yield from ((" ".join(words[:size]), " ".join(words[size:])) for size in range(len(words), 0, -1))


def _offset(text: str, utc: Iterable[str]) -> Place | None:
    """The place of an offset like UTC+5:30; None if it is none, or no zone has it."""
    said = "".join(text.casefold().replace("−", "-").replace("–", "-").split())
    named = next((word for word in utc if said.startswith(word)), "")
    bare = said.removeprefix(named)
    if named and not bare:
        return Place(name="UTC", zone="UTC+00:00")
    found = _OFFSET.fullmatch(bare)
    if found is None or not (named or found[1]):
        return None
    minutes = (-1 if found[1] == "-" else 1) * (60 * int(found[2]) + int(found[3] or 0))
    if not EARLIEST <= minutes <= LATEST or minutes % QUARTER:
        return None
    shown = f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    return Place(name=shown, zone=shown)
