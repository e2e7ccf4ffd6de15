"""What people told of themselves and take back, or what is over, stands against nothing any more."""

import pytest
from people import Person

from bot.core.model import Knowledge
from bot.core.person.readiness import Answer
from bot.core.person.readiness_pages import TICK
from bot.core.talk import Kind, Reply

EARLY = "i'm pregnant, 12 weeks"
LATER = "i am 20 weeks pregnant"


def _is_clean(reply: Reply, knowledge: Knowledge) -> bool:
    """Whether a reply is the first card, with nothing ticked on it."""
    is_first = reply.text == knowledge.routine_talk.questions["first"]
    return is_first and not any(each.label.startswith(TICK) for each in reply.suggestions)


@pytest.mark.parametrize(
    ("told", "later"),
    [
        (EARLY, "i lost the baby"),
        (LATER, "i lost the baby last night"),
        (EARLY, "i had a miscarriage"),
        (EARLY, "i had a miscarriage at 12 weeks"),
        (LATER, "the baby has no heartbeat"),
        (EARLY, "i was 12 weeks pregnant and lost the baby"),
        (LATER, "i am not pregnant any more"),
        ("i'm pregnant", "not me, my wife"),
        ("i'm pregnant", "i meant my sister"),
        ("i'm pregnant", "my wife is pregnant, not me"),
        ("i'm 14", "ok i'm actually 24"),
        ("i'm 14", "im 24 not 14"),
        ("my sciatica is bad", "the sciatica is gone now"),
    ],
)
async def test_what_is_over_or_was_not_so_is_forgotten(
    told: str, later: str, person: Person, knowledge: Knowledge
) -> None:
    assert not _is_clean(await person(told, "/routine"), knowledge)
    assert _is_clean(await person(later, "/routine"), knowledge)
    context = await person.contexts.load("1")
    assert context is not None
    assert context.conditions == ()


@pytest.mark.parametrize(
    "later",
    [
        "i had a miscarriage two years ago, is training safe",
        "i had 2 miscarriages",
        "i am afraid i lost the baby",
        "can i lose the baby from planks",
        "my sister lost the baby",
        "i had a miscarriage last year and now i am 20 weeks pregnant",
    ],
)
async def test_a_loss_of_another_time_or_of_somebody_else_ends_no_pregnancy(
    later: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person(LATER, later, "/routine")
    assert f"{TICK}{knowledge.routine_talk.answers[Answer.PREGNANCY]}" in [
        each.label for each in reply.suggestions
    ]


async def test_what_is_kept_of_a_pregnancy_ends_with_it(person: Person) -> None:
    await person("/ready keep", LATER, "my knees are bad")
    person.bot.clock.advance(days=3)
    await person("i lost the baby")
    assert (await person.profiles.load("1")).conditions == {"knee"}


async def test_what_was_tapped_of_a_pregnancy_ends_with_it(person: Person, knowledge: Knowledge) -> None:
    refused = knowledge.routine_words.refusals["refused_serious"]
    assert (await person("/ready go pv")).text.startswith(refused)
    reply = await person("i had a miscarriage", "/routine")
    assert reply.routine is not None
    assert reply.routine.answers == frozenset()


async def test_bleeding_after_a_loss_is_still_an_emergency(person: Person) -> None:
    assert (await person(EARLY, "i had a miscarriage", "i am bleeding heavily")).kind is Kind.RED_FLAG


@pytest.mark.parametrize(
    ("told", "later"),
    [
        ("i'm 14", "ok i'm actually 24"),
        ("my son is 12, can he train?", "and me? i am 40 and healthy"),
        ("i'm pregnant", "i am not pregnant any more"),
    ],
)
async def test_who_says_to_be_no_such_person_gets_no_answer_for_those(
    told: str, later: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person(told, later)
    assert reply.text == knowledge.messages.taken_back
    assert (await person("how often per week")).entry == "how-often-should-i-train"


async def test_a_question_beside_it_is_answered(person: Person) -> None:
    reply = await person("i'm 14", "ok i'm actually 24, how often should i train")
    assert reply.entry == "how-often-should-i-train"
