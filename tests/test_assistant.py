"""The one door: what a turn means, given what was said before."""

import pytest
from house import NUMB, QUESTION, Clock

from bot.core.model import Action, Knowledge
from bot.core.talk import Kind, Reply, Turn
from bot.services.assistant import Assistant
from bot.services.commands.scene import Command
from bot.services.commands.table import COMMANDS, LISTED


class Talk:
    """Says things in one chat."""

    def __init__(self, assistant: Assistant, clock: Clock, chat: str | None = "1") -> None:
        self._assistant = assistant
        self._clock = clock
        self._chat = chat

    async def __call__(self, text: str, language: str | None = None) -> Reply:
        return await self._assistant.respond(
            Turn(text=text, now=self._clock(), chat=self._chat, language=language)
        )


@pytest.fixture
def say(assistant: Assistant, clock: Clock) -> Talk:
    return Talk(assistant, clock)


async def test_a_question_is_answered_with_its_follow_ups(say: Talk, knowledge: Knowledge) -> None:
    reply = await say(QUESTION)
    assert (reply.kind, reply.entry, reply.topic) == (Kind.ANSWER, "every-day", "how_often")
    offered = [suggestion.entry for suggestion in reply.suggestions if suggestion.entry]
    assert tuple(offered) == knowledge.entries["every-day"].follow_ups


async def test_an_answer_to_the_very_question_does_not_repeat_it(say: Talk) -> None:
    assert not (await say(QUESTION)).understood


@pytest.mark.parametrize("typed", ["1", " 1. ", "#1", "1)"])
async def test_a_number_picks_what_was_offered(say: Talk, typed: str) -> None:
    first = (await say(QUESTION)).suggestions[0]
    assert (await say(typed)).entry == first.entry


@pytest.mark.parametrize("typed", ["0", "99", "-1", "1 2"])
async def test_a_number_that_was_not_offered_picks_nothing(say: Talk, typed: str) -> None:
    await say(QUESTION)
    reply = await say(typed)
    assert reply.entry not in {"every-day", "how-often-should-i-train"} or reply.kind is not Kind.ANSWER


async def test_a_number_means_nothing_to_somebody_without_context(say: Talk) -> None:
    assert (await say("1")).kind is not Kind.ANSWER


