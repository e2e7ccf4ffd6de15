"""After a red flag: how somebody says to be well in their own words, and what pauses until then."""

import pytest
from people import Person

from bot.core.model import Knowledge
from bot.core.person.readiness import Answer
from bot.core.safety.pages import SEEN, SEEN_YES
from bot.core.talk import Kind

BOTH = "both legs numb"  # an emergency
WELL = [
    "i have been seen by a doctor and its all fine",
    "seen by a doctor, antibiotics, all fine now",
    "he was seen by a doctor, all fine",
    "the oncologist said all fine",
    "midwife checked, all good",
    "i was at the ER, they did an MRI, all fine",
    "doctor says i can train again",
    "got checked out, nothing serious",
    "my physio cleared me",
    "went to hospital yesterday, scan was clear",
    "i'm fine now",
    "all good now",
    "symptoms are gone",
]
NEVER = [
    "i don't have that",
    "i dont have numbness, just joking",
    "no, i am not numb",
    "lol its gone now",
    "no it's gone",
    "i only ask what it means",
    "just kidding its muscle soreness",
    "haha no",
    "no",
    "that was a joke",
    "it was about my mother, i am fine",
    "sorry, wrong button",
    "false alarm",
    "haha not really",
    "not really lol",
    "just kidding",
    "i was joking",
    "haha no im not",
    "i made that up",
    "just wanted to see what you say",
]
NOT_WELL = [
    "not fine",
    "they said it is not all fine",
    "i have not been seen",
    "i haven't been seen by a doctor yet",
    "no doctor has seen me",
    "when can i be seen by a doctor",
    "what if the doctor says i can train",
    "the doctor says i can not train",
    "it's gone but now it is back again",
    "i am not ok",
    "not really better",
    "it is not really gone",
    "i have no equipment",
    "is it ok to train",
    "thanks",
]


@pytest.mark.parametrize("words", [*WELL, *NEVER])
async def test_who_is_well_or_never_had_it_is_asked_once_more_and_never_believed_at_once(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person(BOTH)
    asked = await person(words)
    assert asked.text == knowledge.messages.ask_seen.format(sign=knowledge.red_flags["both-legs"].name)
    assert not asked.ends_alert
    assert (await person("yes")).ends_alert


@pytest.mark.parametrize("words", NOT_WELL)
async def test_who_is_not_well_or_speaks_of_something_else_is_not_asked_that(
    words: str, person: Person
) -> None:
    reply = await person(BOTH, words)
    assert not any(each.utterance == SEEN_YES for each in reply.suggestions)


async def test_who_denies_a_fever_after_a_sign_with_fever_is_asked_once_more(person: Person) -> None:
    await person("i have fever and my back hurts")
    reply = await person("no i don't have fever i just wonder")
    assert any(each.utterance == SEEN_YES for each in reply.suggestions)


async def test_a_message_that_raises_a_sign_itself_is_warned_of_first(person: Person) -> None:
    await person(BOTH)
    assert (await person("the doctor said all fine but now i cant pee")).red_flag is not None


async def test_whoever_answers_the_question_in_full_is_understood(person: Person) -> None:
    await person(BOTH, "i have been seen")
    assert (await person("yes, the doctor checked it and it is gone")).ends_alert


async def test_a_clinicians_yes_settles_the_sign_before_it_counts_for_a_routine(person: Person) -> None:
    await person("i have a herniated disc", BOTH)
    reply = await person("my doctor says i can train")
    assert any(each.utterance == SEEN_YES for each in reply.suggestions)


@pytest.mark.parametrize(
    "told", [("my legs are numb",), ("my sciatica is back", BOTH), ("my legs are numb and i have fever",)]
)
async def test_what_was_told_with_the_sign_is_over_with_it_but_a_leg_is_asked_about_again(
    told: tuple[str, ...], person: Person, knowledge: Knowledge
) -> None:
    opened = await person(*told, "/seen", "yes")
    assert opened.text.startswith(knowledge.messages.go_on)
    assert knowledge.messages.still_told.split("{")[0] not in opened.text
    first = await person("show me a routine")
    assert first.text == knowledge.routine_talk.questions["first"]
    asked = await person.tap("None of these", first)
    assert asked.text == knowledge.routine_talk.questions["leg"]


@pytest.mark.parametrize(
    ("told", "still"), [("i'm 14 and my legs are numb", Answer.UNDER_16), ("i have the flu", Answer.ILL)]
)
async def test_the_word_of_opening_names_what_still_stands_against_a_routine(
    told: str, still: Answer, person: Person, knowledge: Knowledge
) -> None:
    opened = await person(told, BOTH, "/seen", "yes")
    named = knowledge.messages.still_told.format(conditions=knowledge.routine_talk.held[still])
    assert opened.text.startswith(f"{knowledge.messages.go_on}\n\n{named}")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("qwxz vbnmk plkjh", Kind.FALLBACK),
        ("should i take ibuprofen", Kind.DEFER),
        ("is sitting the cause", Kind.CLARIFICATION),
    ],
)
async def test_every_reply_to_a_question_recalls_the_sign(
    text: str, kind: Kind, person: Person, knowledge: Knowledge
) -> None:
    reply = await person(BOTH, text)
    sign = knowledge.red_flags["both-legs"].name
    assert reply.kind is kind
    assert reply.text.startswith(knowledge.messages.reminder_short.format(sign=sign))
    assert reply.suggestions[0].utterance == SEEN


async def test_what_somebody_else_may_read_along_is_not_named_again(person: Person) -> None:
    for message in ("how often should i train", "/routine", "i am fine", "/mydata"):
        said = (await person("my husband hits me", message)).text
        assert "need not carry alone" in said, message
        assert "hurts, threatens or forces" not in said, message


async def test_small_talk_recalls_nothing(person: Person, knowledge: Knowledge) -> None:
    assert (await person(BOTH, "hello")).text.startswith(knowledge.entries["hello"].answer)


@pytest.mark.parametrize(
    "text", ["how many sets then", "how often", "How do I start back training?", "/show how-to-start"]
)
async def test_no_dose_is_given_until_somebody_has_been_seen(
    text: str, person: Person, knowledge: Knowledge
) -> None:
    sign = knowledge.red_flags["both-legs"].name
    assert (await person(BOTH, text)).text == knowledge.messages.paused.format(sign=sign)
