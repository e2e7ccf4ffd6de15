"""How people steer the routine that is shown, or wish for one beside it. Pure."""

from collections.abc import Iterator, Sequence

from bot.core.model import Vocabulary
from bot.core.person.readiness import Answer, clinician_is_open, read_names
from bot.core.person.readiness_pages import AGAIN
from bot.core.player.pages import at_step
from bot.core.player.session import Phase
from bot.core.routines.reading import TOOLS, WishReader, spelled
from bot.core.routines.recipes import Recipes
from bot.core.routines.words import BACK, RoutineTalk
from bot.core.talk import Context, Kind, Suggestion
from bot.core.understanding.text import key, words_of

OTHER, SWAP = "other", "do swap"
ANY = "1"  # what stands in the phrases for the number of a move, and
NTH = "st"  # behind it where the number is a word like "third"
PACES = frozenset({"do easier", "do harder"})
LATE = PACES | {SWAP, "do never"}  # what may be said of the move that comes next though it is not shown
LEADING = frozenset({"start", "gentle", OTHER})  # what follows /routine where words begin one
TAPPED = ("/routine", "/move", "/ready", "/hurt", "/felt")  # commands whose buttons can be typed as well


class RoutineHearing:
    """Hears steering; what a text wishes it has read by `wishes`."""

    def __init__(self, words: RoutineTalk, recipes: Recipes, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.wishes = WishReader(words, recipes, vocabulary)
        self._ordinals = words.ordinals
        concepts = vocabulary.concepts
        self._steering = {
            tuple(words_of(form, vocabulary)): name
            for name, phrases in words.steering.items()
            for form in spelled(phrases, concepts)
        }
        self._taking_back = {
            tuple(words_of(form, vocabulary)) for form in spelled(words.taking_back, concepts)
        }
        self._agreement = {tuple(words_of(form, vocabulary)) for form in spelled(words.agreement, concepts)}

    def steer(self, text: str, context: Context | None, *, is_late: bool = False) -> str | None:
        """The utterance that words stand for while a routine, or a question before one, is shown.

        `is_late`: it was shown before, something else was talked of since, and the words say nothing else.
        """
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
        is_tried_again = _was_missed(context) and (kind == "swap" or said in PACES)
        is_tried_again = is_tried_again or (is_late and (kind != "do" or said in LATE))
        acting = _acting(act, context, offered, is_shown=is_tried_again) if kind == "do" else None
        leading = {"do go": _going(context)}.get(said) if kind == "do" else said
        is_led = leading is not None and (_is_running(offered) or is_tried_again)
        return acting or (f"/routine {leading}".rstrip() if is_led else None)

    def _said(self, text: str, context: Context) -> str | None:
        """How words steer; "another one" means the move while somebody is led through, else the routine."""
        words = self.wishes.heard(text)
        said = self._steering.get(tuple(words)) or next(self._numbered(words), None)
        is_led = context.routine is not None and context.routine.playing is not None
        return SWAP if said == OTHER and is_led else said

    def _numbered(self, words: Sequence[str]) -> Iterator[str]:
        """What words with the number of a move in them steer: "swap 3", "the third one"."""
        for place, word in enumerate(words):
            nth = self._ordinals.get(word)
            number = nth or self.wishes.number(word)
            plain = (*words[:place], ANY, *((NTH,) if nth else ()), *words[place + 1 :])
            said = self._steering.get(plain, "") if number is not None else ""
            if said.endswith(f" {ANY}"):
                yield f"{said.removesuffix(ANY)}{number}"

    def late(self, text: str, context: Context | None) -> str | None:
        """The utterance that words stand for which say nothing else, after a routine was shown."""
        if context is None or not _is_to_come(context):
            return None
        return self.steer(text, context, is_late=True) or self.wish_here(text, context, is_late=True)

    def wish_here(self, text: str, context: Context | None, *, is_late: bool = False) -> str | None:
        """The utterance of a wish that names no routine, while one is shown; what one has is kept.

        While somebody is led through it, only what is not there is heard. `is_late`: as for `steer`.
        """
        if context is None or text.startswith("/"):
            return None
        offered = [each for each in context.suggestions if _is_ours(each.utterance)]
        read = self.wishes.read(text)
        is_wish = bool(read.names) or (read.minutes is not None and read.asks)
        is_shown = is_late or _is_running(offered) or _was_missed(context)
        if read.unknown or not is_wish or not is_shown:
            return None
        is_led = context.routine is not None and context.routine.playing is not None
        if (is_led and not read.is_lack) or _asks_what_hurts(offered):
            return None
        is_kept = TOOLS.issuperset(read.names) and read.minutes is None and not read.asks
        return f"/routine keep {read.argument}" if is_kept else f"/routine {read.argument}"

    @staticmethod
    def is_card_shown(context: Context | None) -> bool:
        """Whether the card of a routine that is still to be done was shown last."""
        if context is None or not _is_to_come(context):
            return False
        return any(each.utterance == "/routine why" for each in context.suggestions)

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
        said = self._steering.get(tuple(self.wishes.heard(text)), "")
        return said in LEADING or (said.startswith("do ") and said != "do stop")

    def takes_back(self, text: str) -> str | None:
        """The utterance by which every "never again" is taken back, if words say so."""
        return f"/routine {BACK}" if tuple(self.wishes.heard(text)) in self._taking_back else None

    def agrees(self, text: str, context: Context | None) -> str | None:
        """The utterance that asks anew of an agreement, if words say that the clinician has agreed."""
        if context is None or tuple(words_of(text, self._vocabulary)) not in self._agreement:
            return None
        answers = (context.routine.answers if context.routine else None) or frozenset()
        if Answer.NOT_ASKED.value in answers:
            return f"/ready {AGAIN}"
        is_open = clinician_is_open(read_names(context.told | answers))
        return "/routine" if is_open else None


def _acting(
    act: str, context: Context, offered: Sequence[Suggestion], *, is_shown: bool = False
) -> str | None:
    """The utterance that does something in the step that somebody is at, or that was offered.

    `is_shown`: the step that comes next is meant, whatever was offered.
    """
    session = context.routine.session if context.routine else None
    move = next((each.utterance for each in offered if each.utterance.startswith("/move")), None)
    at = at_step(session) if session and (session.playing or is_shown) else move
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


def _asks_what_hurts(offered: Sequence[Suggestion]) -> bool:
    """Whether it was asked last what a pain is like, so that "my knee" says that."""
    return bool(offered) and offered[0].utterance.startswith("/hurt ")


def _was_missed(context: Context) -> bool:
    """Whether what was just said beside a routine of this day was not understood, and is tried again."""
    return context.kind is Kind.FALLBACK and _is_to_come(context)


def _is_to_come(context: Context) -> bool:
    """Whether there is a routine of which something is still to be done."""
    session = context.routine.session if context.routine else None
    return session is not None and not session.is_over


def _is_running(offered: Sequence[Suggestion]) -> bool:
    """Whether buttons are those of a routine, not of the questions before it."""
    return bool(offered) and not offered[0].utterance.startswith("/ready")


def _is_ours(utterance: str) -> bool:
    return utterance.split(" ", 1)[0] in TAPPED
