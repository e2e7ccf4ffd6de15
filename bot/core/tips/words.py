"""The words around tips and reminders: what the bot says, and whole messages that it hears. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

END_THIS = "end_this"  # an end of what is sent, unless other things are talked of: then it may be despair
PHRASES = frozenset(
    {
        "resume",
        "recovered",
        "no",
        "wrong",
        "again",
        "end",
        "end_all",
        END_THIS,
        "end_tip",
        "end_reminder",
        "leave",
        "weekly",
        "keep",
        "show",
        "silent",
        "sound",
        "quiet",
        "zone",
        "no_quiet",
        "erase",
        "held",
        "end_and_erase",
    }
)

_FILLED: Mapping[str, frozenset[str]] = {
    "where": frozenset({"summary"}),
    "place_now": frozenset({"place", "time"}),
    "done": frozenset({"summary", "place", "now"}),
    "summary": frozenset({"what", "days", "time"}),
    "days_some": frozenset({"days"}),
    "days_weekly": frozenset({"day"}),
    "and": frozenset({"before", "last"}),
    "today": frozenset({"time"}),
    "tomorrow": frozenset({"time"}),
    "on_day": frozenset({"weekday", "day", "month", "time"}),
    "day_only": frozenset({"weekday", "day", "month"}),
    "first": frozenset({"moment"}),
    "left_out": frozenset({"days"}),
    "zone_kept": frozenset({"place", "now"}),
    "paused_from": frozenset({"start"}),
    "paused_day": frozenset({"start", "next"}),
    "paused_span": frozenset({"start", "end", "next"}),
    "paused_until": frozenset({"next"}),
    "paused_before": frozenset({"day"}),
    "paused_until_holiday": frozenset({"next"}),
    "paused_until_ill": frozenset({"next"}),
    "pause_days_button": frozenset({"days"}),
    "pause_weeks_button": frozenset({"weeks"}),
    "resumed": frozenset({"next"}),
    "not_paused": frozenset({"next"}),
    "later": frozenset({"moment"}),
    "later_not": frozenset({"next"}),
    "nothing_today": frozenset({"next"}),
    "later_once": frozenset({"next"}),
    "still_paused_until": frozenset({"day"}),
    "dropped_tip": frozenset({"summary"}),
    "dropped_routine": frozenset({"summary"}),
    "better": frozenset({"day"}),
    "shall_change": frozenset({"summary"}),
    "settings_zone": frozenset({"place", "now"}),
    "settings_quiet": frozenset({"start", "end"}),
    "settings_paused_until": frozenset({"day"}),
    "settings_paused_span": frozenset({"start", "day"}),
    "settings_paused_open": frozenset({"start"}),
    "pause_stays": frozenset({"start", "day"}),
    "pause_stays_open": frozenset({"start"}),
    "time_button": frozenset({"time"}),
    "quiet_hours_button": frozenset({"start", "end"}),
}
_PLAIN = (
    "reminder", "routine_button", "more_button", "stop_button", "later_button", "offer",
    "offer_weekly_button", "offer_keep_button", "kept", "when", "when_change", "when_unclear",
    "where_change", "which_place", "guessed_place", "unknown_place", "no_place_button", "let_it_be",
    "tip", "routine", "both", "days_all", "days_workdays", "days_weekend", "came", "passed", "never",
    "not_here", "withheld", "still_paused", "better_for_good", "what_else",
    "ended", "ended_and_erase", "again_button", "again_weekly_button", "not_for_groups", "nothing_to_pause",
    "paused", "paused_holiday", "paused_ill", "how_long_unclear", "pause_week_button", "resume_button",
    "settings", "settings_nothing", "settings_silent", "settings_paused", "settings_more", "what_button",
    "days_button", "quiet_button", "silent_button", "sound_button", "zone_button", "settings_button",
    "pause_button", "end_button", "begin_button", "back_button", "what", "tip_button", "reminder_button",
    "both_button", "days", "weekly_button", "daily_button", "one_day_at_least", "quiet",
    "ended_this", "not_well_button",
    "change_button", "no_change_button", "no_quiet_button", "quiet_unclear", "pause", "for_good_button",
)  # fmt: skip
TIP_SAYS: Mapping[str, frozenset[str]] = {**_FILLED, **dict.fromkeys(_PLAIN, frozenset[str]())}


@dataclass(frozen=True, slots=True, kw_only=True)
class TipTalk:
    """How people of a language are spoken to of what is sent to them.

    `says` are the sentences of TIP_SAYS, with the words in braces that they are filled in with; `places` are
    time zones that are offered as buttons, with their labels; `phrases` are the whole messages of PHRASES,
    in the small pattern language, `moved` what stands before a place that somebody lives in, and `quieting`
    what stands before hours in which nothing shall come.
    """

    says: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    moved: tuple[str, ...] = ()
    quieting: tuple[str, ...] = ()
