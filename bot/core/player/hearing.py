"""Hears in words that something hurts or feels odd in a routine, and what it is like. Pure."""

from collections.abc import Collection, Sequence

from bot.core.model import Vocabulary
from bot.core.person.readiness import Answer, Answers
from bot.core.player.pages import at_step, day_of
from bot.core.player.session import Phase
from bot.core.player.words import HURTING, SERIOUS
from bot.core.routines.words import RoutineTalk
from bot.core.talk import Context
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.text import words_of

NOW, NOT, NONE = "now", "not", "none"  # that it hurts, what takes a word back, and that nothing of it is so
SIGN, UNWELL = "sign", "unwell"  # what no leg should feel like, and that somebody does not feel well
JOINTS = ("knee", "wrist")  # what may hurt that moves can spare, as answers name it
FIRST_CARD = (
    "nerve",
    "leg",
    UNWELL,
    "sharp",
    *JOINTS,
    "mild",
)  # what is heard first if several are said: the graver
UNSURE = "unsure"  # what stands behind /hurt where words say none of the choices, or that one can't tell
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

    def pick(self, text: str, context: Context | None, told: Answers, *, is_question: bool) -> str | None:
        """The utterance that words stand for. None: they are about something else, or ask something.

        `told` is what they tell of the person; what goes into a leg counts in a question too.
        """
        if context is None or text.startswith("/"):
            return None
        playing = context.routine.playing if context.routine else None
        asked, any_move = _asked(context), _any_move(context)
        if any_move and UNSURE in self._named(text):
            return any_move
        if asked or (playing and playing.phase is Phase.HURT):
            return self._choice(text, context, asked, is_question=is_question)
        is_there = playing is not None and not playing.away
        if not is_there and not _is_just_after(context):
            return None
        said = set() if is_question else {*self._named(text), *({UNWELL} if Answer.ILL in told else ())}
        return _unasked(context, said | ({SIGN} if Answer.LEG_SYMPTOMS in told else set()))

    def _choice(self, text: str, context: Context, asked: Sequence[str], *, is_question: bool) -> str | None:
        """What is chosen of the card that was shown last; words that choose nothing bring it again."""
        named, kinds = self._named(text), {each.split()[-1] for each in asked}
        is_serious = not kinds.isdisjoint(SERIOUS) or bool(context.routine and context.routine.signs)
        choices = (*SERIOUS, NONE) if is_serious else FIRST_CARD
        at = " ".join(asked[0].split()[: WORDS_OF_A_CHOICE - 1]) if asked else _at(context)
        kind = None if is_question else next((each for each in choices if each in named), None)
        playing = context.routine.playing if context.routine else None
        is_open = playing is not None and playing.phase is Phase.HURT
        is_open = is_open or UNSURE in named
        if kind is None and (is_question or not is_open):
            return None
        return f"{at} {kind or UNSURE}"

    def _named(self, text: str) -> set[str]:
        """The names of what words say, without what they take back ("not sharp")."""
        words, named, place = words_of(text, self._vocabulary), set[str](), 0
        while place < len(words):
            found = self._phrases.at(words, place)
            longest = max((behind for _, behind in found), default=place + 1)
            names = {name for name, behind in found if behind == longest}
            is_now = NOW in names  # which says nothing against what its single words say
            named |= set() if NOT in names else {name for name, _ in found} if is_now else names
            place = place + 1 if is_now else longest
        return named


def _asked(context: Context) -> list[str]:
    """The choices of the question what it is like, if it was asked last."""
    said = [each.utterance for each in context.suggestions if each.utterance.startswith("/hurt ")]
    kinds = {*HURTING, *SERIOUS, NONE}
    return [each for each in said if len(each.split()) == WORDS_OF_A_CHOICE and each.split()[-1] in kinds]


def _any_move(context: Context) -> str | None:
    """What says that one can't tell which move hurt, if that was asked last."""
    said = (each.utterance for each in context.suggestions if each.utterance.startswith("/felt "))
    return next((utterance for utterance in said if utterance.endswith(" hurt 0")), None)


def _at(context: Context) -> str | None:
    """What opens the question about the step that somebody is at."""
    session = context.routine.session if context.routine else None
    return at_step(session).replace("/move", "/hurt", 1) if session else None


def _unasked(context: Context, said: Collection[str]) -> str | None:
    """What somebody says of themselves who was asked nothing: a sign, that they feel unwell, or hurt."""
    session, at = context.routine.session if context.routine else None, _at(context)
    kind = next((kind for name, kind in ((SIGN, "leg"), (UNWELL, UNWELL)) if name in said), None)
    if session is None or kind is not None:
        return f"{at} {kind}" if session else None
    if NOW not in said:
        return None
    return f"/felt {day_of(session)} hurt" if session.is_over else at


def _is_just_after(context: Context) -> bool:
    """Whether a routine was just stopped or ended; the card of one leads on to others as well."""
    said = {each.utterance.split()[0] for each in context.suggestions}
    return "/redflags" in said or ("/routine" not in said and not said.isdisjoint({"/felt", "/move"}))
