"""What an urgent red flag changes in a chat until the person has been seen. Pure."""

from dataclasses import replace

from bot.core.model import Vocabulary
from bot.core.person.readiness import REFUSING, Answer, read_names
from bot.core.safety.advice import ADVISED_KINDS
from bot.core.safety.check import RedFlagCheck
from bot.core.safety.pages import SEEN, SEEN_YES, SafetyPages
from bot.core.safety.recoveries import Recoveries
from bot.core.talk import Context, Kind, Reply
from bot.core.understanding.interpreter import Interpreter


class Aftercare:
    """Hears that somebody is well again, and recalls a red flag above what is said of training."""

    def __init__(
        self, vocabulary: Vocabulary, interpreter: Interpreter, check: RedFlagCheck, pages: SafetyPages
    ) -> None:
        self._dialogue = interpreter.dialogue
        self._recoveries = Recoveries(vocabulary, interpreter.matcher.ear)
        self._check = check
        self._pages = pages

    def pick(self, text: str, context: Context | None) -> str:
        """What the button says that a person means who writes to be well, or whether it is settled."""
        if context is None or context.alert is None or text.startswith("/"):
            return text
        choice, flag = self._dialogue.choice(text), context.alert.flag
        is_over = self._recoveries.are_said(text) or self._check.denies(text, flag)
        if any(suggestion.utterance == SEEN_YES for suggestion in context.suggestions):
            begins = self._dialogue.choice(text.split(maxsplit=1)[0]) if is_over else None
            if "yes" in {choice, begins}:
                return SEEN_YES
            if choice == "no":
                return f"/flag {flag}"
        elif choice == "no" and context.kind is Kind.RED_FLAG:
            return SEEN
        return SEEN if is_over else text

    def go_on(self, context: Context | None) -> Reply:
        """The word that training may go on, now that what was reported is settled."""
        told = read_names(self.settled(context).told) if context else frozenset()
        return self._pages.go_on(answer for answer in REFUSING if answer in told)

    def settled(self, context: Context) -> Context:
        """A context without what was told along with the red flag and is over with it.

        Something in a leg is asked about again before a routine, whenever it was told.
        """
        since = context.alert.at if context.alert else None
        with_it = {each.name for each in context.told_at if since is not None and each.at >= since}
        return context.taking_back(frozenset({Answer.LEG_SYMPTOMS.value} | ({Answer.ILL.value} & with_it)))

    def remind(self, reply: Reply, context: Context | None) -> Reply:
        """A reply below the red flag that was reported, and the button to say that it is settled."""
        alert = context.alert if context else None
        if alert is None or reply.kind not in ADVISED_KINDS:
            return reply
        reminder = self._pages.reminder(alert.flag, is_answer=reply.kind is Kind.ANSWER)
        text = f"{reminder}\n\n{reply.text}"
        return replace(reply, text=text, suggestions=(self._pages.seen_button(), *reply.suggestions))
