"""`@bot question` in any chat."""

import re

import pytest
from bot_api import BotApi
from bot_api_rules import Json, too_many_requests
from house import NUMB, QUESTION, all_said

from bot.core.model import Knowledge


async def _results(api: BotApi, text: str) -> list[Json]:
    query = api.type_inline(api.person(), text)
    await api.until(lambda: query.answer is not None, f"results for {text[:40]!r}")
    assert query.answer is not None
    results: list[Json] = query.answer["results"]
    return results


def _link(result: Json) -> str:
    return str(result["reply_markup"]["inline_keyboard"][0][0]["url"])


@pytest.mark.parametrize(
    "text", [QUESTION, "", "   ", "exercise", "x" * 256, "how often " * 25, "😀 <b> & %"]
)
async def test_every_result_carries_its_source_and_a_link_that_opens_it(
    api: BotApi, knowledge: Knowledge, text: str
) -> None:
    results = await _results(api, text)
    assert len(results) <= 50
    for result in results:
        said = result["input_message_content"]["message_text"]
        assert "Rests on: " in said
        link = re.fullmatch(rf"https://t\.me/{api.bot.username}\?start=([\w-]{{1,64}})", _link(result))
        assert link
        assert knowledge.entries[link[1]].title == result["title"]
        chat = api.private()
        api.say(chat, f"/start {link[1]}")
        assert (await api.reply(chat)).text.startswith(knowledge.entries[link[1]].answer)


async def test_who_has_typed_nothing_yet_is_offered_where_most_people_begin(api: BotApi) -> None:
    assert len(await _results(api, "")) == 3


async def test_the_best_result_comes_first(api: BotApi, knowledge: Knowledge) -> None:
    first = (await _results(api, QUESTION))[0]
    assert first["title"] == QUESTION
    assert knowledge.entries["every-day"].answer[:40] in first["input_message_content"]["message_text"]


async def test_a_red_flag_brings_its_advice_and_nothing_else(api: BotApi, knowledge: Knowledge) -> None:
    (result,) = await _results(api, NUMB)
    advice = knowledge.red_flags["saddle-numbness"].advice.replace("**", "")
    assert re.sub(r"<.*?>", "", result["input_message_content"]["message_text"]) == advice
    assert "emergency number" in result["title"]
    assert _link(result) == f"https://t.me/{api.bot.username}"


async def test_results_are_kept_for_nobody_else(api: BotApi) -> None:
    await _results(api, NUMB)
    assert str(api.called("answerInlineQuery")[0]["is_personal"]).lower() == "true"


async def test_an_inline_query_that_cannot_be_answered_holds_up_nothing(api: BotApi) -> None:
    person = api.person()
    api.fail(too_many_requests(600), "answerInlineQuery", times=None)
    api.type_inline(person, QUESTION)
    assert await all_said(api, api.private(person)) == []
