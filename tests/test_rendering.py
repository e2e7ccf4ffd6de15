"""How a reply looks in Telegram: whatever it says, Telegram takes it and shows just that."""

import pytest
from bot_api_rules import check_keyboard, check_text
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation import Conversation
from bot.core.model import Knowledge
from bot.core.talk import Kind, Reply, Suggestion
from bot.telegram_ui.sending.rendering import Rendered, render, without_markup

MARKUP = st.text("<>&;*_ab \n/bi\"'\u202e😀#x0", max_size=400)


def _shown(rendered: Rendered) -> list[str]:
    """The texts as Telegram shows them. Raises Refusal."""
    return [check_text({"text": text, "parse_mode": "HTML"})[0] for text in rendered.texts]


def _flat(text: str) -> str:
    return "".join(text.replace("*", "").split())


@given(text=st.one_of(st.text(max_size=400), MARKUP), note=MARKUP)
def test_every_text_is_shown_as_it_was_said(text: str, note: str) -> None:
    shown = _shown(render(Reply(kind=Kind.ANSWER, text=f"x{text}", understood=f"y{note}")))
    assert _flat("".join(shown)) == _flat(f"y{note}x{text}")


@given(text=MARKUP)
def test_without_markup_the_words_are_the_same(text: str) -> None:
    rendered = render(Reply(kind=Kind.ANSWER, text=f"x{text}"))
    assert [without_markup(each).strip() for each in rendered.texts] == _shown(rendered)


@pytest.mark.parametrize("piece", ["word ", "&<>", "😀", "a" * 5000 + " ", "paragraph\n\n", "**bold** "])
def test_a_long_text_becomes_as_many_messages_as_it_needs(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    shown = _shown(render(Reply(kind=Kind.ANSWER, text=text)))
    assert len(shown) > 1
    assert _flat("".join(shown)) == _flat(text)


def test_strong_words_are_bold_and_an_odd_mark_is_left_out() -> None:
    reply = Reply(kind=Kind.ANSWER, text="**stop** & **call**, a ** b")
    assert render(reply).texts == ("<b>stop</b> &amp; <b>call</b>, a  b",)


def test_short_buttons_share_a_row_and_long_ones_have_their_own() -> None:
    labels = ("Yes", "No", "A question that is rather long", "Back", "Another question of some length")
    reply = Reply(
        kind=Kind.ANSWER,
        text="x",
        suggestions=tuple(Suggestion(label=label, utterance="/x") for label in labels),
    )
    rows = [[label for label, _ in row] for row in render(reply).rows]
    assert rows == [["Yes", "No"], [labels[2]], ["Back"], [labels[4]]]


def test_telegram_takes_every_page_of_the_knowledge(conversation: Conversation, knowledge: Knowledge) -> None:
    pages = conversation.pages
    replies = [
        *map(pages.entry, knowledge.entries),
        *map(pages.card, knowledge.entries),
        *map(conversation.source_pages.of_entry, knowledge.entries),
        *map(pages.topics, ("", *knowledge.groups, *knowledge.topics)),
        *map(conversation.source_pages.all, range(20)),
        *(Reply(kind=Kind.RED_FLAG, text=flag.advice) for flag in knowledge.red_flags.values()),
        *(conversation.safety_pages.all(), pages.start(), pages.help(), pages.about("1"), pages.privacy()),
        pages.none_of_these(),
    ]
    for reply in replies:
        rendered = render(reply)
        assert len(_shown(rendered)) == 1
        keyboard = [[{"text": label, "callback_data": data} for label, data in row] for row in rendered.rows]
        check_keyboard({"reply_markup": {"inline_keyboard": keyboard}})
