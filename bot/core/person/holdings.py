"""Everything that is held of a person, in words for that person. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time

from bot.core.exercises.exercise import PREFIX
from bot.core.model import Knowledge
from bot.core.person.profile import Done, Profile
from bot.core.plain import STRONG
from bot.core.schedules.schedule import FOR_GOOD, Schedule, What
from bot.core.subscriptions.drafts import CLOSED, Draft
from bot.core.subscriptions.subscription import Subscriber
from bot.core.talk import Alert, Context, Held
from bot.core.tips.tip import SeenTip


def describe(held: Held, knowledge: Knowledge) -> str:
    """What is held, paragraph by paragraph."""
    says, context = knowledge.messages, held.context
    alert = context.alert if context else None
    parts = [
        *([_talk(context, knowledge)] if context else []),
        *([_alert(alert, knowledge)] if alert else []),
        *([says.mydata_leg.format(moment=_moment(context.leg_at))] if context and context.leg_at else []),
        *_titled(says.mydata_profile, _profile(held.profile, knowledge)),
        *_titled(says.mydata_done, map(_done, held.profile.history)),
        *_titled(
            says.mydata_subscription,
            [
                *(_subscription(held.subscriber, knowledge) if held.subscriber else ()),
                *_tips(held.tips, knowledge),
            ],
        ),
    ]
    return "\n\n".join([says.mydata if parts else says.mydata_nothing, *parts, says.mydata_besides])


def _talk(context: Context, knowledge: Knowledge) -> str:
    says = knowledge.messages
    asked = context.asked.text if context.asked else ""
    missed = context.missed.text if context.missed else ""
    wrote = [f"“{_harmless(text)}”" for text in _once([*context.heard, context.said, missed, asked])]
    titles = [
        _title(name, knowledge) for name in _once([*context.seen, context.entry or "", *context.others])
    ]
    state = context.routine
    answers = state.answers if state else None
    answered = sorted((answers or frozenset()) | state.ticked) if state else []
    told = _once(
        _told(condition.removeprefix("@"), knowledge)
        for condition in (*context.conditions, *sorted(context.told), *answered)
    )
    told = told or ([says.mydata_none] if answers is not None else [])
    offered = [offer.label for offer in context.suggestions]
    lines = [
        says.mydata_talk.format(moment=_moment(context.at)),
        *([says.mydata_wrote.format(texts=", ".join(wrote))] if wrote else []),
        *([says.mydata_told.format(conditions=", ".join(told))] if told else []),
        *_routine(context, knowledge),
        *([says.mydata_shown.format(titles=", ".join(titles))] if titles else []),
        *([says.mydata_offered.format(labels=", ".join(offered))] if offered else []),
        *([says.mydata_notes.format(notes=_notes(context, knowledge))] if context.disclaimed else []),
        *_open(context.draft, knowledge),
        *([says.mydata_reminded.format(day=context.reminded)] if context.reminded else []),
    ]
    return "\n".join(lines)


def _notes(context: Context, knowledge: Knowledge) -> str:
    """The notes under the last answer, by the first sentence of each."""
    notes = [knowledge.disclaimers.get(name) for name in context.disclaimed]
    return ", ".join(f"“{note.text.partition('. ')[0].rstrip('.')}”" for note in notes if note)


def _open(draft: Draft | None, knowledge: Knowledge) -> Iterator[str]:
    """A wish for tips that is not whole yet; none while nothing is asked."""
    if draft is not None and draft.awaits not in CLOSED:
        yield knowledge.messages.mydata_draft.format(wish=_draft(draft, knowledge))


def _draft(draft: Draft, knowledge: Knowledge) -> str:
    """What is known so far of a wish for tips."""
    names = knowledge.messages.weekdays.split(", ")
    times = [_time(at) for at in ([draft.at] if draft.at is not None else draft.times)]
    days = [names[day] for day in sorted(draft.weekdays or ())]
    what = [_sent(draft.what, knowledge)] if draft.what else []
    zone = [draft.zone] if draft.zone else []
    return ", ".join([*what, *times, *days, *zone]) or "…"


def _routine(context: Context, knowledge: Knowledge) -> Iterator[str]:
    session = context.routine.session if context.routine else None
    if session:
        moves = ", ".join(_words(move.exercise) for move in session.routine.moves)
        day = session.routine.day.isoformat()
        yield knowledge.messages.mydata_routine.format(day=day, moves=moves, done=session.done)


def _alert(alert: Alert, knowledge: Knowledge) -> str:
    flag = knowledge.red_flags.get(alert.flag)
    sign = flag.later_name if flag else alert.flag
    return knowledge.messages.mydata_alert.format(sign=sign, moment=_moment(alert.at))


def _profile(profile: Profile, knowledge: Knowledge) -> Iterator[str]:
    """A line for each thing that is known."""
    says = knowledge.messages
    if profile.level:
        yield says.mydata_level.format(level=profile.level)
    if profile.minutes:
        yield says.mydata_minutes.format(minutes=profile.minutes)
    if profile.place:
        yield says.mydata_place.format(place=_words(profile.place))
    if profile.equipment:
        yield says.mydata_equipment.format(equipment=_list(profile.equipment))
    if profile.lacking:
        yield says.mydata_lacking.format(equipment=_list(profile.lacking))
    if profile.conditions or profile.keeps_conditions:
        agreed = ", ".join(_told(name, knowledge) for name in sorted(profile.conditions))
        yield says.mydata_conditions.format(conditions=agreed or says.mydata_none)
    if profile.liked:
        yield says.mydata_liked.format(exercises=_list(profile.liked))
    if profile.never:
        yield says.mydata_never.format(exercises=_list(profile.never))
    yield from _regularity(profile, knowledge)


def _regularity(profile: Profile, knowledge: Knowledge) -> Iterator[str]:
    """A line for each thing that is known of how regularly somebody trains."""
    says = knowledge.messages
    if profile.goal:
        yield says.mydata_goal.format(days=profile.goal)
    for rest in profile.breaks:
        yield says.mydata_break.format(since=rest.since, until=rest.until or "…")
    if profile.hides_progress:
        yield says.mydata_uncounted
    if profile.zone:
        yield says.mydata_zone.format(zone=profile.zone)


def _subscription(subscriber: Subscriber, knowledge: Knowledge) -> Iterator[str]:
    """What comes, when, and how far it is."""
    says, kept, schedule = knowledge.messages, subscriber.subscription, subscriber.subscription.schedule
    names = says.weekdays.split(", ")
    chosen = schedule.weekdays if schedule.weekly_on is None else {schedule.weekly_on}
    days = ", ".join(names[day] for day in sorted(chosen))
    said = says.mydata_was_sent if subscriber.ended_at else says.mydata_sent
    what = _sent(kept.what, knowledge)
    yield said.format(what=what, time=_time(schedule.at), days=days, zone=kept.zone)
    if schedule.quiet:
        yield says.mydata_quiet.format(start=_time(schedule.quiet.start), end=_time(schedule.quiet.end))
    if kept.is_silent:
        yield says.mydata_silent
    if kept.keeps_pace:
        yield says.mydata_keeps_pace
    yield from _rests(schedule, knowledge)
    if kept.language:
        yield says.mydata_language.format(language=kept.language)
    if subscriber.due:
        yield says.mydata_due.format(moment=_moment(subscriber.due.at))
    if subscriber.last:
        yield says.mydata_last.format(day=subscriber.last, count=subscriber.unanswered)
    if subscriber.ended_at:
        yield says.mydata_ended.format(moment=_moment(subscriber.ended_at))
    if kept.is_declined:
        yield says.mydata_declined


def _rests(schedule: Schedule, knowledge: Knowledge) -> Iterator[str]:
    """How it is paused, made rarer and put off."""
    says = knowledge.messages
    for pause in schedule.pauses:
        until = says.mydata_until_back if pause.until == FOR_GOOD else pause.until
        said = says.mydata_paused_from if pause.start else says.mydata_paused
        yield said.format(start=pause.start, day=until)
        if pause.why:
            yield says.mydata_paused_for.format(why=pause.why)
    if schedule.weekly_on is not None:
        names = says.weekdays.split(", ")
        days = ", ".join(names[day] for day in sorted(schedule.weekdays))
        yield says.mydata_weekly.format(days=days)
    if schedule.postponed:
        day, moment = schedule.postponed.day, _moment(schedule.postponed.at)
        yield says.mydata_postponed.format(day=day, moment=moment)


def _tips(seen: Sequence[SeenTip], knowledge: Knowledge) -> Iterator[str]:
    """The tips that came."""
    if seen:
        named = ", ".join(f"{_words(each.tip)} ({each.day})" for each in seen)
        yield knowledge.messages.mydata_tips.format(count=len(seen), tips=named)


def _sent(what: What, knowledge: Knowledge) -> str:
    """What is sent, in words."""
    return knowledge.tip_talk.says.get(what.value, what.value)


def _told(name: str, knowledge: Knowledge) -> str:
    """Something that a person told or answered, in words."""
    held = {answer.value: said for answer, said in knowledge.routine_talk.held.items()}
    return held.get(name) or _words(name)


def _time(at: time) -> str:
    return f"{at:%H:%M}"


def _done(done: Done) -> str:
    about = ", ".join(_words(word) for word in (done.felt, done.routine) if word)
    return f"{_moment(done.at)}: {_words(done.exercise)}" + (f" ({about})" if about else "")


def _titled(title: str, lines: Iterable[str]) -> list[str]:
    """Lines under a title; nothing if there are none."""
    known = list(lines)
    return ["\n".join([title, *known])] if known else []


def _title(name: str, knowledge: Knowledge) -> str:
    entry, exercise = knowledge.entries.get(name), knowledge.exercises.get(name.removeprefix(PREFIX))
    if entry:
        return entry.title
    return exercise.name if exercise else _words(name.removeprefix(PREFIX))


def _once(texts: Iterable[str]) -> list[str]:
    """Texts in their order, none of them twice or empty."""
    return [text for text in dict.fromkeys(texts) if text]


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(map(_words, names)))


def _words(name: str) -> str:
    """An id as people read it."""
    return name.replace("-", " ").replace("_", " ")


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _harmless(text: str) -> str:
    """Somebody's words without what would make others of them strong."""
    return " ".join(text.replace(STRONG, "").split())
