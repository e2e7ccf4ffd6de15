"""What people say around routines: which one they wish, and how they steer the one that is shown. Pure."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.model import Vocabulary
from bot.core.person.readiness import Answer, clinician_is_open, read_names
from bot.core.person.readiness_pages import AGAIN
from bot.core.player.pages import at_step
from bot.core.player.session import Phase
from bot.core.routines.recipes import Recipes
from bot.core.routines.words import BACK, RoutineTalk
from bot.core.talk import Context, Suggestion
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.recent import remembers_recent
from bot.core.understanding.speller import Speller
from bot.core.understanding.text import key, words_of

MINUTES_AN_HOUR = 60
MAX_WORDS = 20  # of a message that can be such a wish
OTHER, SWAP = "other", "do swap"
GEAR = "gear"  # what is wished of whom has a thing that no exercise is for
LEAVING = "leaving"  # what is wished of whom a routine is to leave something out; what follows is that
ASKING = frozenset({"again", "yesterday"})  # wishes that name a routine by themselves
NO = "no_"  # what stands before the name of a thing that is not there
TOOLS = frozenset({"band", "ball", "dumbbells", "rowing_machine"})
LEADING = frozenset({"start", "gentle", OTHER})  # what follows /routine where words begin one
TAPPED = ("/routine", "/move", "/ready", "/hurt", "/felt")  # commands whose buttons can be typed as well


@dataclass(slots=True)
class Wished:
    """What a text wishes.

    `names` are those of `RoutineTalk.wishes` and of recipes, in order; `asks`: it names a routine; `unknown`
    are words that say nothing known; `counts`: a number in it is an age or the like.
    """

    names: list[str] = field(default_factory=list)
    minutes: int | None = None
    asks: bool = False
    is_today: bool = False
    counts: bool = False
    unknown: list[str] = field(default_factory=list)

    @property
    def is_lack(self) -> bool:
        """Whether it says nothing but that something is not there."""
        return self.minutes is None and bool(self.names) and all(name.startswith(NO) for name in self.names)

    @property
    def argument(self) -> str:
        """The same as it stands behind /routine."""
        minutes = [str(self.minutes)] if self.minutes is not None else []
        return " ".join([*dict.fromkeys(self.names), *minutes])


class RoutineHearing:
    """Hears wishes and steering."""

    def __init__(self, words: RoutineTalk, recipes: Recipes, vocabulary: Vocabulary) -> None:
        self._words = words
        self._vocabulary = vocabulary
        self._recipes = recipes
        concepts = vocabulary.concepts
        self._steering = {
            tuple(words_of(form, self._vocabulary)): name
            for name, phrases in words.steering.items()
            for form in _spelled(phrases, concepts)
        }
        spelled: dict[str, Sequence[str]] = {each.id: (each.id, *each.words) for each in recipes.values()}
        for name, phrases in words.wishes.items():
            spelled[name] = [*spelled.get(name, ()), *_spelled(phrases, concepts)]
        spelled |= {_THING: words.things, _NOW: words.now, _MINUTES: words.minutes, _HOURS: words.hours}
        for minutes, phrases in words.spans.items():
            spelled[f"{_SPAN}{minutes}"] = phrases
        self._wishes = PhraseIndex(
            {name: [words_of(form, vocabulary) for form in forms] for name, forms in spelled.items()}
        )
        self._taking_back = {
            tuple(words_of(form, self._vocabulary))
            for form in _spelled(words.taking_back, vocabulary.concepts)
        }
        self._agreement = {
            tuple(words_of(form, vocabulary)) for form in _spelled(words.agreement, vocabulary.concepts)
        }
        said = [*(form for forms in spelled.values() for form in forms), *words.small, *words.numbers]
        known = [word for phrase in said for word in words_of(phrase, self._vocabulary)]
        known += [word for phrase in self._steering for word in phrase]
        self._speller = Speller(known, vocabulary.common_words)

    def steer(self, text: str, context: Context | None) -> str | None:
        """The utterance that words stand for while a routine, or a question before one, is shown."""
        if context is None or text.startswith("/"):
            return None
        offered = [each for each in context.suggestions if _is_ours(each.utterance)]
        labels = {key(each.label): each.utterance for each in offered}
        if key(text) in labels:
            return labels[key(text)]
        said = self._said(text, context)
        if said is None:
            return None
        kind, _, act = said.partition(" ")
        if kind == "hurt":
            return _hurting(act, context)
        acting = _acting(act, context, offered) if kind == "do" else None
        leading = {"do go": _going(context)}.get(said) if kind == "do" else said
        return acting or (
            f"/routine {leading}".rstrip() if leading is not None and _is_running(offered) else None
        )

    def _said(self, text: str, context: Context) -> str | None:
        """How words steer; "another one" means the move while somebody is led through, else the routine."""
        said = self._steering.get(tuple(self._heard(text)))
        is_led = context.routine is not None and context.routine.playing is not None
        return SWAP if said == OTHER and is_led else said

    def wish_here(self, text: str, context: Context | None) -> str | None:
        """The utterance of a wish that names no routine, while one is shown; what one has is kept.

        While somebody is led through it, only what is not there is heard.
        """
        if context is None or text.startswith("/"):
            return None
        offered = [each for each in context.suggestions if _is_ours(each.utterance)]
        read = self.read(text)
        is_wish = bool(read.names) or (read.minutes is not None and read.asks)
        if read.unknown or not is_wish or not _is_running(offered):
            return None
        if context.routine and context.routine.playing and not read.is_lack:
            return None
        is_kept = TOOLS.issuperset(read.names) and read.minutes is None and not read.asks
        return f"/routine keep {read.argument}" if is_kept else f"/routine {read.argument}"

    def is_steering(self, text: str, context: Context | None) -> bool:
        """Whether words are, one for one, a way to steer the routine that is shown or under way.

        What is said of a pain is one only as the answer to the question what it is like.
        """
        said = self._said(text, context) if context else None
        if context is None or said is None:
            return False
        offered = [each for each in context.suggestions if _is_ours(each.utterance)]
        kind, _, act = said.partition(" ")
        if kind == "hurt":
            return _hurting(act, context) is not None
        return _is_running(offered) or _acting(act, context, offered) is not None

    def leads_on(self, text: str) -> bool:
        """Whether words would begin a routine or lead on through it, if one were shown."""
        said = self._steering.get(tuple(self._heard(text)), "")
        return said in LEADING or (said.startswith("do ") and said != "do stop")

    def takes_back(self, text: str) -> str | None:
        """The utterance by which every "never again" is taken back, if words say so."""
        return f"/routine {BACK}" if tuple(self._heard(text)) in self._taking_back else None

    def agrees(self, text: str, context: Context | None) -> str | None:
        """The utterance that asks anew of an agreement, if words say that the clinician has agreed."""
        if context is None or tuple(words_of(text, self._vocabulary)) not in self._agreement:
            return None
        answers = (context.routine.answers if context.routine else None) or frozenset()
        if Answer.NOT_ASKED.value in answers:
            return f"/ready {AGAIN}"
        is_open = clinician_is_open(read_names(context.told | answers))
        return "/routine" if is_open else None

    def wish(self, text: str, *, is_more: bool = False) -> str | None:
        """The argument of /routine that a whole sentence wishes; None: it is something else.

        `is_more`: it said something else besides, that is not in `text`.
        """
        wished = self.read(text)
        is_more = is_more or bool(wished.names) or wished.minutes is not None
        is_more = is_more or wished.is_today or wished.counts
        if wished.unknown or not wished.asks or not is_more:
            return None
        return wished.argument

    @remembers_recent
    def read(self, text: str) -> Wished:
        """What the words of a text wish."""
        words, wished, place = self._heard(text)[: 4 * MAX_WORDS], Wished(), 0
        if len(words) > MAX_WORDS:
            wished.unknown.append(words[-1])
        while place < len(words):
            number = self._number(words[place])
            found = self._wishes.at(words, place)
            longest = max((behind for _, behind in found), default=place + 1)
            if number is not None:
                longest = self._read_time(words, place, number, wished)
            elif found:
                self._note([name for name, behind in found if behind == longest], wished)
                is_phrase = longest > place + 1 and not ASKING.isdisjoint(wished.names)
                wished.asks = wished.asks or is_phrase or GEAR in wished.names
                longest = self._read_neither(words, longest, wished)
            elif words[place] not in self._words.small and LEAVING not in wished.names:
                wished.unknown.append(words[place])
            place = longest
        return wished

    def _read_neither(self, words: Sequence[str], place: int, wished: Wished) -> int:
        """Note what else is not there, as in "no mat or chair", and return the place behind it."""
        is_lack = bool(wished.names) and wished.names[-1].startswith(NO)
        repeated = self._words.neither.get(words[place]) if is_lack and place < len(words) else None
        found = self._wishes.at([repeated, *words[place + 1 :]], 0) if repeated else []
        for name, behind in found:
            if name.startswith(NO):
                wished.names.append(name)
                return self._read_neither(words, place + behind, wished)
        return place

    def _read_time(self, words: Sequence[str], place: int, number: int, wished: Wished) -> int:
        """Note minutes, and return the place behind them; "one" without a unit is a word for a routine."""
        units = self._wishes.at(words, place + 1) if place + 1 < len(words) else []
        names = {name for name, _ in units}
        has_unit = bool(names & {_HOURS, _MINUTES})
        if not has_unit and self._counts_else(words, place):
            wished.counts = True
            return place + 1
        if has_unit or words[place].isdecimal():
            wished.minutes = number * (MINUTES_AN_HOUR if _HOURS in names else 1)
        is_thing = number == 1 and not words[place].isdecimal()
        wished.asks = wished.asks or has_unit or is_thing
        return place + 2 if has_unit else place + 1

    def _counts_else(self, words: Sequence[str], place: int) -> bool:
        """Whether a number without a unit counts years or the like."""
        before, behind = words[max(0, place - 1) : place], words[place + 1 : place + 2]
        counting, ages = self._words.counting_else, self._words.ages
        return words[place].isdecimal() and not (counting.isdisjoint(behind) and ages.isdisjoint(before))

    def _note(self, names: Sequence[str], wished: Wished) -> None:
        """Note what a phrase means; a recipe only where the phrase is no wish of its own."""
        has_wish = any(name in self._words.wishes for name in names)
        for name in names:
            if name == _THING:
                wished.asks = True
            elif name.startswith(_SPAN):
                wished.minutes, wished.asks = int(name.removeprefix(_SPAN)), True
            elif name == _NOW:
                wished.is_today = True
            elif name in self._words.wishes or not has_wish:
                wished.names.append(name)

    def _number(self, word: str) -> int | None:
        return int(word[:4]) if word.isdecimal() else self._words.numbers.get(word)

    @remembers_recent
    def _heard(self, text: str) -> tuple[str, ...]:
        """The words of a text, mended where they were mistyped."""
        mended = map(self._speller.correct, words_of(text, self._vocabulary))
        return tuple(itertools.chain.from_iterable(mended))


_THING, _NOW, _MINUTES, _HOURS, _SPAN = "(thing)", "(now)", "(minutes)", "(hours)", "(span)"


def _acting(act: str, context: Context, offered: Sequence[Suggestion]) -> str | None:
    """The utterance that does something in the step that somebody is at, or that was offered."""
    session = context.routine.session if context.routine else None
    move = next((each.utterance for each in offered if each.utterance.startswith("/move")), None)
    at = at_step(session) if session and session.playing else move
    if at is None:
        return None
    at = " ".join(at.split()[:3])
    return at.replace("/move", "/hurt", 1) if act == "hurt" else f"{at} {act}"


def _going(context: Context) -> str:
    """What follows /routine where somebody goes on; its card, when it was just ended since something hurt."""
    has_ended = any(each.utterance == "/redflags" for each in context.suggestions)
    return "" if has_ended else "start"


def _hurting(kind: str, context: Context) -> str | None:
    """The answer to the question what it is like that hurts, if that was asked last."""
    session = context.routine.session if context.routine else None
    if session is None or session.playing is None or session.playing.phase is not Phase.HURT:
        return None
    return f"{at_step(session)} {kind}".replace("/move", "/hurt", 1)


def _is_running(offered: Sequence[Suggestion]) -> bool:
    """Whether buttons are those of a routine, not of the questions before it."""
    return bool(offered) and not offered[0].utterance.startswith("/ready")


def _is_ours(utterance: str) -> bool:
    return utterance.split(" ", 1)[0] in TAPPED


def _spelled(phrases: Iterable[str], concepts: Mapping[str, Sequence[str]]) -> list[str]:
    return [form for phrase in phrases for form in expand_pattern(phrase, concepts)]
