"""What a link or a button names is opened, whatever it is called."""

import pytest
from house import Clock
from people import Person

from bot.core.model import Knowledge
from bot.core.talk import Kind, Turn
from bot.services.assistant import Assistant


async def test_a_link_opens_each_entry_exercise_and_topic(person: Person, knowledge: Knowledge) -> None:
    for name, entry in knowledge.entries.items():
        reply = await person(f"/start {name}")
        assert (reply.entry, reply.text) == (name, entry.answer)
    for name in knowledge.exercises:
        assert (await person(f"/start exercise_{name}")).entry == f"exercise:{name}"
    for name in knowledge.topics.keys() - knowledge.entries.keys():
        reply = await person(f"/start {name}")
        assert (reply.topic, reply.text) == (name, f"{knowledge.topics[name].label}: choose a question.")


async def test_every_answer_is_found_by_browsing(person: Person, knowledge: Knowledge) -> None:
    todo, found = ["/topics"], {"/topics"}
    while todo:
        reply = await person(todo.pop())
        if reply.in_place:
            new = {each.utterance for each in reply.suggestions} - found
            todo, found = [*todo, *new], found | new
    answers = {name for name, entry in knowledge.entries.items() if entry.kind.value == Kind.ANSWER}
    assert {f"/show {name}" for name in answers} <= found


@pytest.mark.parametrize("told", ["i am pregnant", "i had back surgery in march"])
async def test_the_name_of_an_entry_raises_no_alarm_behind_a_link_or_a_button(
    person: Person, knowledge: Knowledge, told: str
) -> None:
    await person(told)
    names = [*knowledge.entries, *knowledge.topics]
    for command in ("start", "show", "other", "sources"):
        assert {(await person(f"/{command} {name}")).red_flag for name in names} == {None}


@pytest.mark.parametrize("command", ["/start", "/show", "/topics", "/other", "/sources", "/ask"])
async def test_words_of_a_person_behind_a_command_are_heard(
    assistant: Assistant, clock: Clock, command: str
) -> None:
    reply = await assistant.respond(Turn(text=f"{command} i cant feel when i wipe", now=clock(), chat="1"))
    assert reply.kind is Kind.RED_FLAG
