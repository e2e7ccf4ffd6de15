"""The owner asks why, and sees how the last question was understood; anybody else just asks on."""

import re

import pytest
from bot_api import BotApi
from conversations import Say
from front_ends import at_terminal
from house import NONSENSE, NUMB, OWNER, QUESTION, Bot, an_assistant
from telegram_shapes import Chat, Person

from bot.core.conversation import Conversation
from bot.core.model import Knowledge
from bot.storage.memory import MemoryContextStore
from bot.terminal_ui import CHAT

LABELS = ["said", "heard", "tokens", "unknown", "words", "candidates", "margin", "evidence", "guards", "rule"]


async def _says(api: BotApi, chat: Chat, *texts: str) -> str:
    """What the bot answers to the last of some texts."""
    answer = ""
    for text in texts:
        api.say(chat, text)
        answer = (await api.reply(chat)).text
    return answer


@pytest.fixture
def owner() -> Person:
    return Person(OWNER, "Ona", "en")


@pytest.mark.parametrize("why", ["why?", "Why", " WHY??", "/why", "/WHY@strong_back_bot"])
async def test_the_owner_sees_how_the_last_question_was_understood(
    why: str, api: BotApi, owner: Person
) -> None:
    explained = await _says(api, api.private(owner), "how to trian the backk", "/help", why)
    assert re.findall(r"^(\w+):", explained, flags=re.MULTILINE) == [*LABELS, "reply"]
    assert "heard: " in explained
    assert "how to train the back\n" in explained


async def test_the_owner_may_ask_again_and_after_anything(api: BotApi, owner: Person) -> None:
    chat = api.private(owner)
    first = await _says(api, chat, NONSENSE, "why?")
    assert "say that it is not known" in first
    assert await _says(api, chat, "why?") == first
    assert "the red flag 'saddle-numbness' comes before" in await _says(api, chat, NUMB, "why?")


async def test_a_follow_up_is_explained_with_what_it_leaned_on(api: BotApi, owner: Person) -> None:
    explained = await _says(api, api.private(owner), QUESTION, "and when pregnant?", "why?")
    assert "leans 1.00" in explained


async def test_before_any_question_there_is_nothing_to_explain(
    api: BotApi, owner: Person, knowledge: Knowledge
) -> None:
    chat = api.private(owner)
    assert await _says(api, chat, "/help", "why?") == knowledge.messages.nothing_to_explain
    assert await _says(api, chat, QUESTION, "/new", "/why") == knowledge.messages.nothing_to_explain


async def test_for_anybody_else_why_is_a_question_like_any_other(api: BotApi) -> None:
    chat = api.private()
    assert "candidates:" not in await _says(api, chat, QUESTION, "why?")
    assert "I do not know the command /why" in await _says(api, chat, "/why")


async def test_of_anybody_else_no_question_is_kept_to_be_explained(
    silent_api: BotApi, bot: Bot, owner: Person
) -> None:
    contexts = MemoryContextStore()
    bot.assistant = bot.assistant_over(contexts)
    async with bot.serving(silent_api):
        for person in (owner, silent_api.person()):
            await _says(silent_api, silent_api.private(person), QUESTION)
            kept = await contexts.load(str(person.id))
            assert kept is not None
            assert (kept.asked is not None) == (person is owner)


async def test_whoever_owns_the_bot_may_ask_why_at_the_terminal(
    bot: Bot, conversation: Conversation, knowledge: Knowledge
) -> None:
    owned = an_assistant(conversation, MemoryContextStore(), bot.misses, owner=CHAT)
    for assistant, explains in ((owned, True), (bot.assistant, False)):
        async with at_terminal(assistant, knowledge.messages, bot.clock) as terminal:
            await terminal.do(Say(QUESTION))
            assert ("candidates:" in (await terminal.do(Say("why?"))).text) is explains


@pytest.mark.parametrize(
    ("question", "telling"), [("can i do planks when it snows", "planks"), ("how often mate", "often")]
)
def test_the_telling_words_count_most(question: str, telling: str, conversation: Conversation) -> None:
    (line,) = re.findall(r"^words: +(.*)$", conversation.explain(question), flags=re.MULTILINE)
    counted = {word: float(gain) for word, gain in (pair.split() for pair in line.split(", "))}
    assert list(counted) == question.split()
    assert max(counted, key=lambda word: counted[word]) == telling


@pytest.mark.parametrize(
    ("question", "guard"),
    [("can i train with a bouzouki", "words that no entry knows"), (QUESTION, "-")],
)
def test_the_guards_say_what_speaks_against_the_best_candidate(
    question: str, guard: str, conversation: Conversation
) -> None:
    (line,) = re.findall(r"^guards: +(.*)$", conversation.explain(question), flags=re.MULTILINE)
    assert line.endswith(guard)
