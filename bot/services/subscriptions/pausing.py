"""Pauses what is sent to somebody, goes on with it, postpones one delivery, ends it."""

from dataclasses import replace
from datetime import date, timedelta

from bot.core.model import Action, Knowledge
from bot.core.person.profile import Break, Change, Profile
from bot.core.player.progress import resting, with_break, without_break
from bot.core.schedules.hearing import ScheduleHearing
from bot.core.schedules.pauses import LONGEST_PAUSE
from bot.core.schedules.schedule import (
    FOR_GOOD,
    ONE_DAY,
    Due,
    Schedule,
    What,
    adjoined,
    gives_up,
    later,
    moment_of,
    paused,
    resumed,
)
from bot.core.schedules.spoken_times import SpokenTimes
from bot.core.schedules.words import LaterWanted, PauseWanted, Refused
from bot.core.subscriptions.drafts import RESTING, Awaits, Draft
from bot.core.subscriptions.pages import END_TOPIC, SubscriptionPages, kept
from bot.core.subscriptions.standing import Standing
from bot.core.subscriptions.subscription import Subscriber
from bot.core.talk import Kind, Reply, Suggestion

PLAIN, ILL, HOLIDAY = "plain", "ill", "holiday"  # why it pauses
RESTING_FOR = frozenset({ILL, HOLIDAY})  # on whose days nobody is expected to train either
LEFT = {What.TIP: What.ROUTINE, What.ROUTINE: What.TIP}  # without one of two
LATER_BY = timedelta(hours=3)


