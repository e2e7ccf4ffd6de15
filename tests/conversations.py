"""Conversations as people lead them: what somebody does, and what comes back in every front end.

Questions are said in the words of their titles, so that these promises outlive every matcher.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core.model import Knowledge
from bot.core.plain import STRONG


@dataclass(frozen=True, slots=True)
class Say:
    """Type something."""

    text: str


@dataclass(frozen=True, slots=True)
class Pick:
    """Choose something that was offered: tap the button, or type its number."""

    label: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person sees: a text whose line breaks do not matter, and what is offered below it."""

    text: str
    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """An act and what it brings.

    `entry` is answered, `flag` warned of, `message` said, `notes` added; `words` appear; `offers` are among
    what is offered.
    """

    act: Say | Pick
    entry: str = ""
    flag: str = ""
    message: str = ""
    notes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()

    def missing(self, heard: Heard, knowledge: Knowledge) -> list[str]:
        """What of it did not come back."""
        text = _flat(heard.text)
        promised = [_flat(words) for words in self._promised(knowledge)]
        return [
            *(words for words in promised if words not in text),
            *(label for label in self.offers if label not in heard.offers),
        ]

    def _promised(self, knowledge: Knowledge) -> Iterator[str]:
        if self.entry:
            yield knowledge.entries[self.entry].answer
        if self.flag:
            yield knowledge.red_flags[self.flag].advice
        if self.message:
            sentence: str = getattr(knowledge.messages, self.message)
            yield from re.split(r"\{\w+\}", sentence)
        yield from (knowledge.disclaimers[note].text for note in self.notes)
        yield from self.words


