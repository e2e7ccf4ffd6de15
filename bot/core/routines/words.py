"""The words around routines: what people say to have one, and what the bot asks before it. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.person.readiness import Answer

BACK = "back"  # what follows /routine where a "never again" is taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineTalk:
    """How people of a language ask for a routine and steer it, and how they are asked before it.

    `answers` are labels of buttons, `held` the same as what is held of a person; `questions` go by the names
    of `readiness.Question`, and `instead` names entries to read for those whose answer refuses a routine;
    `steering` maps what follows /routine or a move to phrases, which count while a routine is shown,
    and in which the number 1 stands for that of any move, "1 st" for one of `ordinals`;
    `wishes` maps what follows /routine to phrases, which count anywhere; `things` are words for a routine,
    `now` for today; `numbers` are words for numbers, `minutes` and `hours` for units, `spans` for so many
    minutes; a number before a word of `counting_else` or behind one of `ages` counts no minutes;
    `taking_back` are ways to take a "never again" back; `neither` are words behind something that is not
    there, each with the word that it repeats for what follows; `small` words change nothing; `needed` are
    labels of places and equipment; `told` are the ways to tell of each answer unasked, with words of
    `told_small` in between, and `told_beside` what people say beside it of how they are; `untold_before` and
    `untold_behind` are words around them that take it back, and `no_more` ways to say later that it holds no
    more; `lost` are ways to tell that a pregnancy was lost, and words of `lost_doubted` around them say that
    it was another one, or is not sure; `ticking` are words that name an answer while the first question is
    open, `answering` whole messages that say an answer, or a name of `person.answering` or `warns`;
    `agreement` are whole messages by which a clinician has agreed;
    `player` are the sentences of `player_words.PLAYER_SAYS`; `hurting` are ways to say that a step hurts and
    what it is like, by the names in `player.hearing`, and `warns` maps what may be felt when something hurts
    to the red flag that it is; `counting` maps what follows /progress, and the names in
    `player.progress_hearing`, to whole messages, and `resuming` those in `player.resuming`.
    """

    answers: Mapping[Answer, str] = field(default_factory=dict)
    held: Mapping[Answer, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[Answer, tuple[str, ...]] = field(default_factory=dict)
    steering: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wishes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    things: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    minutes: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    counting_else: frozenset[str] = frozenset()
    ages: frozenset[str] = frozenset()
    neither: Mapping[str, str] = field(default_factory=dict)
    small: frozenset[str] = frozenset()
    needed: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    taking_back: tuple[str, ...] = ()
    told: Mapping[Answer, tuple[str, ...]] = field(default_factory=dict)
    told_small: frozenset[str] = frozenset()
    no_more: Mapping[Answer, tuple[str, ...]] = field(default_factory=dict)
    ticking: Mapping[Answer, tuple[str, ...]] = field(default_factory=dict)
    answering: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    lost_doubted: tuple[str, ...] = ()
    agreement: tuple[str, ...] = ()
    told_beside: tuple[str, ...] = ()
    untold_before: tuple[str, ...] = ()
    untold_behind: tuple[str, ...] = ()
    player: Mapping[str, str] = field(default_factory=dict)
    hurting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    resuming: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warns: Mapping[str, str] = field(default_factory=dict)
    counting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
