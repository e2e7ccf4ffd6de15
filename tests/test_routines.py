"""The daily routine: who gets one, what is in it, why, how it is swapped and shared."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.core.exercises.exercise import Position
from bot.core.model import Knowledge
from bot.core.person.eligibility import Readiness
from bot.core.person.profile import Done, Profile
from bot.core.routines.composing import compose
from bot.core.routines.reasons import worded
from bot.core.routines.recipes import Audience, NoRoutine, Routine, Wish
from bot.core.routines.sharing import rebuild, share_code
from bot.core.routines.swapping import swap

DAY = date(2026, 11, 25)
EVERYBODY = Readiness()
YES: dict[str, Any] = {"clinician_said_yes": True}
DISC = frozenset({"herniated_disc"})
LINK = 64  # characters that a link to the bot may carry

Compose = Callable[..., Routine | NoRoutine]


@pytest.fixture
def composed(knowledge: Knowledge) -> Compose:
    """Compose for somebody; what is not said is usual."""

    def composed(
        *,
        profile: Profile = Profile(),  # noqa: B008  # a frozen value
        ready: Readiness = EVERYBODY,
        day: date = DAY,
        **wish: Any,
    ) -> Routine | NoRoutine:
        asked = Wish(**wish)
        return compose(knowledge.exercises, knowledge.recipes, profile, ready, day, asked, "1")

    return composed


def routine_of(composed: Routine | NoRoutine) -> Routine:
    assert isinstance(composed, Routine), composed
    return composed


def names(composed: Routine | NoRoutine) -> list[str]:
    return [move.exercise for move in routine_of(composed).moves]


def did(name: str, day: date, felt: str = "") -> Done:
    return Done(exercise=name, at=datetime(day.year, day.month, day.day, 7, tzinfo=UTC), felt=felt)


REFUSED = {
    "a red flag that nobody has seen to": (Readiness(alert=True), "refused_alert"),
    "children": (Readiness(under_16=True), "refused_under_16"),
    "advice against exercise": (
        Readiness(pregnant=True, clinician_said_no=True, clinician_said_yes=True),
        "refused_advised_against",
    ),
    "what forbids training in pregnancy, whatever was agreed": (
        Readiness(pregnant=True, conditions=frozenset({"serious"}), **YES),
        "refused_serious",
    ),
    "what must be discussed in pregnancy": (
        Readiness(pregnant=True, conditions=frozenset({"to_discuss"})),
        "refused_not_asked",
    ),
    "a disc that nobody agreed about": (Readiness(conditions=DISC), "refused_not_asked"),
    "a disc with symptoms in a leg, whatever was agreed": (
        Readiness(conditions=DISC, leg_symptoms=True, **YES),
        "refused_leg_symptoms",
    ),
    "an operation that nobody agreed about": (
        Readiness(conditions=frozenset({"after_surgery"})),
        "refused_not_asked",
    ),
    "another diagnosis that nobody agreed about": (
        Readiness(conditions=frozenset({"other_diagnosis"})),
        "refused_not_asked",
    ),
    "osteoporosis, whatever was agreed": (
        Readiness(conditions=frozenset({"osteoporosis"}), **YES),
        "refused_osteoporosis",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_whoever_must_not_train_gets_the_reason(case: str, composed: Compose, knowledge: Knowledge) -> None:
    ready, reason = REFUSED[case]
    assert composed(ready=ready) == NoRoutine(reason=reason)
    assert knowledge.routine_words.refusals[reason]


@pytest.mark.parametrize(
    "ready",
    [
        Readiness(conditions=DISC, **YES),
        Readiness(conditions=frozenset({"after_surgery"}), **YES),
        Readiness(pregnant=True, conditions=frozenset({"to_discuss"}), **YES),
        Readiness(pregnant=True),
        Readiness(conditions=frozenset({"knee", "wrist", "dizziness"})),
    ],
)
def test_whoever_may_train_gets_a_routine(ready: Readiness, composed: Compose) -> None:
    assert names(composed(ready=ready))


@pytest.mark.parametrize(
    "wish", [{}, {"harder": True}, {"equipment": frozenset({"dumbbells"})}, {"minutes": 15}]
)
def test_after_an_operation_all_moves_are_gentle_ones_whatever_is_wished(
    wish: dict[str, Any], composed: Compose, knowledge: Knowledge
) -> None:
    strong = Profile(level=3, equipment=frozenset({"band", "ball", "dumbbells"}))
    ready = Readiness(conditions=frozenset({"after_surgery"}), **YES)
    for number in range(28):
        routine = routine_of(composed(profile=strong, ready=ready, day=DAY + timedelta(days=number), **wish))
        exercises = [knowledge.exercises[move.exercise] for move in routine.moves]
        assert {exercise.level for exercise in exercises} == {1}
        assert all(exercise.is_for(ready.to_suit) for exercise in exercises)
        assert "note_surgery" in routine.notes
        assert "note_worse" not in routine.notes


def test_a_shared_routine_is_made_gentle_after_an_operation(composed: Compose, knowledge: Knowledge) -> None:
    code = share_code(routine_of(composed(profile=Profile(level=3), harder=True)))
    ready = Readiness(conditions=frozenset({"after_surgery"}), **YES)
    made = rebuild(code, knowledge.exercises, knowledge.recipes, ready, Profile(level=3), DAY)
    assert not isinstance(made, NoRoutine)
    routine, _ = made
    assert {knowledge.exercises[move.exercise].level for move in routine.moves} == {1}
    assert routine.notes == ("note_surgery",)


def test_what_is_kept_in_the_profile_counts_too(composed: Compose) -> None:
    assert composed(profile=Profile(conditions=DISC)) == NoRoutine(reason="refused_not_asked")


@pytest.mark.parametrize("weeks", [None, 13, 38])
def test_nobody_lies_flat_late_in_pregnancy_or_in_an_unknown_week(
    weeks: int | None, composed: Compose, knowledge: Knowledge
) -> None:
    ready = Readiness(pregnant=True, weeks=weeks)
    for number in range(28):
        routine = routine_of(composed(ready=ready, day=DAY + timedelta(days=number)))
        positions = {knowledge.exercises[move.exercise].position for move in routine.moves}
        assert positions.isdisjoint({Position.LYING_BACK, Position.LYING_FRONT})
        assert routine.notes == ("note_pregnancy",)


NEEDY: dict[
    str, dict[str, Any]
] = {  # a move, and for whom it may be chosen in pregnancy, beside those who are used to it
    "easy-rowing": {"clinician_said_yes": True},
    "side-plank-on-the-knees": {},
    "standing-back-bend": {"weeks": 8},
}


@pytest.mark.parametrize("name", NEEDY)
def test_a_form_that_needs_something_is_left_out_until_it_is_so(name: str, knowledge: Knowledge) -> None:
    exercise = knowledge.exercises[name]
    assert not Readiness(pregnant=True, weeks=20).allows(exercise)
    used = Profile(liked=frozenset({name}))
    assert Readiness(pregnant=True, **NEEDY[name]).of(used).allows(exercise)
    assert EVERYBODY.allows(exercise)


def test_a_hint_for_the_usual_form_is_shown_too(knowledge: Knowledge) -> None:
    ready = Readiness(pregnant=True)
    assert ready.form(knowledge.exercises["band-row"]).startswith("Take a light band")


def test_a_move_is_shown_in_the_form_that_suits(composed: Compose, knowledge: Knowledge) -> None:
    routine = routine_of(composed(ready=Readiness(conditions=DISC, **YES)))
    for move in routine.moves:
        assert move.form == knowledge.exercises[move.exercise].suitability["herniated_disc"].text  # type: ignore[index]


def test_the_same_day_gives_the_same_routine_and_another_day_another(composed: Compose) -> None:
    first = composed()
    assert composed() == first
    assert composed(profile=Profile(history=(did("cat-cow", DAY),))) == first  # what was done today
    assert names(composed(day=DAY + timedelta(days=1))) != names(first)


def test_a_move_that_came_on_three_days_stays_away(composed: Compose) -> None:
    wanted = {"recipe": "desk-break", "place": "desk"}
    for name in names(composed(**wanted)):
        history = tuple(did(name, DAY - timedelta(days=back)) for back in (3, 2, 1))
        assert name not in names(composed(profile=Profile(history=history), **wanted))


def test_a_move_that_made_things_worse_stays_away_and_the_day_is_gentle(composed: Compose) -> None:
    bad = "hip-hinge"
    worse = Profile(history=(did(bad, DAY - timedelta(days=1), "worse"),), liked=frozenset({bad}))
    routine = routine_of(composed(profile=worse, harder=True))
    assert routine.recipe == "gentle-day"
    assert routine.notes == ("note_worse",)
    assert bad not in names(composed(profile=worse, day=DAY + timedelta(days=12)))
    assert any(bad in names(composed(profile=worse, day=DAY + timedelta(days=n))) for n in range(14, 28))


def test_two_bad_days_in_a_row_bring_the_advice_to_see_somebody(composed: Compose) -> None:
    history = tuple(did("chin-tuck", DAY - timedelta(days=back), "worse") for back in (3, 1))
    assert routine_of(composed(profile=Profile(history=history))).notes == ("note_worse_twice",)


def test_never_again_is_never_again(composed: Compose) -> None:
    for name in names(composed()):
        assert name not in names(composed(profile=Profile(never=frozenset({name}))))


WISHES: dict[str, dict[str, Any]] = {
    "a desk": {"place": "desk"},
    "three minutes at work": {"place": "desk", "minutes": 3},
    "one minute": {"minutes": 1},
    "twenty minutes": {"minutes": 20},
    "a gentle day": {"gentle": True},
    "something hard": {"harder": True},
    "a band": {"equipment": frozenset({"band"})},
    "the rowing machine": {"recipe": "rowing", "minutes": 10},
}


@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_is_fulfilled(wish: str, composed: Compose, knowledge: Knowledge) -> None:
    asked = WISHES[wish]
    routine = routine_of(composed(profile=Profile(level=2), **asked))
    exercises = [knowledge.exercises[move.exercise] for move in routine.moves]
    assert routine.minutes == asked.get("minutes", routine.minutes)
    assert routine.place == asked.get("place", routine.place)
    if "equipment" in asked:
        assert any("band" in exercise.equipment for exercise in exercises)
    if asked.get("recipe") == "rowing":
        assert any("rowing_machine" in exercise.equipment for exercise in exercises)
    if asked.get("gentle"):
        assert {exercise.level for exercise in exercises} == {1}


@pytest.mark.parametrize("tool", ["dumbbells", "rowing_machine"])
def test_who_asks_for_a_thing_gets_a_move_with_it_one_level_sooner(
    tool: str, composed: Compose, knowledge: Knowledge
) -> None:
    routine = routine_of(composed(equipment=frozenset({tool})))
    used = {name for move in routine.moves for name in knowledge.exercises[move.exercise].equipment}
    assert tool in used
    assert "note_without" not in routine.notes


def test_a_thing_that_suits_not_today_is_left_out_with_a_word(composed: Compose) -> None:
    assert "note_without" in routine_of(composed(equipment=frozenset({"dumbbells"}), gentle=True)).notes


def test_half_a_minute_is_counted_up(composed: Compose) -> None:
    routine = routine_of(composed())
    (move, *_) = routine.moves
    dose = replace(move.dose, repetitions=None, seconds=270, sets=1, per_side=False)
    assert replace(routine, moves=(replace(move, dose=dose),)).minutes == 5


IMPOSSIBLE: dict[str, tuple[dict[str, Any], str]] = {
    "hard and gentle": ({"gentle": True, "harder": True}, "no_routine_hard_and_gentle"),
    "two hours": ({"minutes": 120}, "no_routine_minutes"),
    "no time at all": ({"minutes": 0}, "no_routine_minutes"),
    "a recipe that nobody knows": ({"recipe": "yoga"}, "no_routine_recipe"),
    "equipment that nobody knows": ({"equipment": frozenset({"kettlebell"})}, "no_routine_equipment"),
}


@pytest.mark.parametrize("wish", IMPOSSIBLE)
def test_what_cannot_be_is_said(wish: str, composed: Compose) -> None:
    asked, reason = IMPOSSIBLE[wish]
    assert composed(**asked) == NoRoutine(reason=reason)


def test_whom_nothing_fits_gets_a_reply(composed: Compose, knowledge: Knowledge) -> None:
    nothing = Profile(never=frozenset(knowledge.exercises))
    assert composed(profile=nothing) == NoRoutine(reason="no_routine_nothing_fits")


def test_every_reason_has_a_sentence_without_gaps(composed: Compose, knowledge: Knowledge) -> None:
    history = tuple(
        did(name, DAY - timedelta(days=back)) for back, name in ((1, "cat-cow"), (5, "hip-hinge"))
    )
    liked = Profile(level=2, history=history, liked=frozenset(knowledge.exercises))
    wishes: list[dict[str, Any]] = [{"harder": True}, {"gentle": True}, {"equipment": frozenset({"band"})}]
    for wish in wishes:
        for move in routine_of(composed(profile=liked, ready=Readiness(pregnant=True), **wish)).moves:
            said = [worded(r, knowledge.routine_words, knowledge.exercises) for r in move.reasons]
            assert said
            assert all(
                sentence.endswith(".") and "{" not in sentence and "_" not in sentence for sentence in said
            )


@pytest.mark.parametrize("direction", ["other", "easier", "harder"])
def test_a_swap_changes_one_move_only(direction: str, composed: Compose, knowledge: Knowledge) -> None:
    routine = routine_of(composed(profile=Profile(level=2)))
    swapped = swap(routine, 3, knowledge.exercises, Profile(level=2), EVERYBODY, direction)  # type: ignore[arg-type]
    changed = routine_of(swapped)
    assert changed.moves[2] != routine.moves[2]
    assert changed.moves[:2] + changed.moves[3:] == routine.moves[:2] + routine.moves[3:]


def test_swapping_again_and_again_brings_everything_that_fits(
    composed: Compose, knowledge: Knowledge
) -> None:
    routine = first = routine_of(composed(place="desk", recipe="desk-break"))
    seen: list[str] = []
    while not seen or routine.moves[0].exercise != first.moves[0].exercise:
        routine = routine_of(swap(routine, 1, knowledge.exercises, Profile(), EVERYBODY, "other"))
        seen.append(routine.moves[0].exercise)
    assert len(seen) == len(set(seen)) > 3
    assert set(seen).isdisjoint(names(first)[1:])


def test_what_is_done_stays(composed: Compose, knowledge: Knowledge) -> None:
    routine = routine_of(composed())
    after = Profile(history=(did(routine.moves[0].exercise, DAY),))
    assert swap(routine, 1, knowledge.exercises, after, EVERYBODY, "other") == NoRoutine(
        reason="no_routine_done"
    )
    assert isinstance(swap(routine, 2, knowledge.exercises, after, EVERYBODY, "other"), Routine)


@pytest.mark.parametrize("number", [0, 99])
def test_a_move_that_is_not_there_cannot_be_swapped(
    number: int, composed: Compose, knowledge: Knowledge
) -> None:
    gone = swap(routine_of(composed()), number, knowledge.exercises, Profile(), EVERYBODY, "other")
    assert gone == NoRoutine(reason="no_routine_no_move")


def test_nobody_swaps_past_a_refusal(composed: Compose, knowledge: Knowledge) -> None:
    swapped = swap(routine_of(composed()), 1, knowledge.exercises, Profile(), Readiness(alert=True), "other")
    assert swapped == NoRoutine(reason="refused_alert")


@pytest.mark.parametrize("wish", WISHES)
def test_a_code_rebuilds_the_routine(wish: str, composed: Compose, knowledge: Knowledge) -> None:
    profile = Profile(level=2, equipment=frozenset({"band"}))
    routine = routine_of(composed(profile=profile, **WISHES[wish]))
    code = share_code(routine)
    assert len(code) <= LINK
    built = rebuild(code, knowledge.exercises, knowledge.recipes, EVERYBODY, profile, DAY)
    assert not isinstance(built, NoRoutine)
    again, changes = built
    assert changes == ()
    assert [(m.exercise, m.dose) for m in again.moves] == [(m.exercise, m.dose) for m in routine.moves]


def test_a_shared_routine_is_fitted_to_the_receiver(composed: Compose, knowledge: Knowledge) -> None:
    routine = routine_of(composed(recipe="on-the-floor"))
    ready = Readiness(pregnant=True)
    built = rebuild(share_code(routine), knowledge.exercises, knowledge.recipes, ready, Profile(), DAY)
    assert not isinstance(built, NoRoutine)
    again, changes = built
    assert changes
    for move in again.moves:
        assert ready.allows(knowledge.exercises[move.exercise])
    for change in changes:
        assert "_" not in worded(change, knowledge.routine_words, knowledge.exercises)


def test_a_long_shared_routine_is_shortened_to_what_suits(composed: Compose, knowledge: Knowledge) -> None:
    routine = routine_of(composed(recipe="on-the-floor", minutes=15))
    ready = Readiness(pregnant=True)
    built = rebuild(share_code(routine), knowledge.exercises, knowledge.recipes, ready, Profile(), DAY)
    assert not isinstance(built, NoRoutine)
    again, changes = built
    assert again.minutes < 15
    assert f"shortened:{again.wish.minutes}" in changes


def test_a_shared_routine_does_not_get_past_a_refusal(composed: Compose, knowledge: Knowledge) -> None:
    code = share_code(routine_of(composed()))
    ready = Readiness(conditions=DISC)
    built = rebuild(code, knowledge.exercises, knowledge.recipes, ready, Profile(), DAY)
    assert built == NoRoutine(reason="refused_not_asked")


def test_a_code_outlives_a_move_that_is_gone(composed: Compose, knowledge: Knowledge) -> None:
    routine = routine_of(composed())
    fewer = {name: e for name, e in knowledge.exercises.items() if name != routine.moves[1].exercise}
    built = rebuild(share_code(routine), fewer, knowledge.recipes, EVERYBODY, Profile(), DAY)
    assert not isinstance(built, NoRoutine)
    again, changes = built
    assert changes == ("gone",)
    assert len(again.moves) == len(routine.moves) - 1


def test_torn_forged_and_foreign_codes_are_refused(composed: Compose, knowledge: Knowledge) -> None:
    code = share_code(routine_of(composed()))
    other = ("A" if code[10] != "A" else "B").join((code[:10], code[11:]))
    for forged in ("", "x", code[:-1], code[4:], other, code * 2, "🦴", "====", "A" * 40, " " + code):
        built = rebuild(forged, knowledge.exercises, knowledge.recipes, EVERYBODY, Profile(), DAY)
        assert built == NoRoutine(reason="no_routine_code")
    old = replace(routine_of(composed()), recipe="gone")
    built = rebuild(share_code(old), knowledge.exercises, knowledge.recipes, EVERYBODY, Profile(), DAY)
    assert built == NoRoutine(reason="no_routine_code")


@pytest.mark.parametrize("minutes", range(2, 21))
def test_a_gentle_day_stays_one_at_any_length_or_it_is_said(
    minutes: int, composed: Compose, knowledge: Knowledge
) -> None:
    others = 0
    for number in range(28):
        routine = routine_of(composed(day=DAY + timedelta(days=number), gentle=True, minutes=minutes))
        is_other = knowledge.recipes[routine.recipe].audience is not Audience.GENTLE
        assert is_other is ("note_gently" in routine.notes)
        assert {knowledge.exercises[move.exercise].level for move in routine.moves} == {1}
        others += is_other
    assert others <= 1
