"""What holds of every routine, for whoever asks: over random people, and over weeks of their days."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.preview.checks import faults_of, running_too_long
from bot.content.preview.forecast import Person, days, done
from bot.content.preview.simulation import made_up, simulate
from bot.core.model import Knowledge
from bot.core.person.eligibility import Readiness
from bot.core.person.profile import Done, Profile
from bot.core.routines.recipes import NoRoutine, Routine
from bot.core.routines.sharing import rebuild, share_code
from bot.core.routines.swapping import swap

PERIOD = 10  # days
START = date(2026, 1, 5)

seeds = st.integers(0, 2**32)
starts = st.integers(0, 1000).map(lambda number: START + timedelta(days=number))


def somebody(seed: int, knowledge: Knowledge) -> Person:
    return made_up(Random(seed), knowledge)  # noqa: S311  # nobody is kept from guessing it


@given(seed=seeds, start=starts)
@settings(max_examples=100, deadline=None)
def test_no_routine_has_a_fault_and_no_move_comes_too_often(
    seed: int, start: date, knowledge: Knowledge
) -> None:
    person, history = somebody(seed, knowledge), list[Done]()
    for _, routine in days(knowledge, person, start, PERIOD):
        if isinstance(routine, Routine):
            assert list(faults_of(knowledge, person, routine)) == []
            history += done(routine)
    assert not running_too_long(history, start, PERIOD)


@given(seed=seeds, day=starts, direction=st.sampled_from(["other", "easier", "harder"]))
@settings(max_examples=100, deadline=None)
def test_a_swap_brings_nothing_unsuitable(seed: int, day: date, direction: str, knowledge: Knowledge) -> None:
    person = somebody(seed, knowledge)
    [(_, routine)] = days(knowledge, person, day, 1)
    if isinstance(routine, NoRoutine):
        return
    number = seed % len(routine.moves) + 1
    new = swap(routine, number, knowledge.exercises, person.profile, person.readiness, direction)  # type: ignore[arg-type]
    if isinstance(new, Routine):
        wished = replace(person, wish=replace(new.wish, harder=direction == "harder"))
        timed = "it does not take the time it should"
        assert set(faults_of(knowledge, wished, replace(new, wish=wished.wish))) <= {timed}
        assert len(new.moves) == len(routine.moves)


@given(giver=seeds, receiver=seeds, day=starts)
@settings(max_examples=100, deadline=None)
def test_a_shared_routine_suits_whoever_opens_it(
    giver: int, receiver: int, day: date, knowledge: Knowledge
) -> None:
    [(_, routine)] = days(knowledge, somebody(giver, knowledge), day, 1)
    person = somebody(receiver, knowledge)
    if isinstance(routine, NoRoutine):
        return
    built = rebuild(
        share_code(routine), knowledge.exercises, knowledge.recipes, person.readiness, person.profile, day
    )
    if not isinstance(built, NoRoutine):
        opened = replace(person, wish=replace(built[0].wish, recipe=built[0].recipe))
        assert list(faults_of(knowledge, opened, built[0])) == []


@given(code=st.text(max_size=80) | st.from_regex(r"[A-Za-z0-9_-]{0,70}", fullmatch=True))
@settings(max_examples=200, deadline=None)
def test_made_up_codes_are_refused_and_break_nothing(code: str, knowledge: Knowledge) -> None:
    built = rebuild(code, knowledge.exercises, knowledge.recipes, Readiness(), Profile(), START)
    assert built == NoRoutine(reason="no_routine_code")


def test_a_simulation_finds_no_fault_and_a_varied_week(knowledge: Knowledge) -> None:
    tally = simulate(knowledge, people=60, days=28, seed=7, start=START)
    assert tally.routines > 0
    assert not +tally.faults
    ranked = sorted(tally.varieties)
    assert ranked[len(ranked) // 2] >= 12
