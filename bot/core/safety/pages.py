"""What is shown around warning signs: their list, why training pauses, what to say on the phone. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from bot.core.model import Action, Knowledge, RedFlag
from bot.core.pages import Pages
from bot.core.person.readiness import Answer
from bot.core.talk import Reply, Suggestion

SEEN, SEEN_YES = "/seen", "/seen yes"  # what the buttons say by which training is opened again


class SafetyPages:
    """The replies around red flags; their advice itself is content."""

    def __init__(self, knowledge: Knowledge, pages: Pages) -> None:
        self._knowledge = knowledge
        self._says = knowledge.messages
        self._pages = pages

    def all(self) -> Reply:
        """The list of warning signs, as general information."""
        flags = self._knowledge.red_flags.values()
        urgent = [flag for flag in flags if flag.action in {Action.EMERGENCY, Action.CRISIS}]
        text = "\n".join(
            [self._says.red_flags, *(f"{n}. {flag.name}" for n, flag in enumerate(urgent, start=1))]
        )
        buttons = (Suggestion(label=flag.name, utterance=f"/flag {flag.id}") for flag in urgent)
        return self._pages.text(text, suggestions=tuple(buttons))

    def listing(self, flags: Iterable[RedFlag]) -> Reply:
        """What is known in general of the first of some red flags that an answer lists among others."""
        entries = self._knowledge.entries.values()
        for flag in flags:
            listing = [entry for entry in entries if flag.id in entry.warns_of]
            if listing:
                fullest = max(listing, key=lambda entry: len(entry.warns_of))
                return self._pages.entry(fullest.id, repeat_question=True)
        return self.all()

    def paused(self, flag: str, topic: str) -> Reply:
        """Why there is no training now: a red flag was reported."""
        text = self._says.paused.format(sign=self._flag_name(flag))
        return self._pages.text(text, topic, (self.seen_button(),))

    def reminder(self, flag: str, *, is_answer: bool) -> str:
        """The sentence above an answer, or another reply to a question: a red flag was reported."""
        said = self._says.reminder if is_answer else self._says.reminder_short
        return said.format(sign=self._flag_name(flag))

    def seen_button(self) -> Suggestion:
        """The button by which somebody says that they have been seen or are fine."""
        return Suggestion(label=self._says.seen_button, utterance=SEEN)

    def ask_seen(self, flag: str) -> Reply:
        """The question whether somebody has looked at what was reported."""
        choices = (
            Suggestion(label=self._says.seen_yes, utterance=SEEN_YES),
            Suggestion(label=self._says.seen_no, utterance=f"/flag {flag}"),
        )
        return self._pages.text(self._says.ask_seen.format(sign=self._flag_name(flag)), suggestions=choices)

    def go_on(self, told: Iterable[Answer] = ()) -> Reply:
        """The word that training may go on, and what else somebody told that stands against a routine."""
        names = ", ".join(self._knowledge.routine_talk.held[answer] for answer in told)
        still = [self._says.still_told.format(conditions=names)] if names else []
        text = "\n\n".join([self._says.go_on, *still])
        return replace(self._pages.with_general(self._pages.text(text)), ends_alert=True)

    def phone_button(self) -> Suggestion:
        """The button under an emergency answer that shows what to say on the phone."""
        return Suggestion(label=self._says.phone_button, utterance="/phone")

    def phone(self, flag: str | None) -> Reply:
        """What to say on the phone, and which sign was reported, if that is known."""
        known = [self._says.phone_sign.format(sign=self._flag_name(flag))] if flag else []
        return self._pages.text("\n\n".join([self._says.phone, *known]))

    def _flag_name(self, flag: str) -> str:
        known = self._knowledge.red_flags.get(flag)
        return known.later_name if known else flag
