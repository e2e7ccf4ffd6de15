"""Hears in words what people answer to the questions before the first routine. Pure.

Nothing but words that say so clearly counts as "none of these"; what is unclear is asked again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.model import Knowledge
from bot.core.person.readiness import TICKED, Answer, Answers, letters, read_letters, with_told
from bot.core.person.readiness_pages import GO, KEEP, TICK, UNSURE
from bot.core.person.telling import Telling
from bot.core.routines.reading import WishReader
from bot.core.talk import Context, Suggestion
from bot.core.understanding.dialogue import UNOFFERED, Dialogue
from bot.core.understanding.phrases import expand_pattern
from bot.core.understanding.text import words_of

NONE = "none"  # the phrases that say that nothing of the first card holds
JOINING, FILLING = AROUND = "joining", "filling"  # the words between and around answers
TAP = "/ready "
FLAG = "/flag "


@dataclass(frozen=True, slots=True)
class _Card:
    """A question that is open: what brings it again, and what each of its answers says.

    The first card has `ticks` and `boxes` by their places from 1, a further question has `choices`.
    """

    again: str
    ticks: Answers = frozenset()
    boxes: Mapping[int, Answer | None] = field(default_factory=dict)
    choices: Mapping[Answer, str] = field(default_factory=dict)


class AnswerHearing:
    """Hears answers as long as their question is what was shown last."""

    def __init__(
        self, knowledge: Knowledge, telling: Telling, wishes: WishReader, dialogue: Dialogue
    ) -> None:
        words, vocabulary = knowledge.routine_talk, knowledge.vocabulary
        self._vocabulary = vocabulary
        self._telling = telling
        self._wishes = wishes
        self._dialogue = dialogue
        self._numbers = words.numbers
        self._warns = words.warns
        self._joining, self._filling = (
            frozenset(words.answering.get(name, ())) for name in (JOINING, FILLING)
        )
        self._said: dict[tuple[str, ...], set[str]] = {}
        agreed = Answer.AGREED.value
        spelled = [*words.answering.items(), (agreed, words.agreement)]
        named = [(name, each) for name, patterns in spelled for each in patterns if name not in AROUND]
        for name, pattern in named:
            for form in expand_pattern(pattern, vocabulary.concepts):
                self._said.setdefault(tuple(self._words(form)), set()).add(name)

    def pick(self, text: str, context: Context | None) -> str | None:
        """The utterance that words stand for. None: no question is open, or they are about something else."""
        card = _open_card(context)
        words = self._words(text)
        is_said = tuple(words) in self._said
        if card is None or text.startswith(("/", TICK)) or (self._is_beside(text) and not is_said):
            return None
        if len(words) == 1 and words[0].isdecimal() and not int(words[0]):
            return UNOFFERED
        return self._ticked(text, words, card) if card.boxes else self._chosen(text, words, card)

    def is_answer(self, text: str, context: Context | None) -> bool:
        """Whether a message is, word for word, one of the ways to answer while a question is open."""
        return _open_card(context) is not None and tuple(self._words(text)) in self._said

    def again(self, text: str, context: Context | None) -> str | None:
        """What follows /ready where nobody understood what was said to a question. None: none is open."""
        card = _open_card(context)
        return card.again if card and not self._is_beside(text) else None

    def _is_beside(self, text: str) -> bool:
        """Whether somebody asks something, or wishes for a routine, rather than answers."""
        wished = self._telling.rest(text)
        is_wish = self._wishes.wish(wished, is_more=wished != text) is not None
        return is_wish or bool(self._dialogue.questions(text))

    def _ticked(self, text: str, words: list[str], card: _Card) -> str | None:
        """What words say to the first card. Only "I am not pregnant" and the like take a tick away."""
        if len(words) == 1 and words[0].isdecimal() and words[0] in text:
            return None  # the one button at this place
        places = {int(word) for word in words if word.isdecimal()}
        if places and self._joining.issuperset(word for word in words if not word.isdecimal()):
            return _boxed(places, card)
        told = with_told(frozenset(), self._telling.tells(text) | self._telling.names(text))
        no_more = self._telling.takes_back(text)
        if not told.isdisjoint(TICKED) or not no_more.isdisjoint(card.ticks):
            return f"{TAP}{letters(told.intersection(TICKED) | card.ticks - no_more)}".rstrip()
        said = self._said.get(tuple(words), set())
        if (NONE in said and not card.ticks) or (GO in said and card.ticks):
            return f"{TAP}{GO} {letters(card.ticks)}".rstrip()
        return f"{TAP}{card.again}" if said or self._telling.mentions(text) else None

    def _chosen(self, text: str, words: list[str], card: _Card) -> str | None:
        """What words say to a further question: one of its answers, or a red flag where it is about legs."""
        said, choices = self._said.get(tuple(words), set()), card.choices
        flags = [flag for name, flag in self._warns.items() if name in said]
        if flags and Answer.LEG_SYMPTOMS in choices:
            return f"{FLAG}{flags[0]}"
        chosen = [answer for answer in choices if answer.value in said]
        chosen = chosen or [answer for answer in choices if answer in self._telling.tells(text)]
        if len(chosen) == 1:
            return choices[chosen[0]]
        is_place = len(words) == 1 and words[0].isdecimal()
        return f"{TAP}{card.again}" if said and not is_place else None

    def _words(self, text: str) -> list[str]:
        """The words of a text without those that say nothing, numbers in digits."""
        words = words_of(text, self._vocabulary)
        return [str(self._numbers.get(word, word)) for word in words if word not in self._filling]


def _boxed(places: set[int], card: _Card) -> str:
    """Ticks in the boxes at some places; if there is none at one of these, that is said."""
    if not places <= card.boxes.keys():
        return UNOFFERED
    ticks = card.ticks.union(box for place in places if (box := card.boxes[place]))
    return f"{TAP}{letters(ticks)}" if ticks != card.ticks else f"{TAP}{card.again}"


def _open_card(context: Context | None) -> _Card | None:
    """The question that was shown last, if that is one of those before a routine."""
    offered = context.suggestions if context and context.alert is None else ()
    modes = [
        each.utterance.removeprefix(TAP).split()[0] for each in offered if each.utterance.startswith(TAP)
    ]
    if modes[:2] == [GO, KEEP]:
        return _first_card(offered)
    return _further_card(offered, modes[0]) if len(modes) > 1 and modes[0] in {GO, KEEP} else None


def _first_card(offered: Sequence[Suggestion]) -> _Card:
    ticks = _answers(offered[0])
    boxes = {place: next(iter(_answers(each) ^ ticks), None) for place, each in enumerate(offered, start=1)}
    return _Card(again=f"{UNSURE} {letters(ticks)}".rstrip(), ticks=ticks, boxes=boxes)


def _further_card(offered: Sequence[Suggestion], mode: str) -> _Card:
    known = frozenset.intersection(*map(_answers, offered))
    choices = {answer: each.utterance for each in offered for answer in _answers(each) - known}
    return _Card(again=f"{UNSURE} {mode} {letters(known)}", choices=choices)


def _answers(offered: Suggestion) -> Answers:
    """The answers that a button carries."""
    return read_letters("".join(word for word in offered.utterance.split()[1:] if word not in {GO, KEEP}))
