"""The nouns of a talk: what is said, what is answered, what is remembered of a chat. Values are frozen."""

import zlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.core.model import Action, Disclaimer
from bot.core.person.profile import Change, Profile
from bot.core.player.progress import Chart
from bot.core.player.session import RoutineState
from bot.core.subscriptions.drafts import Draft
from bot.core.subscriptions.subscription import Subscriber
from bot.core.tips.tip import SeenTip


class Kind(StrEnum):
    """What a reply is. The values are those of `ask --jsonl`."""

    ANSWER = "answer"
    CLARIFICATION = "clarification"
    FALLBACK = "fallback"
    DEFER = "defer"
    RED_FLAG = "red_flag"
    SMALL_TALK = "small_talk"
    COMMAND = "command"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Something that a person said in a chat, typed or tapped. A turn without a chat has no context.

    `is_public`: others read along; what is said is remembered for minutes, and for this person only.
    `is_numbered`: what is offered bears numbers there, by which it is chosen.
    """

    text: str
    now: datetime
    chat: str | None = None
    person: str | None = None
    language: str | None = None
    is_public: bool = False
    is_numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something that the person may say next: a label to read, and the utterance that a tap says."""

    label: str
    utterance: str
    entry: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A question without an answer in the person's words, and the topics near it, the nearest first."""

    text: str
    topics: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What tells its words from others, short enough for a button."""
        return f"{zlib.crc32(self.text.encode('utf-8', 'surrogatepass')):08x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Words of a text that name a moment, and the moment, for front ends that show it by everyone's clock.

    `is_relative`: the words say how long it is until then, which front ends may count down.
    """

    text: str
    at: datetime
    is_relative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the bot says. `text` is plain but for **strong words**; the edges decide how it looks.

    `title` is the question in short, for lists; `understood` names the question that is answered when the
    bot is less than certain;
    `others` are entries that the same words may have asked for; `also` are further questions that the same
    message asked;
    `missed` is what could not be answered; `sent` what the person sends to the editors;
    `in_place` says that a tapped menu turns into this reply instead of getting one more message;
    `ends_talk` and `ends_alert` that what was talked about, or a red flag, counts no more;
    `forgets` that everything that is held of the person is erased;
    `routine` is what the talk is to know of a routine; `change` what is to be kept of the person beyond it;
    `picture` is the key of an exercise whose picture belongs to the text, if there is one, and `pictured`
    what it shows, for those who can't see it; `chart` is to be drawn beside a text that says the same;
    `draft` is a wish for tips that is not whole yet; `dated` are moments that the text names;
    `told` are names of `readiness.Answer` that the person told by what this answers;
    `linked` is what follows /start in the text, for front ends that have a link for that.
    """

    kind: Kind
    text: str
    title: str = ""
    understood: str = ""
    entry: str | None = None
    topic: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    disclaimers: tuple[Disclaimer, ...] = ()
    red_flag: str | None = None
    action: Action | None = None
    score: float | None = None
    others: tuple[str, ...] = ()
    also: tuple[Suggestion, ...] = ()
    missed: Miss | None = None
    sent: Miss | None = None
    in_place: bool = False
    ends_talk: bool = False
    ends_alert: bool = False
    forgets: bool = False
    routine: RoutineState | None = None
    change: Change | None = None
    picture: str | None = None
    pictured: str = ""
    chart: Chart | None = None
    draft: Draft | None = None
    dated: tuple[Dated, ...] = ()
    told: frozenset[str] = frozenset()
    linked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A red flag that a person raised, and when: until they have been seen, training pauses."""

    flag: str
    action: Action
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that a person told unasked, by the name of a `readiness.Answer`, and when they last did."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is remembered of a chat between two turns.

    `said` is what was asked last, `entry` what was answered; `seen` are the entries that were shown, the
    newest last; `heard` are the last messages that raised no emergency; `conditions` are the decisive
    concepts that the person has told of themselves; `told` are names of `readiness.Answer` that they told
    unasked, and `told_at` when; `leg_at` is when they last told of something that goes into a leg, so that it
    is asked before a routine;
    `disclaimed` is what stood under the last reply; `missed` may still be sent to the editors; `draft` is a
    wish for tips that is not whole yet; `asked` is the owner's last question, and what it leaned on.
    """

    at: datetime
    alert: Alert | None = None
    heard: tuple[str, ...] = ()
    disclaimed: tuple[str, ...] = ()
    reminded: date | None = None
    said: str = ""
    kind: Kind | None = None
    entry: str | None = None
    seen: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    conditions: tuple[str, ...] = ()
    missed: Miss | None = None
    routine: RoutineState | None = None
    told: frozenset[str] = frozenset()
    told_at: tuple[Told, ...] = ()
    leg_at: datetime | None = None
    draft: Draft | None = None
    asked: "Asked | None" = None

    def telling(self, names: frozenset[str], now: datetime) -> "Context":
        """The same with what was told just now."""
        before = (each for each in self.told_at if each.name not in names)
        just_now = (Told(name=name, at=now) for name in sorted(names))
        return replace(self, told=self.told | names, told_at=(*before, *just_now))

    def taking_back(self, names: frozenset[str]) -> "Context":
        """The same without what holds no more of what was told or answered."""
        told_at = tuple(each for each in self.told_at if each.name not in names)
        state = self.routine
        if state is not None and state.answers is not None:
            state = replace(state, answers=state.answers - names)
        return replace(self, told=self.told - names, told_at=told_at, routine=state)

    @property
    def told_from(self) -> datetime | None:
        """When the oldest of what was told was told; None: nothing was."""
        return min(self._told_when().values(), default=None)

    def told_since(self, moment: datetime) -> "Context":
        """The same without what was told before a moment."""
        left = {name: at for name, at in self._told_when().items() if at >= moment}
        told_at = tuple(Told(name=name, at=at) for name, at in sorted(left.items()))
        return replace(self, told=frozenset(left), told_at=told_at)

    def _told_when(self) -> dict[str, datetime]:
        """When each thing was told; what bears no moment counts from the last turn."""
        noted = {each.name: each.at for each in self.told_at}
        return {name: noted.get(name, self.at) for name in self.told}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and the context that it was asked in, so that it can be explained afterwards."""

    text: str
    context: Context | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Everything that is held of a chat: of the talk, of the person, and of what is sent to them.

    `tips` are those that came.
    """

    context: Context | None
    profile: Profile
    subscriber: Subscriber | None = None
    tips: tuple[SeenTip, ...] = ()
