"""Hears that somebody wants to go on with the routine that they stopped, whatever came between. Pure."""

from collections.abc import Mapping

from bot.core.model import Vocabulary
from bot.core.player.pages import REMAINING, at_step
from bot.core.routines.words import RoutineTalk
from bot.core.talk import Context
from bot.core.understanding.phrases import expand_pattern
from bot.core.understanding.text import key, words_of

CARD = "/routine"
START = f"{CARD} start"
UTTERANCES: Mapping[str, str] = {"go": START, "card": CARD}
SHOWN = "card"
DONE = "done"  # what is said once more after the end


class ResumeHearing:
    """Knows whole messages like "go on" and "back to my routine"."""

    def __init__(self, words: RoutineTalk, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._phrases = {
            tuple(words_of(form, vocabulary)): name
            for name, patterns in words.resuming.items()
            for pattern in patterns
            for form in expand_pattern(pattern, {})
        }

    def pick(self, text: str, context: Context | None) -> str | None:
        """The utterance that takes up the stopped routine. None: there is none, or a button says so."""
        session = context.routine.session if context and context.routine else None
        if context is None or session is None:
            return None
        is_button = key(text) in {key(each.label) for each in context.suggestions}
        said = None if is_button else self._phrases.get(tuple(words_of(text, self._vocabulary)))
        if session.playing is not None:
            shown = {SHOWN: START, REMAINING: f"{at_step(session)} {REMAINING}"}
            return shown.get(said or "")  # all else steers the step
        if session.is_over:
            is_just_over = any(each.utterance.startswith("/felt ") for each in context.suggestions)
            return START if said == DONE and is_just_over else None  # how it felt is asked once more
        if session.is_left or said not in UTTERANCES:
            return CARD if said == REMAINING and session.is_left else UTTERANCES.get(said or "")
        return CARD if session.done else None  # it ended since something hurt, or was made anew