CONVERSATIONS: Mapping[str, tuple[Turn, ...]] = {
    "a newcomer is greeted, asks, and looks where the answer comes from": (
        Turn(Say("/start"), message="welcome", notes=("general",), offers=("The basics",)),
        Turn(
            Say("Can I train my back every day?"), entry="every-day", offers=("Sources", "Not what I asked")
        ),
        Turn(Pick("Sources"), message="sources_of", words=("Can I train my back every day?",)),
        Turn(Pick("How often should I train my back?"), entry="how-often-should-i-train"),
    ),
    "topics lead from a group over a topic to an answer, and back": (
        Turn(Say("/topics"), message="topics", offers=("The basics", "Pregnancy")),
        Turn(Pick("How often, how long"), message="topics_of", offers=("How often", "Back")),
        Turn(Pick("How often"), message="questions_of", offers=("Can I train my back every day?", "Back")),
        Turn(Pick("Back"), message="topics_of", offers=("How often",)),
        Turn(Pick("How often"), message="questions_of"),
        Turn(Pick("Can I train my back every day?"), entry="every-day"),
    ),
    "a wrong answer leads to other questions, and these to the subjects": (
        Turn(Say("can i train my back every day"), entry="every-day"),
        Turn(Pick("Not what I asked"), message="which_one", offers=("None of these",)),
        Turn(Say("/other every-day"), message="which_one", offers=("None of these",)),
        Turn(Say("/other every-day"), message="rephrase", offers=("The basics", "Pregnancy")),
        Turn(Pick("Pregnancy"), message="topics_of", offers=("Back",)),
    ),
    "none of some other questions leads to the subjects": (
        Turn(Say("can i train my back every day"), entry="every-day"),
        Turn(Pick("Not what I asked"), message="which_one", offers=("None of these",)),
        Turn(Pick("None of these"), message="rephrase", offers=("The basics", "Pregnancy")),
    ),
    "a red flag comes before everything and leaves the way open": (
        Turn(Say("my back went last night and now im numb down there"), flag="saddle-numbness"),
        Turn(Say("/ask cant feel when i wipe"), flag="saddle-numbness"),
        Turn(Say("/start i cant feel when i wipe"), flag="saddle-numbness"),
        Turn(Say("Is bad posture harmful?"), entry="is-bad-posture-harmful"),
    ),
    "every command says what it promises": (
        Turn(Say("/help"), message="help", notes=("general",)),
        Turn(Say("/about"), message="about", notes=("general",)),
        Turn(Say("/privacy"), message="privacy"),
        Turn(Say("/redflags"), message="red_flags", words=("Numbness or odd feeling between the legs",)),
        Turn(Say("/sources"), message="sources_all", offers=("More",)),
        Turn(Pick("More"), message="sources_all", offers=("Back",)),
        Turn(Say("/ask"), message="ask_what"),
        Turn(Say("/ask How do I start back training?"), entry="how-to-start"),
        Turn(Say("/sources"), message="sources_of", words=("How do I start back training?",)),
        Turn(Say("/dance"), message="unknown_command", words=("/dance", "/topics")),
    ),
    "a link opens its entry or topic, and an old one says so": (
        Turn(Say("/start every-day"), entry="every-day"),
        Turn(Say("/start how_often"), message="questions_of", offers=("Can I train my back every day?",)),
        Turn(Say("/start how"), message="topics_of", offers=("Back",)),
        Turn(Say("/start no-such-entry"), message="gone", offers=("The basics", "Pregnancy")),
        Turn(Say("/show no-such-entry"), message="gone"),
    ),
    "what is not known is said honestly": (
        Turn(Say("qwxz vbnmk plkjh"), message="unreadable", offers=("Send to the editors",)),
        Turn(Say("?! 🙃 ..."), message="empty"),
        Turn(Say("<b>&amp; **[qwxz]** {vbnmk}</b> plkjh"), message="fallback"),
    ),
    "a question without an answer is sent to the editors, once": (
        Turn(Say("qwxz vbnmk plkjh"), message="may_send", offers=("Send to the editors",)),
        Turn(Pick("Send to the editors"), message="sent"),
        Turn(Say("/send"), message="nothing_to_send"),
        Turn(Say("Can I train my back every day?"), entry="every-day"),
        Turn(Say("/why"), message="unknown_command", words=("/why",)),
    ),
    "an exercise is asked for by name, made easier, and found by browsing": (
        Turn(
            Say("how do i do the bird dog"),
            words=("Bird dog", "1. Go on hands and knees"),
            notes=("pain",),
            offers=("Easier: Hip hinge", "Sources", "Not what I asked"),
        ),
        Turn(Say("is there an easier one?"), words=("Bird dog, easier:",), offers=("Hip hinge",)),
        Turn(Pick("Hip hinge"), words=("Push your bottom back",)),
        Turn(Say("/exercises"), message="exercises", offers=("Stretch", "With a band")),
        Turn(Pick("With a band"), message="exercises_of", offers=("Seated band row", "Back")),
        Turn(Pick("Seated band row"), words=("Sit tall on a sturdy chair",)),
        Turn(Say("/start exercise_cat-cow"), words=("Cat-cow", "Flow slowly")),
    ),
    "a routine is asked for, fitted, and led through move by move": (
        Turn(
            Say("/routine"), words=("Before your first routine",), offers=("I am pregnant", "None of these")
        ),
        Turn(Pick("Sore knees"), offers=("✓ Sore knees", "Go on", "Go on and keep my answers")),
        Turn(Pick("Go on"), message="routine_card", words=("sore knees",), offers=("Start", "Why these?")),
        Turn(Pick("Why these?"), message="routine_why"),
        Turn(
            Pick("Start"),
            words=("1 of", "How much:", "You should feel:"),
            offers=("Pause", "Swap", "This hurts", "Stop"),
        ),
        Turn(Pick("Swap"), words=("1 of",)),
        Turn(Say("too hard"), words=("1 of",)),
        Turn(Say("never again"), words=("1 of",)),
        Turn(Pick("Pause"), words=("Paused.",), offers=("Go on", "Easier", "Harder", "Never again")),
        Turn(Say("go on"), words=("1 of",)),
        Turn(Pick("This hurts"), words=("What is it like?",), offers=("Sharp or sudden",)),
        Turn(Pick("An ache, or too much"), words=("1 of", "Paused."), offers=("Go on",)),
        Turn(Pick("Stop"), message="routine_stopped", offers=("Start",)),
        Turn(Say("something for 3 minutes at work"), message="routine_card", words=("at your desk",)),
        Turn(Say("a gentle one today"), message="routine_card"),
        Turn(Say("I have a band"), message="routine_kept_only"),
        Turn(Say("/mydata"), words=("Equipment: band",)),
    ),
    "who is too young is told so, and gets neither a sample of a routine nor an exercise": (
        Turn(Say("i'm fifteen, routine please"), words=("made for adults",)),
        Turn(Say("Can you show me a short sample routine?"), words=("made for adults",)),
        Turn(Say("how do i do the plank"), words=("made for adults",)),
    ),
    "what is told with the wish for a routine is ticked": (
        Turn(Say("i'm pregnant, give me a routine"), words=("does anything",), offers=("✓ I am pregnant",)),
        Turn(Pick("Go on"), words=("First list:",)),
    ),
    "sciatica that was told of is asked about when all else is forgotten, and erased when one wishes": (
        Turn(Say("my sciatica is bad"), words=()),
        Turn(Say("/routine"), words=("I have no routine",)),
        Turn(Say("/new"), message="new_talk"),
        Turn(Say("/mydata"), words=("Something that goes into a leg",)),
        Turn(Say("give me a routine"), offers=("None of these",)),
        Turn(Pick("None of these"), offers=("Yes, into a leg", "No, not into a leg")),
        Turn(Pick("No, not into a leg"), message="routine_card"),
        Turn(Say("/forget"), offers=()),
        Turn(Say("yes"), words=()),
        Turn(Say("give me a routine"), offers=("None of these",)),
        Turn(Pick("None of these"), message="routine_card"),
    ),
    "a red flag ends a routine, and training pauses": (
        Turn(Say("give me a routine"), offers=("None of these",)),
        Turn(Say("none of these"), message="routine_card"),
        Turn(Pick("Start"), offers=("Done",)),
        Turn(Say("im numb down there now"), flag="saddle-numbness"),
        Turn(Say("/routine"), message="paused"),
    ),
    "a tip is subscribed to in words, paused, changed with buttons, and ended": (
        Turn(Say("send me a tip at 7:30 on weekdays"), words=("By which clock?",)),
        Turn(Say("springfield"), words=("Which one do you mean?",), offers=("None of these",)),
        Turn(
            Pick("Springfield, Illinois, United States"),
            words=("Done: a tip on weekdays at 07:30.", "Chicago"),
        ),
        Turn(Say("pause 3d"), words=("Paused.", "The next one comes"), offers=("Resume",)),
        Turn(Pick("Resume"), words=("Welcome back.",)),
        Turn(
            Say("/settings"), words=("A tip on weekdays at 07:30",), offers=("What", "Days", "Pause", "End")
        ),
        Turn(Pick("Days"), offers=("✓ Mon", "Sun", "Back")),
        Turn(Pick("Sun"), offers=("✓ Sun",)),
        Turn(Pick("Back"), words=("Mon, Tue, Wed, Thu, Fri and Sun",)),
        Turn(Say("Stop the messages"), words=("I send you nothing more",), offers=("Start again",)),
        Turn(Say("/unsubscribe"), message="nothing_sent"),
    ),
    "a place stands in the wish, and what was set up is corrected by what is said next": (
        Turn(
            Say("tips at noon in Springfield"), words=("Which one do you mean?",), offers=("None of these",)
        ),
        Turn(
            Pick("Springfield, Oregon, United States"),
            words=("Done: a tip every day at 12:00.", "the clock of Los Angeles"),
        ),
        Turn(Say("no, 8 pm"), words=("Done: a tip every day at 20:00.",)),
        Turn(Say("not on sundays"), words=("Mon, Tue, Wed, Thu, Fri and Sat at 20:00",)),
        Turn(Say("skip tomorrow"), words=("nothing comes on",), offers=("Resume",)),
        Turn(Say("How often should I train my back?"), entry="how-often-should-i-train"),
        Turn(Say("stop"), words=("I send you nothing more",)),
    ),
    "times and places that can't be are answered kindly": (
        Turn(Say("tips at 25:99"), words=("I don't know that time.",)),
        Turn(Say("a tip every full moon"), words=("The moon and I",)),
        Turn(Say("/subscribe"), words=("When shall I write?",), offers=("07:00", "18:00")),
        Turn(Say("8"), words=("morning or in the evening",), offers=("08:00", "20:00")),
        Turn(Say("evening"), words=("A tip every day at 20:00",)),
        Turn(Say("qwxz vbnmk"), words=("I don't know that place",)),
        Turn(Say("never mind"), words=("I leave it as it is",)),
        Turn(Say("/unsubscribe"), message="nothing_sent"),
    ),
    "a question for a professional is handed on, and pregnancy brings its note": (
        Turn(Say("Which medicine can I take for my back?"), entry="medicines", notes=("medicines",)),
        Turn(Say("Can I train my back in pregnancy?"), entry="training-in-pregnancy", notes=("pregnancy",)),
    ),
}


def _flat(text: str) -> str:
    return " ".join(text.replace(STRONG, "").split())
