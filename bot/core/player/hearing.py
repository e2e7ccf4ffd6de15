"""Hears in words that something hurts during a step, and what it is like. Pure."""

from collections.abc import Sequence

from bot.core.model import Vocabulary
from bot.core.player.pages import at_step
from bot.core.player.session import Phase
from bot.core.player.words import HURTING, SERIOUS
from bot.core.routines.words import RoutineTalk
from bot.core.talk import Context
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.text import words_of

NOW, NOT, NONE = "now", "not", "none"  # that it hurts, what takes a word back, and that nothing of it is so
FIRST_CARD = ("nerve", "leg", "sharp", "mild")  # what is heard first if several are said: the graver
UNSURE, UNSURE_LEG = "unsure", "unsure_leg"  # what stands behind /hurt where words say none of the choices
WORDS_OF_A_CHOICE = 4  # in the command of a choice: itself, the day, the step, and what it is like


class HurtHearing:
    """Hears what people type who are led through a routine, or were asked what it is like."""

    def __init__(self, words: RoutineTalk, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._phrases = PhraseIndex(
            {
                name: [
                    words_of(form, vocabulary)
                    for phrase in phrases
                    for form in expand_pattern(phrase, vocabulary.concepts)
                ]
                for name, phrases in words.hurting.items()
            }
        )

    def pick(self, text: str, context: Context | None, *, is_question: bool) -> str | None:
        """The utterance that words stand for. None: they are about something else, or ask something."""
        if context is None or text.startswith("/"):
            return None
        playing = context.routine.playing if context.routine else None
        asked = _asked(context)
        if asked or (playing and playing.phase is Phase.HURT):
            return self._choice(text, context, asked, is_question=is_question)
        is_there = playing is not None and not playing.away
        return _at(context) if is_there and not is_question and NOW in self._named(text) else None

    def _choice(self, text: str, context: Context, asked: Sequence[str], *, is_question: bool) -> str | None:
        """What is chosen of the card that was shown last; words that choose nothing bring it again."""
        named, kinds = self._named(text), {each.split()[-1] for each in asked}
        is_serious = not kinds.isdisjoint(SERIOUS)
        choices = (*SERIOUS, NONE) if is_serious else FIRST_CARD
        at = " ".join(asked[0].split()[: WORDS_OF_A_CHOICE - 1]) if asked else _at(context)
        kind = None if is_question else next((each for each in choices if each in named), None)
        playing = context.routine.playing if context.routine else None
        is_open = playing is not None and playing.phase is Phase.HURT
        if kind is None and (is_question or not is_open):
            return None
        return f"{at} {kind or (UNSURE_LEG if is_serious else UNSURE)}"

    def _named(self, text: str) -> set[str]:
        """The names of what words say, without what they take back ("not sharp")."""
        words, named, place = words_of(text, self._vocabulary), set[str](), 0
        while place < len(words):
            found = self._phrases.at(words, place)
            longest = max((behind for _, behind in found), default=place + 1)
            names = {name for name, behind in found if behind == longest}
            named |= set() if NOT in names else names
            place = longest
        return named


def _asked(context: Context) -> list[str]:
    """The choices of the question what it is like, if it was asked last."""
    said = [each.utterance for each in context.suggestions if each.utterance.startswith("/hurt ")]
    kinds = {*HURTING, *SERIOUS, NONE}
    return [each for each in said if len(each.split()) == WORDS_OF_A_CHOICE and each.split()[-1] in kinds]


def _at(context: Context) -> str | None:
    """What opens the question about the step that somebody is at."""
    session = context.routine.session if context.routine else None
    if session is None or session.is_over:
        return None
    return at_step(session).replace("/move", "/hurt", 1)
