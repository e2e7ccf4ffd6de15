"""Every sentence of the bot that belongs to no entry. The words themselves stand in the knowledge."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """The sentences by name. PLACEHOLDERS says which of them are filled in, and with what."""

    welcome: str
    help: str
    about: str
    privacy: str
    understood: str
    which_one: str
    none_of_these: str
    not_what_i_asked: str
    also_asked: str
    new_talk: str
    mydata: str
    mydata_nothing: str
    mydata_talk: str
    mydata_wrote: str
    mydata_told: str
    mydata_shown: str
    mydata_offered: str
    mydata_routine: str
    mydata_notes: str
    mydata_reminded: str
    mydata_draft: str
    mydata_alert: str
    mydata_leg: str
    mydata_profile: str
    mydata_level: str
    mydata_minutes: str
    mydata_place: str
    mydata_equipment: str
    mydata_conditions: str
    mydata_liked: str
    mydata_never: str
    mydata_goal: str
    mydata_break: str
    mydata_uncounted: str
    mydata_zone: str
    mydata_done: str
    mydata_subscription: str
    mydata_sent: str
    mydata_quiet: str
    mydata_silent: str
    mydata_paused: str
    mydata_due: str
    mydata_last: str
    mydata_ended: str
    mydata_tips: str
    mydata_declined: str
    mydata_keeps_pace: str
    mydata_paused_for_good: str
    weekdays: str
    mydata_besides: str
    ask_forget: str
    forget_yes: str
    forget_no: str
    forgotten: str
    kept: str
    in_private: str
    cant_remember: str
    paused: str
    reminder: str
    seen_button: str
    ask_seen: str
    seen_yes: str
    seen_no: str
    go_on: str
    phone_button: str
    phone: str
    phone_sign: str
    card_sources: str
    slow_down: str
    fallback: str
    other_language: str
    unreadable: str
    not_offered: str
    may_send: str
    send_button: str
    sent: str
    not_sent: str
    nothing_to_send: str
    nothing_to_explain: str
    rephrase: str
    sources_button: str
    sources_of: str
    sources_all: str
    source_article: str
    source_guidance: str
    source_experience: str
    topics: str
    topics_of: str
    questions_of: str
    back: str
    more: str
    red_flags: str
    ask_what: str
    unknown_command: str
    ready_go: str
    ready_keep: str
    ready_none: str
    ready_none_keep: str
    ready_changed: str
    ready_told: str
    routine_card: str
    routine_needs: str
    routine_fitted: str
    routine_form: str
    routine_why: str
    routine_shared: str
    routine_over: str
    routine_stopped: str
    routine_code: str
    routine_unknown: str
    routine_another_day: str
    exercise_of_the_day: str
    routine_kept: str
    routine_kept_only: str
    routine_never_dropped: str
    routine_back: str
    routine_back_button: str
    never_taken_back: str
    never_kept: str
    routine_why_button: str
    routine_shorter: str
    routine_gentle: str
    routine_desk: str
    routine_floor: str
    routine_band: str
    routine_share: str
    routine_start: str
    routine_go_on: str
    routine_to_card: str
    routine_again_button: str
    move_done: str
    move_swap: str
    move_stop: str
    move_easier: str
    move_harder: str
    move_never: str
    exercises: str
    exercises_of: str
    exercise_times: str
    exercise_seconds: str
    exercise_each_side: str
    exercise_rounds: str
    exercise_dose: str
    exercise_mistakes: str
    exercise_stop: str
    exercise_usual: str
    exercise_flat: str
    exercise_muscles: str
    exercise_for: str
    exercise_not_for: str
    exercise_instead: str
    exercise_easier: str
    exercise_harder: str
    exercise_or: str
    exercise_no_easier: str
    exercise_no_harder: str
    exercise_no_other: str
    exercise_easier_button: str
    exercise_harder_button: str
    nothing_sent: str
    gone: str
    text_only: str
    empty: str
    failed: str
    sources_chat: str
    chat_welcome: str
    chat_goodbye: str
    bot_description: str
    bot_short_description: str


PLACEHOLDERS: Mapping[str, frozenset[str]] = {
    "about": frozenset({"version", "answers", "reviewed"}),
    "card_sources": frozenset({"publishers"}),
    "understood": frozenset({"question"}),
    "also_asked": frozenset({"question"}),
    "mydata_talk": frozenset({"moment"}),
    "mydata_wrote": frozenset({"texts"}),
    "mydata_told": frozenset({"conditions"}),
    "mydata_shown": frozenset({"titles"}),
    "mydata_offered": frozenset({"labels"}),
    "mydata_routine": frozenset({"day", "moves", "done"}),
    "mydata_notes": frozenset({"notes"}),
    "mydata_reminded": frozenset({"day"}),
    "mydata_draft": frozenset({"wish"}),
    "never_taken_back": frozenset({"name"}),
    "never_kept": frozenset({"name"}),
    "mydata_alert": frozenset({"sign", "moment"}),
    "mydata_leg": frozenset({"moment"}),
    "mydata_level": frozenset({"level"}),
    "mydata_minutes": frozenset({"minutes"}),
    "mydata_place": frozenset({"place"}),
    "mydata_equipment": frozenset({"equipment"}),
    "mydata_conditions": frozenset({"conditions"}),
    "mydata_liked": frozenset({"exercises"}),
    "mydata_never": frozenset({"exercises"}),
    "mydata_goal": frozenset({"days"}),
    "mydata_break": frozenset({"since", "until"}),
    "mydata_sent": frozenset({"what", "time", "days", "zone"}),
    "mydata_quiet": frozenset({"start", "end"}),
    "mydata_paused": frozenset({"day"}),
    "mydata_due": frozenset({"moment"}),
    "mydata_last": frozenset({"day", "count"}),
    "mydata_ended": frozenset({"moment"}),
    "mydata_zone": frozenset({"zone"}),
    "mydata_tips": frozenset({"tips", "count"}),
    "other_language": frozenset({"language"}),
    "paused": frozenset({"sign"}),
    "reminder": frozenset({"sign"}),
    "ask_seen": frozenset({"sign"}),
    "phone_sign": frozenset({"sign"}),
    "sources_of": frozenset({"question"}),
    "topics_of": frozenset({"group"}),
    "questions_of": frozenset({"topic"}),
    "unknown_command": frozenset({"command"}),
    "routine_card": frozenset({"minutes", "count"}),
    "routine_needs": frozenset({"things"}),
    "routine_fitted": frozenset({"conditions"}),
    "routine_form": frozenset({"text"}),
    "routine_over": frozenset({"count"}),
    "routine_stopped": frozenset({"done", "count"}),
    "routine_code": frozenset({"code"}),
    "routine_unknown": frozenset({"words"}),
    "exercises_of": frozenset({"shelf"}),
    "exercise_times": frozenset({"count"}),
    "exercise_seconds": frozenset({"count"}),
    "exercise_each_side": frozenset({"dose"}),
    "exercise_rounds": frozenset({"dose", "count"}),
    "exercise_dose": frozenset({"dose", "seconds"}),
    "exercise_mistakes": frozenset({"mistakes"}),
    "exercise_stop": frozenset({"text"}),
    "exercise_muscles": frozenset({"name", "muscles"}),
    "exercise_for": frozenset({"condition", "text"}),
    "exercise_not_for": frozenset({"condition", "text"}),
    "exercise_easier": frozenset({"name", "text"}),
    "exercise_harder": frozenset({"name", "text"}),
    "exercise_easier_button": frozenset({"name"}),
    "exercise_harder_button": frozenset({"name"}),
}
