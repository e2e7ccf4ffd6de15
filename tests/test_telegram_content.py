"""Whatever a person sends in Telegram gets one useful reply."""

import re

import pytest
from bot_api import BotApi
from bot_api_rules import Json
from house import NUMB, OTHER, QUESTION, Clock, all_said, first_answer

from bot.core.model import Knowledge

FILE: Json = {"file_id": "f", "file_unique_id": "f"}
FRAME: Json = FILE | {"width": 9, "height": 9}
PHOTO: Json = {"photo": [FRAME]}
ALBUM: Json = PHOTO | {"media_group_id": "1"}
PLACE: Json = {"longitude": 1.0, "latitude": 2.0}
STICKER: Json = FRAME | {"type": "regular", "is_animated": False, "is_video": False}
POLL: Json = {
    "id": "1",
    "question": "x",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
OLD_POLL = {name: value for name, value in POLL.items() if name != "members_only"}  # of an older Bot API
UNREADABLE: dict[str, Json] = {
    "voice": {"voice": FILE | {"duration": 3}},
    "video note": {"video_note": FILE | {"length": 9, "duration": 3}},
    "sticker": {"sticker": STICKER},
    "photo": PHOTO,
    "animation": {"animation": FRAME | {"duration": 3}, "document": FILE},
    "poll": {"poll": POLL},
    "poll of an older time": {"poll": OLD_POLL},
    "contact": {"contact": {"phone_number": "1", "first_name": "A"}},
    "venue": {"location": PLACE, "venue": {"location": PLACE, "title": "x", "address": "x"}},
    "a place that is none": {"location": {"longitude": "x", "latitude": [], "live_period": None}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "a kind of tomorrow": {"hologram": {"depth": 3}},
    "nothing": {},
}
LOCATED = {
    "location": {"location": PLACE},
    "location in whole degrees": {"location": {"longitude": 1, "latitude": 2}},
    "live location": {"location": PLACE | {"live_period": 60}},
}
STRANGE = {
    "four thousand signs": "how often " * 409,
    "Hebrew": "שלום, כואב לי הגב",
    "Arabic": "ظهري يؤلمني منذ أسبوع",
    "Chinese": "我的背很疼，怎么办？",
    "Thai": "ปวดหลังควรทำอย่างไร",
    "Cyrillic": "как часто тренировать спину",
    "emoji": "😀" * 4096,
    "signs without width": "\u202e\u200b\u0000 a\u0301\u0301 \ufeff",
    "markup": "&lt;script&gt; </i> <!-- & --> <a href='x'>",
    "tags": "<b>" * 1365,
    "stars": "** ** __ `*_[](",
    "places to fill": "{welcome} %s {0}",
    "an endless command": "/" + "a" * 4095,
    "a tag as a command": "/<b>",
}


@pytest.mark.parametrize("kind", UNREADABLE)
async def test_what_cannot_be_read_is_met_kindly(api: BotApi, knowledge: Knowledge, kind: str) -> None:
    chat = api.private()
    api.say(chat, content=UNREADABLE[kind])
    assert [reply.text for reply in await all_said(api, chat)] == [knowledge.messages.text_only]


@pytest.mark.parametrize("kind", LOCATED)
async def test_a_location_tells_the_time_zone(api: BotApi, kind: str) -> None:
    chat = api.private()
    api.say(chat, content=LOCATED[kind])
    assert ["the clock of" in reply.text for reply in await all_said(api, chat)] == [True]


@pytest.mark.parametrize("kind", STRANGE)
async def test_strange_text_gets_one_reply(api: BotApi, kind: str) -> None:
    chat = api.private()
    api.say(chat, STRANGE[kind])
    assert len(await all_said(api, chat)) == 1
    assert len(api.called("sendMessage")) == 2  # none was refused


async def test_a_forwarded_question_and_a_reply_to_an_old_message_are_questions(
    api: BotApi, knowledge: Knowledge
) -> None:
    chat = api.private()
    api.say(chat, "/help")
    old = await api.reply(chat)
    origin = {"type": "hidden_user", "sender_user_name": "Ben", "date": 1}
    api.say(chat, QUESTION, content={"forward_origin": origin})
    assert (await api.reply(chat)).text == knowledge.entries["every-day"].answer
    chat.messages.remove(old)
    api.say(chat, OTHER, reply_to=old)
    assert (await api.reply(chat)).text == knowledge.entries["how-to-start"].answer


async def test_words_are_answered_whatever_odd_thing_comes_with_them(
    api: BotApi, knowledge: Knowledge
) -> None:
    chat, group = api.private(), api.group()
    api.say(chat, QUESTION, content={"poll": OLD_POLL, "entities": "none", "sender_chat": 3})
    reply = await api.reply(chat)
    assert reply.text == first_answer(knowledge, "every-day")
    api.say(group, "/help")
    answered = await api.reply(group)
    api.say(group, NUMB, content={"contact": {}}, reply_to=answered)
    assert "emergency" in (await api.reply(group)).text


@pytest.mark.parametrize("captioned", [0, 4, 9])
async def test_an_album_gets_one_reply_whichever_picture_has_the_caption(
    api: BotApi, knowledge: Knowledge, captioned: int
) -> None:
    chat = api.private()
    for number in range(10):
        api.say(chat, content=ALBUM | ({"caption": QUESTION} if number == captioned else {}))
    said = await all_said(api, chat)
    assert [reply.text for reply in said] == [first_answer(knowledge, "every-day")]


async def test_an_album_without_words_and_the_next_one_get_a_reply_each(
    api: BotApi, knowledge: Knowledge
) -> None:
    chat = api.private()
    for album in ("1", "2"):
        for _ in range(10):
            api.say(chat, content=PHOTO | {"media_group_id": album})
    said = await all_said(api, chat)
    assert [reply.text for reply in said] == [knowledge.messages.text_only] * 2


async def test_a_red_flag_on_any_picture_of_an_album_rings_the_bell(
    api: BotApi, knowledge: Knowledge
) -> None:
    chat = api.private()
    for caption in (QUESTION, OTHER, NUMB):
        api.say(chat, content=ALBUM | {"caption": caption})
    said = [reply.text for reply in await all_said(api, chat)]
    advice = knowledge.red_flags["saddle-numbness"].advice.replace("**", "")
    assert said == [first_answer(knowledge, "every-day"), advice]


async def test_pictures_without_end_are_told_once_to_slow_down(
    api: BotApi, clock: Clock, knowledge: Knowledge
) -> None:
    chat = api.private()
    for _ in range(25):
        api.say(chat, content=PHOTO)
    api.say(chat, NUMB)
    await api.until(lambda: len(api.messages(chat)) == 22, "20 answers, a plea and a warning")
    assert api.messages(chat)[20].text == knowledge.messages.slow_down


async def test_what_a_person_sends_by_inline_mode_is_not_answered_again(api: BotApi) -> None:
    chat, group = api.private(), api.group(privacy=False)
    for place in (chat, group):
        api.say(place, f"{QUESTION} @strong_back_bot", content={"via_bot": api.bot.json()})
        assert await all_said(api, place) == []


async def test_a_pinned_message_or_a_new_photo_of_a_chat_is_no_question(api: BotApi) -> None:
    chat = api.private()
    for content in ({"delete_chat_photo": True}, {"new_chat_title": "x"}):
        api.say(chat, content=content)
    assert await all_said(api, chat) == []


async def test_a_shared_routine_is_a_link_that_opens_it_for_others(api: BotApi, knowledge: Knowledge) -> None:
    chat, other = api.private(), api.private()
    for said in ("/ready go", "share it"):
        api.say(chat, said)
        shared = await api.reply(chat)
    link = re.search(rf"https://t\.me/{api.bot.username}\?start=(r_[\w-]{{1,62}})$", shared.text)
    assert link
    api.say(other, f"/start {link[1]}")
    await api.reply(other)
    api.tap(other, "None of these")
    assert (await api.reply(other)).text.startswith(knowledge.messages.routine_shared)
    api.say(other, f"/start {link[1][:-1]}")
    assert (await api.reply(other)).text == knowledge.routine_words.refusals["no_routine_code"]
