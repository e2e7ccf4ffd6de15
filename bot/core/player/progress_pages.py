"""Tells how regularly somebody trains, for as long as they want to hear it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.core.model import Knowledge
from bot.core.person.profile import Change, Profile
from bot.core.person.readiness_pages import ROUTINE_TOPIC
from bot.core.person.visits import Visit
from bot.core.player.progress import (
    GOALS,
    Chart,
    calendar,
    days_by_week,
    goal_of,
    minutes_by_purpose,
    resting,
    steadiness,
    with_break,
    without_break,
)
from bot.core.talk import Kind, Reply, Suggestion


class ProgressPages:
    """The page behind /progress, and its line under a routine that is over."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._says = knowledge.routine_talk.player

    def progress(self, visit: Visit, argument: str) -> Reply:
        """What stands behind /progress: nothing, a goal, a break and its end, or that it is not wanted."""
        act, _, number = argument.partition(" ")
        if act == "goal" and not (number.isdecimal() and number.isascii() and int(number[:2]) in GOALS):
            return self._reply(self._says["progress_which_goal"], self._goals())
        profile, today = visit.profile, visit.now.date()
        after = {
            "goal": lambda: replace(profile, goal=int(number)),
            "break": lambda: (
                profile
                if resting(profile, today)
                else replace(profile, breaks=with_break(profile.breaks, today))
            ),
            "back": lambda: replace(profile, breaks=without_break(profile.breaks, today)),
            "off": lambda: replace(profile, hides_progress=True),
            "on": lambda: replace(profile, hides_progress=False),
        }.get(act, lambda: profile)()
        reply = self._page(replace(visit, profile=after))
        return replace(reply, change=Change(profile=after) if after != profile else None)

    def line(self, visit: Visit) -> list[str]:
        """One sentence on this week; none for whom does not want it."""
        if visit.profile.hides_progress:
            return []
        return [self._week(visit.profile, visit)]

    def _page(self, visit: Visit) -> Reply:
        profile = visit.profile
        if profile.hides_progress:
            on = Suggestion(label=self._says["progress_on_button"], utterance="/progress on")
            return self._reply(self._says["progress_off"], [on])
        if not profile.history:
            return self._reply("\n\n".join(self._beginning(visit)), self._buttons(visit))
        told = self._reply("\n\n".join(self._parts(visit)), self._buttons(visit))
        return replace(told, chart=self._chart(visit), in_place=False)

    def _beginning(self, visit: Visit) -> Iterator[str]:
        """What is said before there was any training."""
        yield self._says["progress_nothing"]
        if visit.profile.goal:
            yield self._week(visit.profile, visit)
        if resting(visit.profile, visit.now.date()):
            yield self._says["progress_resting"]

    def _parts(self, visit: Visit) -> Iterator[str]:
        profile, today, says = visit.profile, visit.now.date(), self._says
        yield self._week(profile, visit)
        _, *before = days_by_week(profile.history, today)
        if any(before):
            yield says["progress_weeks"].format(days=", ".join(map(str, before)))
        minutes = self._minutes(visit)
        kinds = ", ".join(f"{kind} {count}" for kind, count in minutes.items())
        if kinds:
            yield says["progress_minutes"].format(minutes=sum(minutes.values()), kinds=kinds)
        steady = steadiness(profile, today)
        if steady:
            yield says["progress_steady"].format(count=steady)
        if resting(profile, today):
            yield says["progress_resting"]

    def _minutes(self, visit: Visit) -> Mapping[str, int]:
        """About how many minutes there were in four weeks, by the labels of the kinds."""
        history, today = visit.profile.history, visit.now.date()
        labels = self._knowledge.exercise_words.labels
        minutes = minutes_by_purpose(history, self._knowledge.exercises, today)
        return {labels.get(kind, kind): count for kind, count in minutes.items()}

    def _chart(self, visit: Visit) -> Chart:
        return Chart(
            title=self._says["progress_chart"],
            weekdays=tuple(self._says["progress_weekdays"].split()),
            weeks=calendar(visit.profile, visit.now.date()),
            minutes_title=self._says["progress_chart_minutes"],
            minutes=tuple(self._minutes(visit).items()),
        )

    def _week(self, profile: Profile, visit: Visit) -> str:
        this_week, *_ = days_by_week(profile.history, visit.now.date())
        return self._says["progress_week"].format(days=this_week, goal=goal_of(profile))

    def _buttons(self, visit: Visit) -> Iterator[Suggestion]:
        rest = "back" if resting(visit.profile, visit.now.date()) else "break"
        for name in ("goal", rest, "off"):
            yield Suggestion(label=self._says[f"progress_{name}_button"], utterance=f"/progress {name}")

    def _goals(self) -> Iterator[Suggestion]:
        for number in GOALS:
            yield Suggestion(label=str(number), utterance=f"/progress goal {number}")

    def _reply(self, text: str, suggestions: Iterator[Suggestion] | list[Suggestion]) -> Reply:
        return Reply(
            kind=Kind.COMMAND, text=text, topic=ROUTINE_TOPIC, suggestions=tuple(suggestions), in_place=True
        )
