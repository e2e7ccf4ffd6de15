"""What is said to somebody who subscribes, pauses, or ends it. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time

from bot.core.model import Knowledge
from bot.core.person.profile import Change
from bot.core.schedules.places import Place, by_sign
from bot.core.schedules.rescheduling import Changed, Today
from bot.core.schedules.resting import coming_pauses
from bot.core.schedules.schedule import FOR_GOOD, Due, What
from bot.core.schedules.spoken_times import SpokenTimes, clock
from bot.core.schedules.words import AskBack, Wanted
from bot.core.subscriptions.drafts import SETTLED, SUBSCRIBE, Awaits, Draft, begun, code, draft, joined
from bot.core.subscriptions.standing import Standing
from bot.core.subscriptions.subscription import Subscriber, Subscription
from bot.core.talk import Dated, Kind, Reply, Suggestion

TOPIC, END_TOPIC = "subscribe", "unsubscribe"
TIMES = (time(7), time(8), time(12, 30), time(18))  # that are offered
PAUSES = (3, 7, 14)  # days that are offered
A_WEEK = 7
NEAR = {
    "every_other_day": Wanted(weekdays=frozenset({0, 2, 4, 6})),
    "monthly": Wanted(weekly=True),
}  # what comes near to what can't be, by the sentence that says so


class SubscriptionPages:
    """Asks when and where, and says what holds from now on."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._says = knowledge.tip_talk.says
        self._times = SpokenTimes(knowledge)

    def ask_when(self, wanted: Wanted, *, is_change: bool = False) -> Reply:
        """The question at what time."""
        said = self._says["when_change" if is_change else "when"]
        awaited = draft(wanted, Awaits.TIME, is_change=is_change)
        return self.say(said, self._time_buttons(wanted, TIMES), awaited)

    def ask_half(self, asked: AskBack, wanted: Wanted, *, is_change: bool) -> Reply:
        """The question which of two times is meant."""
        awaits = Awaits.HALF if asked.times else Awaits.TIME
        awaited = replace(draft(wanted, awaits, is_change=is_change), times=asked.times)
        return self.say(self.sentence(asked.sentence), self._time_buttons(wanted, asked.times), awaited)

    def ask_again(self, awaited: Draft) -> Reply:
        """The question at what time, or which of two times is meant, once more."""
        if awaited.awaits is not Awaits.HALF:
            return self.ask_when(awaited.wanted, is_change=awaited.is_change)
        asked = AskBack(sentence="morning_or_evening", times=awaited.times, wanted=awaited.wanted)
        return self.ask_half(asked, awaited.wanted, is_change=awaited.is_change)

    def ask_when_there(self, standing: Standing, awaited: Draft) -> Reply:
        """The same for somebody whose clock has just become known."""
        asked, said = self.ask_again(awaited), self._says["zone_kept"].format(**self._clock_now(standing))
        return replace(asked, text=f"{said} {asked.text}")

    def ask_where(self, wanted: Wanted, now: datetime, clocks: Sequence[tuple[str, datetime]]) -> Reply:
        """The question by which clock; `clocks` are zones that are offered, with the moment there."""
        says, is_change = self._says, wanted.at is None
        said = says["where_change"] if is_change else says["where"].format(summary=self._asked(wanted, now))
        labels = self._knowledge.tip_talk.places
        buttons = [
            Suggestion(
                label=says["place_now"].format(place=labels[zone], time=clock(local)),
                utterance=_to_zone(wanted, zone),
            )
            for zone, local in clocks
        ]
        return self.say(said, buttons, draft(wanted, Awaits.PLACE, is_change=is_change))

    def ask_which(self, places: Iterable[Place], awaited: Draft, *, is_guess: bool) -> Reply:
        """The question which of some places is meant."""
        buttons = [
            Suggestion(label=place.label, utterance=_to_zone(awaited.wanted, place.zone)) for place in places
        ]
        none = Suggestion(label=self._says["no_place_button"], utterance="/zone")
        said = "guessed_place" if is_guess and len(buttons) == 1 else "which_place"
        asked = self.say(self._says[said], [*buttons, none], awaited)
        return replace(asked, kind=Kind.CLARIFICATION)

    def propose(self, after: Subscription, place: str = "") -> Reply:
        """The question whether what is sent shall be changed to this, and to the clock of a place."""
        schedule, says = after.schedule, self._says
        is_weekly = schedule.weekly_on is not None
        days = schedule.weekdays if schedule.weekly_on is None else frozenset({schedule.weekly_on})
        wanted = Wanted(what=after.what, at=schedule.at, weekdays=days, weekly=is_weekly)
        buttons = [
            Suggestion(label=says["change_button"], utterance=f"{SUBSCRIBE}{code(wanted)} {place}".strip()),
            Suggestion(label=says["no_change_button"], utterance="/settings"),
        ]
        said = says["shall_change"].format(summary=self._times.summary(after.what, schedule))
        asked = self.say(said, buttons, Draft(awaits=Awaits.TIME, is_change=True))
        return replace(asked, kind=Kind.CLARIFICATION)

    def unclear(self, awaited: Draft, buttons: Sequence[Suggestion]) -> Reply:
        """What to say to an answer that can't be understood: what can, with the buttons once more."""
        name = {
            Awaits.PLACE: "unknown_place",
            Awaits.PAUSE: "how_long_unclear",
            Awaits.QUIET: "quiet_unclear",
        }.get(awaited.awaits, "when_unclear")
        return self.say(self._says[name], buttons, awaited)

    def refused(self, sentence: str, awaited: Draft | None = None) -> Reply:
        """Why something can't be, and what can; what comes near is offered."""
        near = NEAR.get(sentence)
        if near is None or awaited is None:
            return self.say(self.sentence(sentence), (), awaited)
        label = self._says["weekly_button"] if near.weekly else self._times.days(near.weekdays or ())
        buttons = [
            Suggestion(label=label, utterance=f"{SUBSCRIBE}{code(joined(awaited.wanted, near))}"),
            Suggestion(label=self._says["no_change_button"], utterance="/settings"),
        ]
        return replace(self.say(self.sentence(sentence), buttons, awaited), kind=Kind.CLARIFICATION)

    def done(self, standing: Standing, subscriber: Subscriber, changed: Changed) -> Reply:
        """What holds from now on, and when it comes first."""
        kept = subscriber.subscription
        said = self._says["done"].format(
            summary=self._times.summary(kept.what, kept.schedule), **self._clock_now(standing)
        )
        is_paused = kept.schedule.paused_until is not None
        resume = Suggestion(label=self._says["resume_button"], utterance="/resume")
        pause = Suggestion(label=self._says["pause_button"], utterance="/settings pause")
        buttons = [resume if is_paused else pause]
        return replace(self.changed(standing, subscriber, changed, said, buttons), draft=SETTLED)

    def dropped(self, standing: Standing, subscriber: Subscriber, changed: Changed, what: What) -> Reply:
        """The word that one of two things comes no more, and which goes on."""
        left = subscriber.subscription
        said = self._says[f"dropped_{what.value}"]
        said = said.format(summary=self._times.summary(left.what, left.schedule))
        end = Suggestion(label=self._says["end_button"], utterance="/unsubscribe")
        return replace(self.changed(standing, subscriber, changed, said, [end]), draft=SETTLED)

    def changed(
        self,
        standing: Standing,
        subscriber: Subscriber,
        changed: Changed,
        said: str,
        buttons: Iterable[Suggestion] = (),
    ) -> Reply:
        """Something said of a change, with what follows from it."""
        coming, dated = self._coming_after(standing, subscriber, changed)
        follows = self._follows(standing, changed) if standing.delivers else ()
        sentences = [said, *follows, coming]
        settings = Suggestion(label=self._says["settings_button"], utterance="/settings")
        reply = self.say(" ".join(filter(None, sentences)), [settings, *buttons])
        return replace(reply, dated=dated, change=kept(standing, subscriber))

    def next(self, standing: Standing, due: Due | None) -> tuple[Dated, ...]:
        """When the next one comes, in words; nothing where none can come."""
        if not standing.delivers or standing.is_withheld:
            return ()
        return (self._times.moment(due.at, standing.clock, standing.now),) if due else ()

    def coming(self, standing: Standing, due: Due | None) -> tuple[str, tuple[Dated, ...]]:
        """A sentence on when the next one comes, with the moment in it."""
        if not standing.delivers:
            return self._says["not_here"], ()
        if standing.is_withheld:
            return self._says["withheld"], ()
        dated = self.next(standing, due)
        return self._says["first"].format(moment=dated[0].text) if dated else self._says["never"], dated

    def _coming_after(
        self, standing: Standing, subscriber: Subscriber, changed: Changed
    ) -> tuple[str, tuple[Dated, ...]]:
        """The same after a change, which ends no pause."""
        pauses = coming_pauses(subscriber.subscription.schedule, standing.today)
        holding = [pause for pause in pauses if pause.covers(standing.today)]
        if not pauses or not standing.delivers:
            return self.coming(standing, changed.following)
        if any(pause.until == FOR_GOOD for pause in holding):
            return self._says["still_paused"], ()
        coming, dated = self.coming(standing, changed.following)
        held = [self._says["still_paused_until"].format(day=self._times.day(each.until)) for each in holding]
        later = self._times.staying([each for each in pauses if each not in holding], standing.today)
        return " ".join([*held, coming, *later]), dated

    def ended(self, standing: Standing, subscriber: Subscriber) -> Reply:
        """The one line that nothing comes any more."""
        schedule = subscriber.subscription.schedule
        buttons = [Suggestion(label=self._says["again_button"], utterance="/subscribe")]
        if schedule.weekly_on is None and len(schedule.weekdays) > 1:
            weekly = f"{SUBSCRIBE}{code(Wanted(weekly=True))}"
            buttons.append(Suggestion(label=self._says["again_weekly_button"], utterance=weekly))
        reply = replace(self.say(self._says["ended"], buttons), topic=END_TOPIC)
        return replace(reply, change=kept(standing, subscriber))

    def pause_buttons(self) -> Iterator[Suggestion]:
        """How long a pause may be, to tap."""
        for days in PAUSES:
            weeks, rest = divmod(days, A_WEEK)
            name = "days" if rest else "week" if weeks == 1 else "weeks"
            label = self._says[f"pause_{name}_button"].format(days=days, weeks=weeks)
            yield Suggestion(label=label, utterance=f"/pause {days}")

    def zone_kept(self, standing: Standing) -> Reply:
        """The word that a clock is known now."""
        begin = Suggestion(label=self._says["begin_button"], utterance="/subscribe")
        buttons = [] if standing.active else [begin]
        reply = self.say(self._says["zone_kept"].format(**self._clock_now(standing)), buttons)
        return replace(reply, change=Change(profile=standing.profile))

    def sentence(self, name: str) -> str:
        """What is said to a time that can't be, or is not clear."""
        return self._knowledge.schedule_words.sentences[name]

    def nothing(self, name: str = "settings_nothing") -> Reply:
        """What to say to somebody to whom nothing is sent, and the way to a beginning."""
        begin = Suggestion(label=self._says["begin_button"], utterance="/subscribe")
        return self.say(self._says[name], [begin])

    def say(self, text: str, buttons: Iterable[Suggestion] = (), awaited: Draft | None = None) -> Reply:
        """A reply about what is sent."""
        suggestions = tuple(buttons)
        return Reply(kind=Kind.COMMAND, text=text, topic=TOPIC, suggestions=suggestions, draft=awaited)

    def _time_buttons(self, wanted: Wanted, times: Iterable[time]) -> list[Suggestion]:
        return [
            Suggestion(label=clock(at), utterance=f"{SUBSCRIBE}{code(replace(wanted, at=at))}")
            for at in times
        ]

    def _asked(self, wanted: Wanted, now: datetime) -> str:
        schedule = begun(wanted, wanted.at or time.min, now.weekday())
        said = self._times.summary(wanted.what or What.TIP, schedule)
        return said[:1].upper() + said[1:]

    def _clock_now(self, standing: Standing) -> dict[str, str]:
        return {"place": place_name(standing.place), "now": clock(standing.now.astimezone(standing.clock))}

    def _follows(self, standing: Standing, changed: Changed) -> Iterator[str]:
        """What becomes of today's and of days before."""
        if changed.today is Today.CAME:
            yield self._says["came"]
        if changed.today is Today.PASSED:
            yield self._says["passed"]
        left_out = [day for day in changed.left_out if day != standing.today]
        if left_out:
            yield self._says["left_out"].format(days=self._times.several(left_out))


def kept(standing: Standing, subscriber: Subscriber) -> Change:
    """What is to be kept of a person whose subscription has changed."""
    return Change(profile=standing.profile if standing.has_moved else None, subscriber=subscriber)


def place_name(zone: str) -> str:
    """What a zone is called, like "New York"."""
    return by_sign(zone).rpartition("/")[2].replace("_", " ")


def _to_zone(wanted: Wanted, zone: str) -> str:
    """The utterance that says by which clock a wish is meant."""
    return f"/zone {zone}" if wanted.at is None else f"{SUBSCRIBE}{code(wanted)} {zone}"
