"""Red flags, before everything else: does this message say that somebody needs help now?

The check reads all of the text and is linear in it. It knows nothing of chats; a message stands alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.model import Action, Knowledge, RedFlag, Vocabulary
from bot.core.safety.likeness import Likeness, LikenessCheck
from bot.core.safety.signs import SignReader, names
from bot.core.understanding.recent import remembers_recent

SURE_FROM = 0.3  # likeness below which a reassurance in the message silences whole signs
# Likeness of every part of a message below which whole signs in it are a figure of speech. Of 400 messages
# with a sign (the open part of tests/evaluation/safety), other words around them or not, none was below 0.12.
CALM_BELOW = 0.05
# Likeness from which a message raises a flag without a whole sign: the more urgent, the sooner. Chosen on the
# open part of tests/evaluation/safety, where a missed emergency weighs more than ten false alarms: with 0.25
# all 193 are found, and one of 726 ordinary questions is taken for one.
ALARM_FROM = {Action.EMERGENCY: 0.25, Action.CRISIS: 0.35, Action.SAME_DAY: 0.4, Action.SEE_DOCTOR: 0.6}
# The same of messages that were not written as one: "this hurts", "into the left leg".
SPREAD_FROM = ALARM_FROM | {Action.SAME_DAY: 0.45}

FIRST_EXAMPLES = 3  # of a flag, by which it is tried at each start

_URGENCY = {action: rank for rank, action in enumerate(Action)}


@dataclass(frozen=True, slots=True)
class Alarm:
    """A red flag that was raised, by which concepts, or by how much likeness to its examples."""

    flag: RedFlag
    concepts: tuple[str, ...] = ()
    likeness: float | None = None


def by_urgency(alarms: Iterable[Alarm]) -> list[Alarm]:
    """Alarms, the most urgent first, then the one with the fullest sign."""
    return sorted(alarms, key=lambda alarm: (_URGENCY[alarm.flag.action], -len(alarm.concepts)))


def more_urgent(alarms: Iterable[Alarm], action: Action) -> list[Alarm]:
    """The alarms whose action is more urgent than another one."""
    return [alarm for alarm in alarms if _URGENCY[alarm.flag.action] < _URGENCY[action]]


def _is_crisis(alarm: Alarm) -> bool:
    """Whether somebody may be in despair: who asks about that, even in general, is heard as in need."""
    return alarm.flag.action is Action.CRISIS


class RedFlagCheck:
    """Finds red flags in messages: by their signs, and by likeness to their examples."""

    def __init__(
        self,
        flags: Mapping[str, RedFlag],
        vocabulary: Vocabulary,
        calm: Iterable[str],
        unsettled: Iterable[str] = (),
    ) -> None:
        """`calm` are sentences that raise no flag; `unsettled`, like what people ask, are calm as long as no
        whole sign is in them.
        """
        self._flags = flags
        self._only_with = {name: frozenset(flag.only_with) for name, flag in flags.items() if flag.only_with}
        self._by_action = {
            action: [name for name, flag in flags.items() if flag.action is action] for action in Action
        }
        self._signs = SignReader(flags.values(), vocabulary)
        settled = [text for text in unsettled if not self._holds_sign(text)]
        self._likeness = LikenessCheck(flags, [*calm, *settled], vocabulary, self._signs)

    def find(self, text: str, told: Iterable[str] = ()) -> list[Alarm]:
        """Every red flag that a message raises, the most urgent first, then the one with the fullest sign.

        `told` are concepts that the person has told of themselves before.
        """
        return self._find(text, frozenset(told), lambda likeness: self._is_calmed(text, likeness))

    def find_literally(self, text: str) -> list[Alarm]:
        """The same, with whole signs that are a figure of speech: what is learned from may not hold them."""
        return self._find(text, frozenset(), lambda likeness: self._is_reassured(text, likeness))

    def _find(self, text: str, told: frozenset[str], is_calmed: Callable[[Likeness], bool]) -> list[Alarm]:
        written, likeness = self._read(text, told)
        alike = self._alike(likeness)
        if (written or alike) and self._signs.is_general(text):
            return by_urgency(filter(_is_crisis, [*written, *alike]))
        heard = [] if written and is_calmed(likeness) else written
        return by_urgency([*heard, *alike])

    def find_spread(self, texts: Iterable[str]) -> list[Alarm]:
        """The red flags that some messages, in order, raise together.

        What one of them names only to say that it is past or no matter is raised by what the others add to
        it, or once a later one says that it is back.
        """
        reports = self._reports(list(texts))
        written, likeness = self._read("\n".join(reports))
        alarms = [*written, *self._alike(likeness, SPREAD_FROM)]
        calmed = self._calmed(reports) if alarms and sum(likeness.values()) < SURE_FROM else {}
        if calmed:
            settled = frozenset().union(*calmed.values())
            rest = [text for number, text in enumerate(reports) if number not in calmed]
            without, likeness = self._read("\n".join(rest))
            alarms = [alarm for alarm in alarms if alarm.flag.id not in settled]
            alarms += [*without, *self._alike(likeness, SPREAD_FROM)]
        return by_urgency(alarms)

    def denies(self, text: str, flag: str) -> bool:
        """Whether a message says that something a flag is made of is not so: "I have no fever"."""
        known = self._flags.get(flag)
        present, named = self._signs.read(text)
        made_of = {name for sign in known.signs for name in sign.all} if known else frozenset()
        return any(name in named and name not in present for name in made_of)

    def asked_about(self, text: str) -> list[RedFlag]:
        """The red flags about which a message asks in general, the most urgent first."""
        if not self._signs.is_general(text):
            return []
        written, likeness = self._read(text)
        alarms = by_urgency([*written, *self._alike(likeness)])
        return [] if any(map(_is_crisis, alarms)) else [alarm.flag for alarm in alarms]

    def unheard(self) -> list[tuple[str, str]]:
        """The ids of flags of which a first example raises nothing as urgent, each with that example."""
        return [
            (name, example)
            for name, flag in self._flags.items()
            for example in flag.examples[:FIRST_EXAMPLES]
            if not any(_URGENCY[a.flag.action] <= _URGENCY[flag.action] for a in self.find(example))
        ]

    @remembers_recent
    def _read(self, text: str, told: frozenset[str] = frozenset()) -> tuple[Sequence[Alarm], Likeness]:
        """The alarms of whole signs, and how like the examples a text is."""
        present, named = self._signs.read(text, told)
        written = [Alarm(flag, names(sign)) for flag, sign in self._signs.raised(present)]
        likeness = self._likeness.compare(text, present)
        others = (name for name, only_with in self._only_with.items() if only_with.isdisjoint(named))
        return written, {**likeness, **dict.fromkeys(others, 0.0)}

    def _reports(self, texts: Sequence[str]) -> list[str]:
        """Messages without the questions in general to which no later one goes back."""
        return [
            text
            for number, text in enumerate(texts, start=1)
            if not self._signs.is_general(text) or any(map(self._signs.goes_back, texts[number:]))
        ]

    def _calmed(self, texts: Sequence[str]) -> Mapping[int, frozenset[str]]:
        """The ids of flags that a message names only to calm, by its place: they are past, or no matter."""
        calmed = {}
        for number, text in enumerate(texts):
            written, likeness = self._read(text)
            is_back = any(map(self._signs.is_relapse, texts[number + 1 :]))
            if written and not is_back and self._is_calmed(text, likeness):
                calmed[number] = frozenset(alarm.flag.id for alarm in written)
        return calmed

    def _is_calmed(self, text: str, likeness: Likeness) -> bool:
        """Whether a message that names whole signs says that they are past or no matter, or means no sign."""
        is_figure = sum(likeness.values()) < CALM_BELOW and self._likeness.nearest(text) < CALM_BELOW
        return is_figure or self._is_reassured(text, likeness)

    def _is_reassured(self, text: str, likeness: Likeness) -> bool:
        """Whether a message that names whole signs says that they are past or no matter."""
        return sum(likeness.values()) < SURE_FROM and self._signs.is_reassuring(text)

    def _holds_sign(self, text: str) -> bool:
        return bool(self._signs.raised(self._signs.present(text)))

    def _alike(self, likeness: Likeness, least: Mapping[Action, float] = ALARM_FROM) -> list[Alarm]:
        """The flag that the message is most like, of the most urgent action that is likely enough."""
        chance = 0.0
        for action, flags in self._by_action.items():
            chance += sum(likeness[name] for name in flags)
            if flags and chance >= least[action]:
                return [Alarm(self._flags[max(flags, key=likeness.__getitem__)], likeness=chance)]
        return []


def learned_check(knowledge: Knowledge) -> RedFlagCheck:
    """The check of a language's red flags, learned from what people say without and near them."""
    asked = [text for entry in knowledge.entries.values() for text in entry.utterances]
    calm = [*knowledge.background, *knowledge.calm]
    return RedFlagCheck(knowledge.red_flags, knowledge.vocabulary, calm, asked)
