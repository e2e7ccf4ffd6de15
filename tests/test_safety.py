"""Red flags in a talk: signs that are spread over messages, and what pauses until somebody has been seen."""

import pytest
from house import NUMB, QUESTION, Clock

from bot.core.model import Action, Kind, Reply, Turn
from bot.services.assistant import Assistant


class Talk:
    """Says things in one chat, or as one person in a group."""

    def __init__(
        self, assistant: Assistant, clock: Clock, chat: str = "1", *, is_public: bool = False
    ) -> None:
        self._assistant = assistant
        self._clock = clock
        self._chat = chat
        self._is_public = is_public

    async def __call__(self, text: str) -> Reply:
        turn = Turn(text=text, now=self._clock(), chat=self._chat, is_public=self._is_public)
        return await self._assistant.respond(turn)


@pytest.fixture
def say(assistant: Assistant, clock: Clock) -> Talk:
    return Talk(assistant, clock)


@pytest.mark.parametrize(
    "messages",
    [
        ("my back is killing me", "and now i cant pee"),
        ("i am 24 weeks pregnant", "there is some bleeding"),
        ("i had breast cancer", "my back hurts since last week", "and my legs are going numb"),
    ],
)
async def test_a_sign_that_is_spread_over_messages_is_found(say: Talk, messages: tuple[str, ...]) -> None:
    *_, last = [await say(message) for message in messages]
    assert last.kind is Kind.RED_FLAG
    assert last.action in {Action.EMERGENCY, Action.SAME_DAY}


async def test_signs_that_lie_far_apart_are_no_sign(say: Talk, clock: Clock) -> None:
    assert (await say("my gums are bleeding")).kind is not Kind.RED_FLAG
    clock.advance(minutes=45)
    assert (await say("can i train when pregnant")).kind is not Kind.RED_FLAG


async def test_what_was_told_before_counts_for_a_later_sign(say: Talk) -> None:
    await say("I am 24 weeks pregnant")
    for _ in range(3):
        await say(QUESTION)
    assert (await say("some blood when i wipe")).kind is Kind.RED_FLAG


async def test_training_pauses_after_a_red_flag_until_somebody_has_been_seen(say: Talk) -> None:
    warned = await say(NUMB)
    assert not warned.suggestions
    paused = await say("/routine")
    assert [suggestion.utterance for suggestion in paused.suggestions] == ["/seen"]
    asked = await say("/seen")
    assert [suggestion.utterance for suggestion in asked.suggestions] == [
        "/seen yes",
        f"/flag {warned.red_flag}",
    ]
    assert (await say(asked.suggestions[1].utterance)).text == warned.text
    await say("/seen yes")
    assert (await say("/routine")).suggestions[0].utterance != "/seen"


async def test_a_new_talk_does_not_end_the_pause(say: Talk, clock: Clock) -> None:
    await say(NUMB)
    await say("/new")
    clock.advance(days=2)
    assert (await say("/subscribe")).suggestions[0].utterance == "/seen"


async def test_the_pause_ends_by_itself(say: Talk, clock: Clock) -> None:
    await say(NUMB)
    clock.advance(days=15)
    assert (await say("/routine")).suggestions[0].utterance != "/seen"


async def test_a_sign_to_see_a_doctor_pauses_nothing(say: Talk) -> None:
    reply = await say("i have lost weight without trying and my back hurts, how often should i train")
    assert (reply.kind, reply.action) == (Kind.RED_FLAG, Action.SEE_DOCTOR)
    assert (await say("/routine")).suggestions[0].utterance != "/seen"


async def test_a_warning_sign_of_the_list_can_be_named_by_its_number(say: Talk) -> None:
    listed = await say("/redflags")
    reply = await say("2")
    assert (reply.kind, f"/flag {reply.red_flag}") == (Kind.RED_FLAG, listed.suggestions[1].utterance)


async def test_in_a_group_a_pause_is_one_persons_and_lasts_for_minutes(
    assistant: Assistant, clock: Clock
) -> None:
    anna, ben = (Talk(assistant, clock, f"-5:{person}", is_public=True) for person in (1, 2))
    await anna(NUMB)
    assert (await anna("/routine")).suggestions[0].utterance == "/seen"
    assert (await ben("/routine")).suggestions[0].utterance != "/seen"
    clock.advance(minutes=6)
    assert (await anna("/routine")).suggestions[0].utterance != "/seen"


async def test_somebody_who_told_of_an_operation_reads_the_note_for_it_once(say: Talk) -> None:
    await say("I had back surgery in March")
    first, second = await say("What is back training?"), await say("Which band should I buy?")
    assert "diagnosis" in [disclaimer.id for disclaimer in first.disclaimers]
    assert "diagnosis" not in [disclaimer.id for disclaimer in second.disclaimers]