class Pausing:
    """Lets deliveries rest, and lets them come again."""

    def __init__(self, knowledge: Knowledge, pages: SubscriptionPages, hearing: ScheduleHearing) -> None:
        self._says = knowledge.tip_talk.says
        self._of_training = knowledge.routine_talk.player
        self._nothing = knowledge.messages.nothing_sent
        self._crisis = next((f.id for f in knowledge.red_flags.values() if f.action is Action.CRISIS), "")
        self._times = SpokenTimes(knowledge)
        self._pages = pages
        self._hearing = hearing

    def command(self, standing: Standing, argument: str) -> Reply:
        """What stands behind /pause: nothing, a number of days, or words."""
        if standing.active is None:
            return self._pages.nothing("nothing_to_pause")
        if argument.isdecimal() and argument.isascii():
            days = int(argument[:4])
            if not 0 < days <= LONGEST_PAUSE // ONE_DAY:
                return self._pages.refused("too_long" if days else "past_date", AWAITING)
            return self.pause(standing, PauseWanted(until=standing.today + days * ONE_DAY, why=PLAIN))
        return self.answered(standing, self._hearing.pause(argument, standing.today))

    def heard(self, standing: Standing, text: str) -> Reply | None:
        """What an answer to how long does; it counts from the day the pause begins. None: it is no answer."""
        kept = standing.active.subscription.schedule if standing.active else None
        start = kept.paused_from if kept and kept.paused_until == FOR_GOOD else None
        said = self._hearing.pause(text, max(start or standing.today, standing.today))
        if isinstance(said, PauseWanted):
            return self.pause(standing, replace(said, start=said.start or start)) if said.until else None
        return self.answered(standing, said) if said else None

    def answered(self, standing: Standing, said: PauseWanted | Refused | None) -> Reply:
        """What to do with what was said of how long."""
        match said:
            case PauseWanted():
                return self.pause(standing, said)
            case Refused():
                return self._pages.refused(said.sentence, AWAITING)
            case None:
                return self._pages.unclear(AWAITING, tuple(self._pages.pause_buttons()))

    def pause(self, standing: Standing, wanted: PauseWanted) -> Reply:
        """Send nothing up to a day, or until the person is back."""
        if standing.active is None:
            return self._pages.nothing("nothing_to_pause")
        before = standing.active.subscription
        asked = paused(
            before.schedule, wanted.until or FOR_GOOD, wanted.start, _reason(before.schedule, wanted)
        )
        schedule = adjoined(before.schedule, asked)
        start, until = schedule.paused_from, schedule.paused_until or FOR_GOOD
        if start is not None and start <= standing.today:
            start = None
        subscriber, changed = standing.having(replace(before, schedule=schedule))
        why = f"_{wanted.why}" if wanted.why != PLAIN else ""
        resume = Suggestion(label=self._says["resume_button"], utterance="/resume")
        if wanted.until is None:
            buttons = [*self._pages.pause_buttons(), resume]
            said = self._says["paused_from" if wanted.start else f"paused{why}"]
            reply = self._pages.say(said.format(start=self._day(wanted.start)), buttons, AWAITING)
            return replace(reply, topic=END_TOPIC, change=_rested(kept(standing, subscriber), standing))
        coming, dated = self._pages.coming(standing, changed.following)
        is_later = changed.following is None or changed.following.day > until
        before_it = [self._says["paused_before"].format(day=self._day(until))] if is_later else []
        is_apart = gives_up(before.schedule, schedule, standing.today)
        given_up = [self._says["pause_given_up"]] if is_apart else []
        coming = " ".join([*(before_it if start is None else []), coming, *given_up])
        reply = self._pages.say(self._spanned(start, until, why).format(next=coming), [resume])
        change = _rested(kept(standing, subscriber), standing)
        return replace(reply, topic=END_TOPIC, dated=dated, change=change, draft=RESTING)

    def _day(self, day: date | None) -> str:
        return self._times.day(day) if day else ""

    def _spanned(self, start: date | None, until: date, why: str) -> str:
        """What is said of a pause with an end, without when the next one comes."""
        if start is None:
            return self._says[f"paused_until{why}"]
        end = until - ONE_DAY
        said = self._says["paused_day" if start == end else "paused_span"]
        return said.format(start=self._day(start), end=self._day(end), next="{next}")

    def resume(self, standing: Standing, active: Subscriber) -> Reply:
        """Send again from now on."""
        before = active.subscription
        subscriber, changed = standing.having(replace(before, schedule=resumed(before.schedule)))
        coming, dated = self._pages.coming(standing, changed.following)
        name = "resumed" if before.schedule.paused_until else "not_paused"
        reply = self._pages.say(self._says[name].format(next=coming))
        return replace(reply, dated=dated, change=_rested(kept(standing, subscriber), standing))

    def recovered(self, standing: Standing, active: Subscriber) -> Reply | None:
        """What follows when somebody says to be better: only an illness's pause ends. None: there is none."""
        schedule = active.subscription.schedule
        if schedule.paused_until is None or schedule.paused_until <= standing.today:
            return None
        if schedule.paused_for == ILL:
            return self.resume(standing, active)
        name = "better_for_good" if schedule.paused_until == FOR_GOOD else "better"
        resume = Suggestion(label=self._says["resume_button"], utterance="/resume")
        said = self._says[name].format(day=self._day(schedule.paused_until))
        return replace(self._pages.say(said, [resume], RESTING), topic=END_TOPIC)

    def counted_out(self, standing: Standing, wanted: PauseWanted, reply: Reply) -> Reply:
        """The reply to somebody who is ill or away, without a pause of what is sent.

        If there was any training to count, these days are a break from now on, and the reply says so.
        """
        profile, start = standing.profile, wanted.start or standing.today
        is_known = wanted.until is None and resting(profile, start)
        if wanted.why not in RESTING_FOR or not profile.history or is_known or reply.change is not None:
            return reply
        until = wanted.until - ONE_DAY if wanted.until else None
        change = Change(profile=_with_rest(profile, standing.today, start, until))
        if profile.hides_progress:
            return replace(reply, change=change)
        said = self._of_training["progress_frozen"]
        back = Suggestion(label=self._of_training["progress_back_button"], utterance="/progress back")
        if reply.kind in {Kind.FALLBACK, Kind.CLARIFICATION}:
            return replace(self._pages.say(said, [back]), change=change)
        text, suggestions = f"{reply.text}\n\n{said}", (*reply.suggestions, back)
        return replace(reply, text=text, suggestions=suggestions, change=change)

    def counted_in(self, standing: Standing) -> Reply:
        """What follows when somebody says to be back or better whose days did not count."""
        breaks = without_break(standing.profile.breaks, standing.today)
        today = Suggestion(label=self._says["routine_button"], utterance="/routine")
        reply = self._pages.say(self._of_training["progress_unfrozen"], [today])
        return replace(reply, change=Change(profile=replace(standing.profile, breaks=breaks)))

    def later(self, standing: Standing, wanted: LaterWanted) -> Reply:
        """Send today's once more, or later; the schedule stays as it is."""
        active = standing.active
        if active is None:
            return self._pages.nothing()
        coming, dated = self._pages.coming(standing, active.due)
        if standing.is_withheld:
            return self._pages.say(coming)
        due = _todays(standing, active)
        if due is None:
            return replace(self._pages.say(self._says["nothing_today"].format(next=coming)), dated=dated)
        before = active.subscription
        postponed = before.schedule.postponed
        if wanted == LaterWanted() and postponed is not None and postponed.day == due.day:
            return replace(self._pages.say(self._says["later_once"].format(next=coming)), dated=dated)
        by = _by(standing, wanted, due)
        moved = later(before.schedule, standing.clock, due, standing.now, by) if by > timedelta() else None
        if moved is None or moved.postponed is None:
            return replace(self._pages.say(self._says["later_not"].format(next=coming)), dated=dated)
        again = replace(
            active, subscription=replace(before, schedule=moved), due=moved.postponed, unanswered=0
        )
        at = self._times.moment(moved.postponed.at, standing.clock, standing.now)
        reply = self._pages.say(self._says["later"].format(moment=at.text))
        return replace(reply, dated=(at,), change=kept(standing, again))

    def end_and_erase(self, standing: Standing) -> Reply:
        """The same for somebody who wants everything erased as well: that they have to say once more."""
        ended = self.end(standing)
        return replace(ended, text=f"{ended.text} {self._says['ended_and_erase']}")

    def drop(self, standing: Standing, what: What) -> Reply:
        """Send one of two things no more and go on with the other; where nothing is left it is an end."""
        active = standing.active
        left = LEFT.get(what)
        if active is None or left is None or active.subscription.what is not What.BOTH:
            return self.end(standing)
        subscriber, changed = standing.having(replace(active.subscription, what=left))
        return self._pages.dropped(standing, subscriber, changed, what)

    def end_this(self, standing: Standing) -> Reply:
        """The same for words that could also be despair: whoever meant that has a way to help."""
        ended = self.end(standing)
        button = Suggestion(label=self._says["not_well_button"], utterance=f"/flag {self._crisis}")
        text = f"{ended.text}\n\n{self._says['ended_this']}"
        return replace(ended, text=text, suggestions=(button, *ended.suggestions))

    def end(self, standing: Standing) -> Reply:
        """Send nothing more, at once."""
        active = standing.active
        if active is None:
            return replace(self._pages.say(self._nothing), topic=END_TOPIC)
        subscription = replace(active.subscription, is_declined=True)
        ended = replace(active, subscription=subscription, due=None, ended_at=standing.now)
        return self._pages.ended(standing, ended)


