"""Words the rules behind a routine: why a move was chosen, and what was changed for somebody. Pure."""

from collections.abc import Mapping

from bot.core.exercises.exercise import Exercise, Purpose
from bot.core.routines.recipes import RoutineWords

# What fills each sentence. A reason is the name of its sentence and these, with colons between: "rested:3".
REASONS: Mapping[str, tuple[str, ...]] = {
    **{f"for_{purpose.value}": ("value",) for purpose in Purpose},
    "equipment": ("value",),
    "liked": (),
    "harder": (),
    "easier": (),
    "rested": ("value",),
    "not_done": (),
    "other_muscles": (),
    "alternate": (),
    "position": ("value",),
    "suits": ("value",),
    "gentle": (),
    "swapped": (),
    "shared": (),
    "fitted": (),
    "gone": (),
    "form": ("value",),
    "instead": ("value", "other"),
    "left_out": ("value",),
    "shortened": ("value",),
    "did": ("value", "other"),
    "again": ("value",),
}
REFUSALS = frozenset(
    {
        "refused_alert",
        "refused_under_16",
        "refused_advised_against",
        "refused_serious",
        "refused_leg_symptoms",
        "refused_ill",
        "refused_osteoporosis",
        "refused_not_asked",
        "no_routine_nothing_fits",
        "no_routine_hard_and_gentle",
        "no_routine_minutes",
        "no_routine_recipe",
        "no_routine_equipment",
        "no_routine_code",
        "no_routine_no_move",
        "no_routine_done",
        "no_routine_no_other",
        "no_routine_no_easier",
        "no_routine_no_harder",
        "no_routine_gentle_only",
        "no_routine_somebody",
        "no_routine_tomorrow",
        "no_routine_elsewhere",
        "no_routine_other",
        "no_routine_leaving",
        "no_routine_before",
    }
)
NOTES = frozenset(
    {
        "note_pregnancy",
        "note_surgery",
        "note_worse",
        "note_worse_twice",
        "note_without",
        "note_no_mat",
        "note_gently",
    }
)


def worded(reason: str, words: RoutineWords, library: Mapping[str, Exercise]) -> str:
    """The sentence for a reason or a change, like "rested:3"."""
    name, *values = reason.split(":")
    said = {
        key: library[value].name if value in library else words.labels.get(value, value)
        for key, value in zip(REASONS[name], values, strict=True)
    }
    return words.reasons[name].format_map(said)
