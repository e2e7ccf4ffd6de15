"""Turns messages that were sent into other replies."""

from collections.abc import Awaitable

from telegram import Bot, InputMediaAnimation, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated

from bot.telegram_ui.sending.pictures import Pictures, Source
from bot.telegram_ui.sending.rendering import NO_PREVIEW, Rendered, keyboard
from bot.telegram_ui.sending.retrying import ANSWERING, Retrying


class Editor:
    """Edits texts, captions and pictures."""

    def __init__(self, bot: Bot, retrying: Retrying, pictures: Pictures) -> None:
        self._bot = bot
        self._retrying = retrying
        self._pictures = pictures

    async def edit(self, chat: int, message: int, rendered: Rendered) -> bool:
        """Turn a sent message into another reply. False: it can't be edited any more, or does not fit.

        A picture comes to a text, and one takes the place of another; what has none goes under the last one.
        """
        if len(rendered.texts) > 1:
            return False
        shown = self._pictures.shown(chat, message)
        try:
            if rendered.picture != shown and await self._edit_picture(chat, message, rendered):
                return True
            if shown is None and await self._edit_text(chat, message, rendered):
                return True
            return await self._edit_caption(chat, message, rendered)
        except BadRequest as error:
            return "not modified" in str(error).lower()
        except ChatMigrated:
            return False

    async def _edit_picture(self, chat: int, message: int, rendered: Rendered) -> bool:
        """Show the picture of a reply in a message, its text below. False: it has none, or it is refused."""
        key, caption = rendered.picture, rendered.caption
        if key is None or caption is None or not self._pictures.has(key):
            return False

        def call(source: Source) -> Awaitable[Message | bool]:
            media = InputMediaAnimation(source, caption, parse_mode=ParseMode.HTML)
            buttons = keyboard(rendered)
            return self._retrying.say(
                chat,
                ANSWERING,
                lambda: self._bot.edit_message_media(
                    media, chat_id=chat, message_id=message, reply_markup=buttons
                ),
            )

        return await self._pictures.show(key, chat, call) is not None

    async def _edit_text(self, chat: int, message: int, rendered: Rendered) -> bool:
        """Change a text. False: it is no text, but stands under a picture."""
        try:
            await self._retrying.say(
                chat,
                ANSWERING,
                lambda: self._bot.edit_message_text(
                    rendered.texts[0],
                    chat_id=chat,
                    message_id=message,
                    reply_markup=keyboard(rendered),
                    parse_mode=ParseMode.HTML,
                    link_preview_options=NO_PREVIEW,
                ),
            )
        except BadRequest as error:
            if "no text in the message" in str(error).lower():
                return False
            raise
        return True

    async def _edit_caption(self, chat: int, message: int, rendered: Rendered) -> bool:
        """Change what stands under a picture. False: the text is too long for that."""
        caption = rendered.caption
        if caption is None:
            return False
        await self._retrying.say(
            chat,
            ANSWERING,
            lambda: self._bot.edit_message_caption(
                chat_id=chat,
                message_id=message,
                caption=caption,
                reply_markup=keyboard(rendered),
                parse_mode=ParseMode.HTML,
            ),
        )
        return True
