"""Which place, and so which time zone, somebody means."""

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import Tree

from bot.content.loader import builtin_root, load
from bot.core.schedules.place_finding import MOST
from bot.places.zones import Zones
from bot.services.ports import UnknownZoneError

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ONE = {
    "Berlin": "Europe/Berlin",
    "i live in munich": "Europe/Berlin",
    "München": "Europe/Berlin",
    "Muenchen": "Europe/Berlin",
    "London": "Europe/London",
    "London, Ontario": "America/Toronto",
    "london canada": "America/Toronto",
    "Paris": "Europe/Paris",
    "paris texas": "America/Chicago",
    "springfield il": "America/Chicago",
    "Springfield, Massachusetts, USA": "America/New_York",
    "new york": "America/New_York",
    "nyc": "America/New_York",
    "Kiev": "Europe/Kyiv",
    "Bombay": "Asia/Kolkata",
    "Germany": "Europe/Berlin",
    "the UK": "Europe/London",
    "Turkey": "Europe/Istanbul",
    "Singapore": "Asia/Singapore",
    "India": "Asia/Kolkata",
    "Bavaria": "Europe/Berlin",
    "california": "America/Los_Angeles",
    "lord howe": "Australia/Lord_Howe",
    "Europe/Berlin": "Europe/Berlin",
    "america/new_york": "America/New_York",
    "PST": "America/Los_Angeles",
    "UTC+2": "UTC+02:00",
    "gmt -3:30": "UTC-03:30",
    "Etc/GMT-2": "UTC+02:00",
    "etc/gmt+9": "UTC-09:00",
    "EST": "America/New_York",
    "Rome": "Europe/Rome",
    "lome": "Africa/Lome",
    "central european time": "Europe/Berlin",
    "+05:30": "UTC+05:30",
    "UTC 5:30": "UTC+05:30",
    "gmt-3": "UTC-03:00",
    "i'm in gmt+3": "UTC+03:00",
    "it's UTC+2 please": "UTC+02:00",
    "US east coast": "America/New_York",
    "same as berlin": "Europe/Berlin",
    "a small village near Munich": "Europe/Berlin",
    "sidney": "Australia/Sydney",
    "new delhi": "Asia/Kolkata",
    "utc": "UTC+00:00",
}


@pytest.fixture(scope="module")
def zones() -> Zones:
    return Zones(load([builtin_root()])[0]["en"].knowledge.place_words, NOW)


@pytest.mark.parametrize("text", ONE)
def test_a_place_is_found(text: str, zones: Zones) -> None:
    found = zones.find(text)
    assert [place.zone for place in found.places] == [ONE[text]]
    assert not found.is_guess
    assert zones.zone(ONE[text]).utcoffset(NOW) is not None


def test_springfield_asks_which_of_the_eight(zones: Zones) -> None:
    found = zones.find("Springfield")
    assert {place.region for place in found.places} == {
        "Missouri", "Massachusetts", "Illinois", "Oregon", "Ohio", "Virginia", "Pennsylvania", "Tennessee",
    }  # fmt: skip
    assert found.places[0].label == "Springfield, Missouri, United States"


def test_a_country_with_many_times_asks_which_by_its_biggest_cities(zones: Zones) -> None:
    names = [place.name for place in zones.find("USA").places]
    assert names[:5] == ["New York City", "Los Angeles", "Chicago", "Phoenix", "Denver"]
    assert len({place.zone for place in zones.find("russia").places}) == 11


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Georgia", {"US", "GE"}),
        ("Portland", {"US"}),
        ("Birmingham", {"GB", "US"}),
        ("newcastle", {"AU", "ZA", "GB"}),
        ("Florida", {"US", "UY", "CO", "CU"}),
        ("Ontario", {"CA", "US"}),
        ("Washington", {"US"}),
        ("Victoria", {"AU", "HK", "CA"}),
        ("St. Petersburg", {"RU", "US"}),
    ],
)
def test_names_of_several_places_are_asked_about(text: str, countries: set[str], zones: Zones) -> None:
    places = zones.find(text).places
    assert len(places) > 1
    assert {place.code for place in places} == countries


def test_a_typing_error_is_asked_about(zones: Zones) -> None:
    found = zones.find("Belrin")
    assert found.is_guess
    assert found.places[0].name == "Berlin"
    assert [place.zone for place in zones.find("nw york").places] == ["America/New_York"]


@pytest.mark.parametrize("text", ["my back hurts", "xqzzk", "", "utc+99", "+15", "UTC+1:07", "..", "🏠"])
def test_what_is_no_place_is_none(text: str, zones: Zones) -> None:
    assert zones.find(text).places == ()


def test_every_zone_is_found_by_its_name(zones: Zones) -> None:
    for zone in (name for name in available_timezones() if "/" in name and "GMT" not in name):
        assert [place.zone for place in zones.find(zone).places] == [zone]


@given(st.text(max_size=60) | st.sampled_from([*ONE]).map(lambda text: text[::-1]))
def test_whatever_is_said_gives_a_few_zones_that_open(zones: Zones, text: str) -> None:
    found = zones.find(text)
    assert len(found.places) <= MOST
    assert all(zones.zone(place.zone).utcoffset(NOW) is not None for place in found.places)


def test_every_city_and_country_of_the_table_has_a_zone_that_opens(zones: Zones) -> None:
    known = zones._finder._known  # noqa: SLF001  # the whole table, not what a question finds
    in_use = {place.zone for name in known.names for place in known.called(name)}
    listed = {zone for code in known.countries.values() for zone in known.zones_of(code)}
    assert in_use | listed <= available_timezones()
    assert len(known.names) > 25_000


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (52.52, 13.40, "Europe/Berlin"),
        (-31.55, 159.08, "Australia/Lord_Howe"),
        (40.71, -74.0, "America/New_York"),
        (0.0, -30.0, "UTC-02:00"),
        (89.9, 30.0, "UTC+02:00"),
        (91.0, 0.0, None),
        (0.0, 181.0, None),
        (float("nan"), 0.0, None),
    ],
)
def test_a_shared_location_has_a_zone(
    latitude: float, longitude: float, zone: str | None, zones: Zones
) -> None:
    assert zones.at(latitude, longitude) == zone


@pytest.mark.parametrize(
    "name",
    [
        *("Europe/Atlantis", "", "../../etc/passwd", "UTC+2", "europe", "/etc/localtime"),
        *("posixrules", "localtime", "Factory", "posix/Europe/Berlin", "right/Europe/Berlin", "EST", "GMT+0"),
    ],
)
def test_a_name_that_is_no_zone_is_refused(name: str, zones: Zones) -> None:
    with pytest.raises(UnknownZoneError):
        zones.zone(name)


def test_a_short_name_of_a_zone_that_is_not_there_is_found(small: Tree) -> None:
    words = "countries: {}\nabbreviations:\n  cet: [Europe/Belrin]\ncities: {}\nutc: []\naround: []\n"
    small.write("en/place_words.yaml", words)
    (finding,) = small.findings()
    assert finding == (
        "knowledge/en/place_words.yaml:3: abbreviations.cet.1: There is no time zone 'Europe/Belrin'."
        " Did you mean 'Europe/Berlin'."
    )


def test_an_offset_opens_as_it_says(zones: Zones) -> None:
    assert zones.zone("UTC-03:30").utcoffset(NOW) == -timedelta(hours=3, minutes=30)
