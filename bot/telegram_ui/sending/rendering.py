"""How a reply looks in Telegram. Pure: a reply in, HTML and buttons out; everything is escaped."""

import html
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import MessageEntityDateTimeFormats, ParseMode

from bot.core.exercises.exercise import LINKED, PREFIX
from bot.core.plain import STRONG
from bot.core.player.progress import Chart
from bot.core.talk import Dated, Reply, Suggestion
from bot.services.limits import MAX_TEXT

MAX_TITLE = 80  # characters of an inline result's title and
MAX_DESCRIPTION = 120  # of its description; a phone shows no more
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
MAX_CAPTION = 1024  # units of UTF-16 under a picture, markup not counted
WAY_OF_WRITING = MessageEntityDateTimeFormats.LOCALIZED_WEEKDAY_SHORT_DATE_SHORT_TIME.value
COUNTED_DOWN = MessageEntityDateTimeFormats.RELATIVE.value
SHORT_LABEL = 22  # letters up to which two buttons share a row

_TAG = re.compile(r"</?(?:[abi]|tg-time)(?: [^>]*)?>")

Button = tuple[str, str]  # label and callback data


@dataclass(frozen=True, slots=True)
class Rendered:
    """A reply as one or more messages of HTML; the buttons belong under the last.

    `picture` is the key of an exercise whose picture goes with them; `pictured` says in HTML what it shows;
    `chart` is drawn for this reply alone.
    """

    texts: tuple[str, ...]
    rows: tuple[tuple[Button, ...], ...]
    picture: str | None = None
    pictured: str = ""
    chart: Chart | None = None

    @property
    def caption(self) -> str | None:
        """The text to stand under a picture, with what that shows if there is room. None: it is too long."""
        text = self.texts[0]
        if len(self.texts) > 1 or _length(text) > MAX_CAPTION:
            return None
        both = f"{text}\n\n{self.pictured}"
        return both if self.pictured and _length(both) <= MAX_CAPTION else text


def render(reply: Reply, username: str = "") -> Rendered:
    """A reply as Telegram shows it; a link leads to the bot of that name."""
    paragraphs = [_tagged("i", reply.understood)] if reply.understood else []
    paragraphs += [_dated(_strong(paragraph), reply.dated) for paragraph in _paragraphs(reply.text)]
    if reply.linked and username:
        link = f'<a href="{_link(username, reply.linked)}">{_link(username, reply.linked)}</a>'
        paragraphs = [each.replace(f"/start {reply.linked}", link) for each in paragraphs]
    paragraphs += [_tagged("i", disclaimer.text) for disclaimer in reply.disclaimers]
    return Rendered(
        texts=tuple(_messages(paragraphs)),
        rows=tuple(_rows(reply.suggestions)),
        picture=reply.picture,
        pictured=_tagged("i", reply.pictured) if reply.pictured else "",
        chart=reply.chart,
    )


def inline_results(replies: Iterable[Reply], username: str) -> list[InlineQueryResultArticle]:
    """Replies as results of an inline query, each with a link that opens it in the bot's own chat."""
    results = []
    for number, reply in enumerate(replies):
        link = _link(username, (reply.entry or "").replace(PREFIX, LINKED))
        results.append(
            InlineQueryResultArticle(
                id=str(number),
                title=(reply.title or reply.text.replace(STRONG, ""))[:MAX_TITLE],
                description=reply.text.replace(STRONG, "").split("\n", 1)[-1][:MAX_DESCRIPTION],
                input_message_content=InputTextMessageContent(
                    render(reply).texts[0], ParseMode.HTML, link_preview_options=NO_PREVIEW
                ),
                reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton(f"@{username}", url=link)]]),
            )
        )
    return results


def _link(username: str, start: str) -> str:
    """What opens the bot in its own chat, with what it is to begin with."""
    return f"https://t.me/{username}" + (f"?start={start}" if start else "")


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text, each short enough for a message of its own however it is escaped."""
    for paragraph in text.split("\n\n"):
        if len(html.escape(paragraph)) < MAX_TEXT - 100:
            yield paragraph
        else:
            yield from textwrap.wrap(paragraph.replace(STRONG, ""), MAX_TEXT // 6)


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{html.escape(text.replace(STRONG, ''), quote=False)}</{tag}>"


def _strong(paragraph: str) -> str:
    """Escaped text whose **strong words** are bold; an odd mark is left out."""
    pieces = html.escape(paragraph, quote=False).split(STRONG)
    bold = [f"<b>{piece}</b>" if piece else "" for piece in pieces[1::2]]
    if len(pieces) % 2 == 0:
        bold[-1] = pieces[-1]
    plain = pieces[0::2] + ([""] if len(pieces) % 2 == 0 else [])
    return "".join(text for pair in zip(plain, [*bold, ""], strict=False) for text in pair)


def _dated(paragraph: str, dated: Iterable[Dated]) -> str:
    """A paragraph whose moments everybody reads by their own clock and in their own way of writing.

    How long it is until one, their client counts down by itself.
    """
    for each in dated:
        words = html.escape(each.text, quote=False)
        way = COUNTED_DOWN if each.is_relative else WAY_OF_WRITING
        shown = f'<tg-time unix="{int(each.at.timestamp())}" format="{way}">{words}</tg-time>'
        paragraph = paragraph.replace(words, shown, 1)
    return paragraph


def _messages(paragraphs: Iterable[str]) -> Iterator[str]:
    """Paragraphs joined into as few messages as Telegram allows."""
    message = ""
    for paragraph in paragraphs:
        longer = f"{message}\n\n{paragraph}" if message else paragraph
        if len(longer) > MAX_TEXT:
            yield message
            longer = paragraph
        message = longer
    yield message


def _rows(suggestions: Iterable[Suggestion]) -> Iterator[tuple[Button, ...]]:
    """Buttons one a row; neighbours with short labels side by side."""
    waiting: Button | None = None
    for suggestion in suggestions:
        button = (suggestion.label, suggestion.utterance)
        if len(suggestion.label) > SHORT_LABEL:
            if waiting:
                yield (waiting,)
            waiting = None
            yield (button,)
        elif waiting:
            yield (waiting, button)
            waiting = None
        else:
            waiting = button
    if waiting:
        yield (waiting,)


def keyboard(rendered: Rendered) -> InlineKeyboardMarkup | None:
    """The buttons of a reply."""
    rows = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rendered.rows]
    return InlineKeyboardMarkup(rows) if rows else None


def _length(text: str) -> int:
    return len(without_markup(text).encode("utf-16-le", "surrogatepass")) // 2


def without_markup(text: str) -> str:
    """A rendered text as plain words, for when Telegram refuses its markup."""
    return html.unescape(_TAG.sub("", text))