AWAITING = Draft(awaits=Awaits.PAUSE, is_change=True)


def _rested(change: Change, standing: Standing) -> Change:
    """The same with a break from training for as long as illness or a holiday pauses what is sent.

    It takes the place of a break that goes on then, and ends with the pause; no other pause touches breaks.
    """
    if standing.active is None or change.subscriber is None:
        return change
    before, after = (each.subscription.schedule for each in (standing.active, change.subscriber))
    if RESTING_FOR.isdisjoint({before.paused_for, after.paused_for}):
        return change
    start = max(after.paused_from or standing.today, standing.today)
    if after.paused_for in RESTING_FOR and after.paused_until is not None:
        until = None if after.paused_until == FOR_GOOD else after.paused_until - ONE_DAY
        return replace(change, profile=_with_rest(standing.profile, standing.today, start, until))
    profile = standing.profile
    return replace(change, profile=replace(profile, breaks=_open_until(profile, standing.today, start)))


def _with_rest(profile: Profile, today: date, start: date, until: date | None) -> Profile:
    """A profile with a break from one day to another in the place of those that go on or are to come."""
    return replace(profile, breaks=with_break(_open_until(profile, today, start), start, until))


def _open_until(profile: Profile, today: date, start: date) -> tuple[Break, ...]:
    """The breaks that have begun, each over before a day."""
    begun = tuple(each for each in profile.breaks if each.since <= today)
    return without_break(begun, start)


def _reason(before: Schedule, wanted: PauseWanted) -> str:
    """Why it pauses; a pause without an end that gets one is still for the same reason."""
    if wanted.why != PLAIN:
        return wanted.why
    return before.paused_for if before.paused_until == FOR_GOOD else ""


def _todays(standing: Standing, active: Subscriber) -> Due | None:
    """The delivery of the person's own day: the one that is due, or that came."""
    if active.due is not None and active.due.at.astimezone(standing.clock).date() == standing.today:
        return active.due
    return Due(day=standing.today, at=standing.now) if active.last == standing.today else None


def _by(standing: Standing, wanted: LaterWanted, due: Due) -> timedelta:
    """How much later than now is wanted; just "later" is later than it would come."""
    if wanted.at is not None:
        return moment_of(standing.today, wanted.at, standing.clock) - standing.now
    if wanted.by is not None:
        return wanted.by
    return max(due.at - standing.now, timedelta()) + LATER_BY
