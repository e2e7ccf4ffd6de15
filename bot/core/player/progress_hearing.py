"""Hears in words what somebody wants of their progress: to see it, another goal, a break. Pure."""

from bot.core.model import Vocabulary
from bot.core.routines.words import RoutineTalk
from bot.core.talk import Context
from bot.core.understanding.phrases import expand_pattern
from bot.core.understanding.text import key, words_of

COMMAND = "/progress"
ANY = "1"  # what stands for every number in the phrases
SHOW, GOAL = "show", "goal"
CHOSEN = "chosen"  # so many days, where a goal was asked for
BACK = "back"  # that a break is over, where that is shown
REST = "rest"  # a need of rest, but not while a step runs


class ProgressHearing:
    """Knows whole messages about progress, with numbers in words or figures."""

    def __init__(self, words: RoutineTalk, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._numbers = words.numbers
        self._phrases = {
            self._plain(form)[0]: name
            for name, patterns in words.counting.items()
            for pattern in patterns
            for form in expand_pattern(pattern, vocabulary.concepts)
        }

    def pick(self, text: str, context: Context | None) -> str | None:
        """The utterance that a text stands for; None: it is about something else.

        What is written on a button of progress stands for it while that is shown.
        """
        offered = context.suggestions if context else ()
        labels = {key(each.label): each.utterance for each in offered if each.utterance.startswith(COMMAND)}
        tapped = labels.get(key(text))
        if tapped is not None:
            return tapped
        words, number = self._plain(text)
        act = self._phrases.get(words)
        is_asked = f"{COMMAND} {GOAL} 1" in labels.values()
        is_led = context is not None and context.routine is not None and context.routine.playing is not None
        is_resting = f"{COMMAND} {BACK}" in labels.values()
        is_out_of_place = (act == CHOSEN and not is_asked) or (act == BACK and not is_resting)
        if act is None or is_out_of_place or (act == REST and is_led):
            return None
        if act in {SHOW, REST}:
            return COMMAND
        return f"{COMMAND} {GOAL if act == CHOSEN else act} {number}".strip()

    def _plain(self, text: str) -> tuple[tuple[str, ...], str]:
        """The words of a text with the same for every number in it, and the first number."""
        words = [str(self._numbers.get(word, word)) for word in words_of(text, self._vocabulary)]
        numbers = [word for word in words if word.isdecimal()]
        return tuple(ANY if word.isdecimal() else word for word in words), next(iter(numbers), "")
