"""The sentences of the player by name, each with the words in braces that are filled in."""

from collections.abc import Mapping

from bot.core.exercises import Purpose

HURTING = ("sharp", "leg", "nerve", "mild")  # what somebody may say who says that it hurts,
SERIOUS = ("saddle", "both", "weak")  # and whoever feels it in a leg; each of these names a red flag

PLAYER_SAYS: Mapping[str, frozenset[str]] = {
    **{f"feels_{purpose.value}": frozenset[str]() for purpose in Purpose},
    "feels_strengthen": frozenset({"muscles"}),
    "where": frozenset({"name", "number", "count"}),
    "side_1": frozenset(),
    "side_2": frozenset(),
    "round": frozenset({"number", "count"}),
    "ready": frozenset({"seconds"}),
    "hold": frozenset({"seconds"}),
    "open": frozenset(),
    "rest": frozenset({"seconds"}),
    "paused": frozenset(),
    "away": frozenset(),
    "changed": frozenset(),
    "go_button": frozenset(),
    "on_button": frozenset(),
    "pause_button": frozenset(),
    "back_button": frozenset(),
    "hurts_button": frozenset(),
    "signs_button": frozenset(),
    "hurt": frozenset(),
    **{f"hurt_{kind}_button": frozenset[str]() for kind in (*HURTING, *SERIOUS)},
    "hurt_none_button": frozenset(),
    "hurt_serious": frozenset(),
    "hurt_sharp": frozenset(),
    "hurt_leg": frozenset(),
    "hurt_mild": frozenset(),
    "hurt_no_other": frozenset(),
    "hurt_after": frozenset(),
    "hurt_without": frozenset(),
    "felt": frozenset(),
    **{f"felt_{kind}_button": frozenset[str]() for kind in ("easy", "right", "hard", "hurt")},
    "felt_which": frozenset(),
    "felt_unsure_button": frozenset(),
    "felt_easy": frozenset(),
    "felt_harder": frozenset(),
    "felt_right": frozenset(),
    "felt_hard": frozenset(),
}
