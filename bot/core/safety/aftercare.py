"""What an urgent red flag changes in a chat until the person has been seen. Pure."""

from dataclasses import replace

from bot.core.model import Vocabulary
from bot.core.safety.pages import SEEN, SEEN_YES, SafetyPages
from bot.core.talk import Context, Kind, Reply
from bot.core.understanding.dialogue import Dialogue
from bot.core.understanding.ear import Ear
from bot.core.understanding.phrases import expand_pattern


class Aftercare:
    """Hears that somebody is well again, and recalls a red flag above what is said of training."""

    def __init__(self, vocabulary: Vocabulary, ear: Ear, dialogue: Dialogue, pages: SafetyPages) -> None:
        self._ear = ear
        self._dialogue = dialogue
        self._pages = pages
        self._recoveries = {
            " ".join(form.split()) for text in vocabulary.recoveries for form in expand_pattern(text, {})
        }

    def pick(self, text: str, context: Context | None) -> str:
        """What the button says that a person means who writes to be well, or whether it is settled."""
        if context is None or context.alert is None:
            return text
        offered = {suggestion.utterance for suggestion in context.suggestions}
        choice = self._dialogue.choice(text) if SEEN_YES in offered else None
        if choice == "yes":
            return SEEN_YES
        if choice == "no":
            return f"/flag {context.alert.flag}"
        words, _ = self._ear.hear(text)
        return SEEN if " ".join(words) in self._recoveries else text

    def remind(self, reply: Reply, context: Context | None) -> Reply:
        """An answer below the red flag that was reported, and the button to say that it is settled."""
        alert = context.alert if context else None
        if alert is None or reply.kind is not Kind.ANSWER:
            return reply
        text = f"{self._pages.reminder(alert.flag)}\n\n{reply.text}"
        return replace(reply, text=text, suggestions=(self._pages.seen_button(), *reply.suggestions))