async def test_sources_are_named_for_those_who_read_them(say: Talk, knowledge: Knowledge) -> None:
    pages = [(await say(f"/sources {number}")).text for number in range(1, len(knowledge.sources) // 10 + 2)]
    about = (await say("/about")).text
    assert "customer" not in " ".join([*pages, about])
    assert "An article that the makers of this bot were given" in pages[0]
    assert "an article that the makers of this bot were given" in about


async def test_sources_are_those_of_the_last_answer(say: Talk) -> None:
    await say(QUESTION)
    await say("/help")
    assert QUESTION in (await say("/sources")).text


async def test_the_context_ends_after_half_an_hour_of_silence(say: Talk, clock: Clock) -> None:
    await say(QUESTION)
    clock.advance(minutes=30)
    assert QUESTION in (await say("/sources")).text
    clock.advance(minutes=30, seconds=1)
    assert QUESTION not in (await say("/sources")).text


async def test_chats_do_not_share_their_context(assistant: Assistant, clock: Clock) -> None:
    await Talk(assistant, clock, "1")(QUESTION)
    assert QUESTION not in (await Talk(assistant, clock, "2")("/sources")).text


async def test_a_turn_without_a_chat_leaves_no_context(assistant: Assistant, clock: Clock) -> None:
    nobody = Talk(assistant, clock, None)
    await nobody(QUESTION)
    assert QUESTION not in (await nobody("/sources")).text


@pytest.mark.parametrize(
    "text",
    [NUMB, f"/ask {NUMB}", f"/help {NUMB}", f"/nonsense {NUMB}", f"hello! {NUMB}", f"{QUESTION} {NUMB}"],
)
async def test_a_red_flag_comes_first_wherever_it_stands(say: Talk, text: str) -> None:
    reply = await say(text)
    assert (reply.kind, reply.red_flag) == (Kind.RED_FLAG, "saddle-numbness")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_the_name_of_a_command_raises_no_red_flag(say: Talk, command: Command) -> None:
    assert (await say(f"/{command.name}")).red_flag is None


async def test_a_red_flag_is_found_behind_a_hundred_thousand_characters(say: Talk) -> None:
    reply = await say("blah " * 20_000 + NUMB)
    assert reply.red_flag == "saddle-numbness"


async def test_a_number_is_still_good_after_a_red_flag_without_buttons(say: Talk) -> None:
    first = (await say("Is bad posture harmful?")).suggestions[0]
    warned = await say("I am 24 weeks pregnant and bleeding a little")
    assert (warned.action, warned.suggestions) == (Action.SAME_DAY, ())
    assert (await say("1")).entry == first.entry


@pytest.mark.parametrize("text", ["/dance", "/DANCE now", "/dance@some_bot"])
async def test_an_unknown_command_is_met_with_those_that_exist(say: Talk, text: str) -> None:
    reply = await say(text)
    assert reply.kind is Kind.COMMAND
    assert all(f"/{name}: " in reply.text for name in LISTED)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_every_command_answers_with_nothing_behind_it_and_with_nonsense(
    say: Talk, command: object
) -> None:
    name = getattr(command, "name", "")
    for argument in ("", " no such thing", " 1", " \x00 🙃", " " + "9" * 5000):
        assert (await say(f"/{name}{argument}")).text


async def test_a_command_is_known_in_capitals_and_with_the_bots_name(say: Talk) -> None:
    assert (await say("/Show@strong_back_bot every-day")).entry == "every-day"


async def test_what_only_begins_with_a_slash_is_no_command(say: Talk) -> None:
    assert (await say("/ Can I train my back every day")).kind is not Kind.COMMAND


@pytest.mark.parametrize("language", [None, "", "en", "en-GB", "EN_us", "fi", "zh-hans", "x" * 99])
async def test_whoever_speaks_another_language_is_answered_in_the_bots_own(
    say: Talk, language: str | None
) -> None:
    assert (await say(QUESTION, language)).entry == "every-day"


async def test_not_what_i_asked_offers_other_questions(say: Talk) -> None:
    await say(QUESTION)
    reply = await say("/other every-day")
    assert reply.kind is Kind.CLARIFICATION
    offered = [suggestion.entry for suggestion in reply.suggestions if suggestion.entry]
    assert offered
    assert "every-day" not in offered


async def test_not_what_i_asked_still_does_something_when_the_context_is_gone(
    say: Talk, clock: Clock, knowledge: Knowledge
) -> None:
    await say(QUESTION)
    clock.advance(hours=2)
    offered = [s.topic for s in (await say("/other every-day")).suggestions if s.entry]
    assert set(offered) == {"how_often"}
    for lost in ("", " no-such-entry"):
        assert (await say(f"/other{lost}")).text == knowledge.messages.rephrase


async def test_every_suggestion_of_every_page_leads_somewhere(say: Talk, knowledge: Knowledge) -> None:
    gone = knowledge.messages.gone
    waiting, seen = ["/start", "/help", "/sources", "/none", "/routine"], set[str]()
    while waiting:
        utterance = waiting.pop()
        if utterance in seen:
            continue
        seen.add(utterance)
        reply = await say(utterance)
        assert reply.text != gone, utterance
        waiting += [suggestion.utterance for suggestion in reply.suggestions]
    answers = {name for name, entry in knowledge.entries.items() if entry.kind.value == "answer"}
    assert {f"/show {name}" for name in answers} <= seen


async def test_a_question_may_lean_on_the_one_before(say: Talk) -> None:
    await say("Can I start training while pregnant?")
    reply = await say("and how often?")
    assert (reply.kind, reply.entry) == (Kind.ANSWER, "how-often-in-pregnancy")


async def test_a_whole_new_question_is_not_bent_by_the_talk(say: Talk) -> None:
    await say("Can I start training while pregnant?")
    assert (await say("Which band should I buy?")).topic == "elastic_band"


@pytest.mark.parametrize("words", ["the second one", "second", "2", "number two"])
async def test_what_was_offered_can_be_chosen_in_words(say: Talk, words: str) -> None:
    offered = [each.entry for each in (await say(QUESTION)).suggestions if each.entry]
    assert (await say(words)).entry == offered[1]


async def test_more_shows_another_answer_on_the_same_topic(say: Talk) -> None:
    first = await say("which exercises with a gym ball")
    more = await say("more")
    assert more.topic == first.topic
    assert more.entry != first.entry


async def test_two_questions_in_one_message_are_both_within_reach(say: Talk) -> None:
    reply = await say("How often should I train my back? And do I need to warm up?")
    assert reply.topic == "how_often"
    assert [other.topic for other in reply.also] == ["warm_up"]
    assert reply.suggestions[0].topic == "warm_up"


async def test_what_somebody_told_of_themselves_fits_later_answers(say: Talk) -> None:
    await say("I am 20 weeks pregnant")
    assert (await say("how often should i train")).entry == "how-often-in-pregnancy"


async def test_a_new_talk_forgets_the_old_one(say: Talk) -> None:
    await say("I am 20 weeks pregnant")
    await say("/new")
    assert (await say("how often should i train")).entry == "how-often-should-i-train"
