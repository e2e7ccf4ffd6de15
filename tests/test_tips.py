"""Which tip comes next: none again before all others that suit, and nobody gets what does not suit them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from command import run_bot
from hypothesis import given
from hypothesis import strategies as st

from bot.content.loader import builtin_root, load
from bot.core.exercises.exercise import PREFIX, Condition, Verdict
from bot.core.model import Knowledge
from bot.core.person.profile import Done, Profile
from bot.core.tips.tip import FLARE, Tip, TipAudience, TipReader, flares, next_tip


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The whole knowledge; nothing of it need be learned here."""
    return load([builtin_root()])[0]["en"].knowledge


TODAY = date(2026, 11, 25)


def a_tip(name: str, audience: TipAudience = TipAudience.GENERAL, *not_for: str) -> Tip:
    return Tip(id=name, text=name, audience=audience, facts=(), link="x", not_for=frozenset(not_for))


def reader(profile: Profile | None = None, *, flares: bool = False, alert: bool = False) -> TipReader:
    return TipReader(profile=profile or Profile(), exercises={}, flares=flares, alert=alert)


def told(*conditions: str, kept: bool = True) -> Profile:
    return Profile(conditions=frozenset(conditions), keeps_conditions=kept)


def shown(tips: Sequence[Tip], person: TipReader, count: int, seen: Sequence[str] = ()) -> list[str]:
    came = list(seen)
    for _ in range(count):
        tip = next_tip(tips, person, came, "somebody")
        came += [tip.id] if tip else []
    return came[len(seen) :]


TIPS = [a_tip(f"tip-{number}") for number in range(30)]


def test_none_comes_again_before_all_have_come() -> None:
    came = shown(TIPS, reader(), 90)
    assert all(len({*came[n : n + 30]}) == 30 for n in range(61))


@given(st.integers(1, 29), st.integers(0, 80))
def test_a_new_tip_falls_into_the_order_without_moving_others(number: int, seen: int) -> None:
    before = shown(TIPS[:number], reader(), seen)
    without = shown(TIPS[:number], reader(), 40, before)
    withal = [tip for tip in shown(TIPS[: number + 1], reader(), 41, before) if tip != TIPS[number].id]
    assert withal[:number] == without[:number]


@given(st.lists(st.sampled_from(TIPS), unique_by=lambda tip: tip.id), st.text())
def test_the_same_person_gets_the_same_whatever_the_order_of_the_files(
    tips: Sequence[Tip], seed: str
) -> None:
    turned = next_tip(tips[::-1], reader(), [], seed)
    assert next_tip(tips, reader(), [], seed) == turned


def test_people_get_them_in_different_orders() -> None:
    first = [next_tip(TIPS, reader(), [], str(person)) for person in range(20)]
    assert len({tip.id for tip in first if tip}) > 5


def test_what_was_sent_and_is_gone_does_no_harm() -> None:
    assert next_tip(TIPS[:1], reader(), ["gone", "tip-0", "gone"], "x") == TIPS[0]


def test_without_a_tip_that_suits_there_is_none() -> None:
    assert next_tip([a_tip("desk", TipAudience.DESK)], reader(), [], "x") is None


@pytest.mark.parametrize(
    ("tip", "person", "may"),
    [
        (a_tip("desk", TipAudience.DESK), reader(Profile(place="desk")), True),
        (a_tip("desk", TipAudience.DESK), reader(Profile(place="gym")), False),
        (a_tip("for two", TipAudience.PREGNANCY), reader(told("pregnancy")), True),
        (a_tip("for two", TipAudience.PREGNANCY), reader(told("to_discuss")), True),
        (a_tip("for two", TipAudience.PREGNANCY), reader(told("pregnancy", kept=False)), False),
        (a_tip("for two", TipAudience.PREGNANCY), reader(), False),
        (a_tip("any"), reader(told("serious")), False),
        (a_tip("any"), reader(alert=True), False),
        (a_tip("sore", TipAudience.FLARE), reader(flares=True), True),
        (a_tip("sore", TipAudience.FLARE), reader(), False),
        (a_tip("more", TipAudience.GENERAL, FLARE), reader(flares=True), False),
        (a_tip("bend", TipAudience.GENERAL, "osteoporosis"), reader(told("osteoporosis")), False),
        (a_tip("lift", TipAudience.GENERAL, "pregnancy"), reader(told("to_discuss")), False),
        (replace(a_tip("band", TipAudience.EQUIPMENT), equipment="band"), reader(), False),
        (
            replace(a_tip("band", TipAudience.EQUIPMENT), equipment="band"),
            reader(Profile(equipment=frozenset({"band"}))),
            True,
        ),
    ],
)
def test_who_may_get_what(tip: Tip, person: TipReader, may: bool) -> None:  # noqa: FBT001  # a column of a table
    assert person.may_get(tip) is may


def test_a_flare_brings_its_tips_first_and_lasts_a_week() -> None:
    tips = [*TIPS, a_tip("sore", TipAudience.FLARE)]
    assert shown(tips, reader(flares=True), 1) == ["sore"]
    worse = Done(exercise="x", at=datetime(2026, 11, 18, tzinfo=UTC), felt="worse")
    assert flares(Profile(history=(worse,)), TODAY)
    assert not flares(Profile(history=(worse,)), date(2026, 11, 26))
    assert not flares(Profile(history=(replace(worse, felt="hard"),)), TODAY)


def test_there_are_enough_tips_for_each_audience(knowledge: Knowledge) -> None:
    counts = dict.fromkeys(TipAudience, 0)
    for tip in knowledge.tips.values():
        counts[tip.audience] += 1
    assert sum(counts.values()) >= 120
    assert counts[TipAudience.GENERAL] >= 60
    assert min(counts.values()) >= 10


def test_whoever_told_of_a_condition_gets_no_exercise_that_is_not_theirs(knowledge: Knowledge) -> None:
    for condition in Condition:
        person = TipReader(profile=told(condition), exercises=knowledge.exercises)
        for tip in filter(person.may_get, knowledge.tips.values()):
            if tip.link.startswith(PREFIX) and tip.audience is not TipAudience.PREGNANCY:
                exercise = knowledge.exercises[tip.link.removeprefix(PREFIX)]
                assert exercise.suits(condition).verdict is Verdict.OK, (condition, tip.id)


def test_everybody_has_tips_for_weeks(knowledge: Knowledge) -> None:
    for condition in Condition:
        person = TipReader(profile=told(condition), exercises=knowledge.exercises)
        assert len([tip for tip in knowledge.tips.values() if person.may_get(tip)]) >= 30


def test_preview_shows_the_tips_of_some_days(tmp_path: Path) -> None:
    who = ("--tips", "14", "--from", "2026-11-25", "--profile", "place=desk", "equipment=band")
    lines = run_bot("preview", *who, "--json", cwd=tmp_path).out.splitlines()
    days = [json.loads(line) for line in lines]
    assert [day["day"] for day in (days[0], days[-1])] == ["2026-11-25", "2026-12-08"]
    assert len({day["tip"] for day in days}) == 14
    assert {"desk", "general"} <= {day["audience"] for day in days}
    words = run_bot("preview", *who, cwd=tmp_path).out
    assert words.startswith(f"Wed 25 Nov 2026  {days[0]['text']}")


def test_preview_shows_no_tip_while_a_red_flag_is_open(tmp_path: Path) -> None:
    shown_ = run_bot("preview", "--tips", "1", "--from", "2026-11-25", "--profile", "alert", cwd=tmp_path)
    assert shown_.out == "Wed 25 Nov 2026  no tip\n"
