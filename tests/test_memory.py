"""What the bot remembers of a person: it shows everything, and erases everything."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
import pytest_asyncio
from bot_api import BotApi
from command import run_bot
from house import NONSENSE, NUMB, QUESTION, Bot, Clock
from subscribers import A_DAY, NOW, RULES, TODAY, subscriber

from bot.core.model import Action, Knowledge
from bot.core.person.profile import Done, Profile
from bot.core.schedules.schedule import Quiet, Schedule
from bot.core.talk import Alert, Asked, Context, Miss, Reply, Suggestion, Turn
from bot.core.understanding.recent import remembers_recent
from bot.services.assistant import Assistant
from bot.services.chores import TIDY_EVERY, tidy_hourly
from bot.storage.database import Database
from bot.storage.ledger import DatabaseLedger
from bot.storage.opening import opened
from bot.storage.profiles import DatabaseProfileStore
from bot.storage.subscriptions import DatabaseSubscriptionStore
from bot.storage.talks import DatabaseContextStore

DONE = Done(
    exercise="cat-cow", at=datetime(2026, 11, 23, 6, 5, tzinfo=UTC), felt="good", routine="desk-break"
)
PROFILE = Profile(
    level=2,
    place="at-home",
    equipment=frozenset({"ball", "band"}),
    conditions=frozenset({"pregnancy"}),
    keeps_conditions=True,
    liked=frozenset({"bird-dog"}),
    never=frozenset({"plank"}),
)


class Talk:
    """Says things in one chat."""

    def __init__(self, assistant: Assistant, clock: Clock, chat: str = "1") -> None:
        self._assistant = assistant
        self._clock = clock
        self._chat = chat

    async def __call__(self, text: str, *, is_public: bool = False) -> Reply:
        chat = self._chat
        return await self._assistant.respond(
            Turn(text=text, now=self._clock(), chat=chat, person=chat, is_public=is_public)
        )


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "data")
    yield database
    await database.close()


@pytest.fixture
def profiles(database: Database) -> DatabaseProfileStore:
    return DatabaseProfileStore(database)


@pytest.fixture
def remembering(bot: Bot, database: Database, profiles: DatabaseProfileStore) -> Assistant:
    """The assistant with a database."""
    return bot.assistant_over(
        DatabaseContextStore(database), profiles, DatabaseSubscriptionStore(database, RULES)
    )


@pytest.fixture
def say(remembering: Assistant, clock: Clock) -> Talk:
    return Talk(remembering, clock)


async def test_of_a_stranger_nothing_is_held(say: Talk, knowledge: Knowledge) -> None:
    assert (await say("/mydata")).text.startswith(knowledge.messages.mydata_nothing)


async def test_everything_that_is_held_is_shown(
    say: Talk, clock: Clock, database: Database, profiles: DatabaseProfileStore, knowledge: Knowledge
) -> None:
    context = Context(
        at=clock(),
        alert=Alert(flag="saddle-numbness", action=Action.EMERGENCY, at=clock()),
        heard=("one **message**", "another <one>"),
        said=QUESTION,
        missed=Miss(text=NONSENSE, topics=()),
        asked=Asked(text="an owner's question", context=None),
        entry="every-day",
        seen=("how-to-start", "gone-since", "exercise:ball-pelvic-tilts"),
        others=("warm-up-gone",),
        suggestions=(Suggestion(label="Sources", utterance="/sources"),),
        conditions=("@herniated_disc",),
        told=frozenset({"under_16", "neither", "agreed"}),
        disclaimed=("general",),
        reminded=clock().date(),
    )
    await DatabaseContextStore(database).save("1", context)
    await profiles.save("1", PROFILE)
    await profiles.add("1", DONE)
    shown = (await say("/mydata")).text
    titles = [knowledge.entries[name].title for name in ("every-day", "how-to-start")]
    for words in (
        *("“one message”", "“another <one>”", f"“{QUESTION}”", f"“{NONSENSE}”", "“an owner's question”"),
        *(*titles, "gone since", "warm up gone", "could tap: Sources"),
        *("I showed: ", f", {knowledge.exercises['ball-pelvic-tilts'].name}"),
        *(
            "begin: “General information for adults, not a plan for you”",
            "note on 2026-11-24",
            "told me of: herniated disc, the yes of your clinician, no condition of the two lists",
            knowledge.red_flags["saddle-numbness"].name,
            "2026-11-24 07:30 UTC",
        ),
        *("Level: 2", "Place: at home", "Equipment: ball, band", "agreed: pregnancy"),
        *("like: bird dog", "again: plank", "2026-11-23 06:05 UTC: cat cow (good, desk break)"),
    ):
        assert words in shown
    assert "exercise:" not in shown
    assert shown.count("**") == 2 * len(["the talk", "the sign", "what suits", "what was done"])


async def test_a_subscription_is_shown_with_how_far_it_is_and_forgotten_with_the_rest(
    say: Talk, database: Database, knowledge: Knowledge
) -> None:
    subscriptions = DatabaseSubscriptionStore(database, RULES)
    kept = subscriber(1, time(7, 30), "Europe/London", due=NOW + A_DAY)
    schedule = Schedule(
        at=time(7, 30),
        weekdays=frozenset({0, 4}),
        quiet=Quiet(start=time(22), end=time(7)),
        paused_until=TODAY,
    )
    subscription = replace(kept.subscription, schedule=schedule, is_silent=True)
    await subscriptions.save(replace(kept, subscription=subscription, last=TODAY, unanswered=3))
    shown = (await say("/mydata")).text
    for words in (
        *("tip, at 07:30 on Mon, Fri, by the clock of Europe/London", "Not between 22:00 and 07:00"),
        *("Without a sound", f"Paused until {TODAY}", "next comes on 2026-11-25 07:30 UTC"),
        f"last was for {TODAY}; sent since you last wrote or tapped: 3",
    ):
        assert words in shown
    await DatabaseLedger(database).end("1", NOW)
    ended = (await say("/mydata")).text
    assert "Ended on 2026-11-24 07:30 UTC" in ended
    assert "Until it ended you got: a tip, at 07:30 on Mon, Fri" in ended
    assert "You get" not in ended
    await say("/forget yes")
    assert await subscriptions.load("1") is None


async def test_what_was_read_last_is_forgotten_too(say: Talk) -> None:
    read: list[str] = []

    @remembers_recent
    def reading(text: str) -> str:
        read.append(text)
        return text.upper()

    assert [reading("my back"), reading("my back")] == ["MY BACK", "MY BACK"]
    assert read == ["my back"]
    await say("/forget yes")
    assert reading("my back") == "MY BACK"
    assert read == ["my back", "my back"]


async def test_that_nothing_stands_against_a_routine_is_shown_as_well(
    say: Talk, profiles: DatabaseProfileStore
) -> None:
    await profiles.save("1", Profile(keeps_conditions=True))
    assert "agreed: nothing of what I ask about" in (await say("/mydata")).text


@pytest.mark.parametrize(
    "said",
    [
        "what do you know about me",
        "What data do you have of me?",
        "show me my data",
        "what have you stored about me?",
    ],
)
async def test_what_is_held_can_be_asked_for_in_words(say: Talk, knowledge: Knowledge, said: str) -> None:
    await say(QUESTION)
    assert (await say(said)).text.startswith(knowledge.messages.mydata)


async def test_what_is_held_is_shown_even_when_it_counts_no_more(say: Talk, clock: Clock) -> None:
    await say(QUESTION)
    clock.advance(hours=5)
    assert QUESTION in (await say("/mydata")).text


async def test_one_question_before_everything_is_erased(
    say: Talk, profiles: DatabaseProfileStore, knowledge: Knowledge
) -> None:
    says = knowledge.messages
    await profiles.save("1", PROFILE)
    await profiles.add("1", DONE)
    await say(NUMB)
    question = await say("/forget")
    assert (question.text, [offer.utterance for offer in question.suggestions]) == (
        says.ask_forget,
        ["/forget yes", "/forget no"],
    )
    assert (await say("2")).text == says.kept
    assert "plank" in (await say("/mydata")).text
    assert (await say("/forget yes")).text == says.forgotten
    assert (await say("/mydata")).text.startswith(says.mydata_nothing)
    assert not (await say("/routine")).text.startswith("Training pauses")
    assert await profiles.load("1") == Profile()


async def test_nobody_else_is_forgotten(remembering: Assistant, clock: Clock) -> None:
    other = Talk(remembering, clock, "12")
    await other(QUESTION)
    await Talk(remembering, clock, "2")("/forget yes")
    assert QUESTION in (await other("/sources")).text


@pytest.mark.parametrize("command", ["/mydata", "/forget", "/forget yes"])
async def test_where_others_read_along_nothing_is_shown_or_erased(
    command: str, say: Talk, profiles: DatabaseProfileStore, knowledge: Knowledge
) -> None:
    await profiles.save("1", PROFILE)
    reply = await say(command, is_public=True)
    assert reply.text == knowledge.messages.in_private
    assert await profiles.load("1") == PROFILE


async def test_whoever_is_forgotten_is_forgotten_in_groups_too(
    silent_api: BotApi, bot: Bot, remembering: Assistant, knowledge: Knowledge
) -> None:
    bot.assistant = remembering
    async with bot.serving(silent_api):
        group = silent_api.group()
        chat = silent_api.private(group.owner)
        silent_api.say(group, f"/ask {QUESTION}")
        await silent_api.reply(group)
        silent_api.say(chat, "/forget")
        await silent_api.reply(chat)
        silent_api.tap(chat, knowledge.messages.forget_yes)
        assert (await silent_api.reply(chat)).text == knowledge.messages.forgotten
        silent_api.say(group, "/sources")
        assert QUESTION not in (await silent_api.reply(group)).text


async def test_after_it_an_edited_question_is_a_new_one(
    silent_api: BotApi, bot: Bot, remembering: Assistant
) -> None:
    bot.assistant = remembering
    async with bot.serving(silent_api):
        chat = silent_api.private()
        asked = silent_api.say(chat, QUESTION)
        answer = await silent_api.reply(chat)
        silent_api.say(chat, "/forget yes")
        await silent_api.reply(chat)
        silent_api.edit(asked, "How do I start back training?")
        assert (await silent_api.reply(chat)) is not answer


async def test_a_warning_sign_and_a_talk_outlive_a_restart(bot: Bot, clock: Clock, tmp_path: Path) -> None:
    for text, answer in (
        (QUESTION, ""),
        (NUMB, ""),
        ("/routine", "Training pauses"),
        ("/sources", "What the"),
    ):
        async with opened(tmp_path, None, clock, "2026a") as stores:
            say = Talk(bot.assistant_over(stores.contexts, stores.profiles), clock)
            assert (await say(text)).text.startswith(answer)


async def test_a_group_leaves_nothing_in_the_database(
    silent_api: BotApi, bot: Bot, database: Database, remembering: Assistant
) -> None:
    bot.assistant = remembering
    async with bot.serving(silent_api):
        group = silent_api.group()
        for text in (QUESTION, NUMB):
            silent_api.say(group, f"/ask {text}")
            await silent_api.reply(group)
        chat = f"{group.id}:{group.owner.id}"
    assert await DatabaseContextStore(database).load(chat) is None


async def test_what_expired_is_erased_every_hour(clock: Clock) -> None:
    tidied: list[datetime] = []

    async def tidy(now: datetime) -> None:
        tidied.append(now)

    async def pause(seconds: float) -> None:
        if len(tidied) == 2:
            raise asyncio.CancelledError
        clock.advance(seconds=seconds)

    start = clock()
    with pytest.raises(asyncio.CancelledError):
        await tidy_hourly(tidy, clock, pause)
    assert tidied == [start + TIDY_EVERY, start + 2 * TIDY_EVERY]


async def test_what_expired_before_the_start_is_erased_at_once(clock: Clock, tmp_path: Path) -> None:
    async with opened(tmp_path, None, clock, "2026a") as stores:
        await stores.contexts.save("1", Context(at=clock()))
    clock.advance(days=2)
    async with opened(tmp_path, None, clock, "2026a") as stores:
        assert await stores.contexts.load("1") is None


def test_the_terminal_remembers_from_start_to_start(tmp_path: Path) -> None:
    run_bot("chat", cwd=tmp_path, stdin=f"{NUMB}\n".encode(), DATA_DIR="kept")
    talk = run_bot("chat", cwd=tmp_path, stdin=b"/routine\n/forget yes\n", DATA_DIR="kept")
    assert (talk.status, talk.err) == (0, "")
    assert "Training pauses" in talk.out
    again = run_bot("chat", cwd=tmp_path, stdin=b"/mydata\n", DATA_DIR="kept")
    assert "I hold nothing about you." in again.out


def test_a_script_begins_every_talk_anew(tmp_path: Path) -> None:
    lines = b'{"text": "/mydata", "chat": 1}\n{"text": "/mydata", "chat": 1}\n'
    for _ in range(2):
        ended = run_bot("ask", "--jsonl", cwd=tmp_path, stdin=lines, DATA_DIR="kept")
        first, second = ended.out.splitlines()
        assert "I hold nothing about you." in first
        assert "I hold nothing about you." not in second


@pytest.mark.parametrize(
    ("words", "message"),
    [("yes", "forgotten"), ("yes please", "forgotten"), ("no", "kept"), ("no thanks", "kept")],
)
async def test_a_typed_answer_to_the_question_whether_to_forget_counts(
    words: str, message: str, say: Talk, knowledge: Knowledge
) -> None:
    await say("/forget")
    assert (await say(words)).text == getattr(knowledge.messages, message)
