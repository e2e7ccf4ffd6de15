"""The assistant in Telegram, by long polling."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    Defaults,
    MessageHandler,
    filters,
)

from bot.core.model import Kind, Knowledge, Reply, Turn
from bot.services.assistant import Assistant
from bot.services.commands import LISTED
from bot.telegram_ui.rendering import Rendered, render

ALLOWED_UPDATES = ["message", "edited_message", "callback_query"]

_Application = Application[Any, Any, Any, Any, Any, Any]
_Context = ContextTypes.DEFAULT_TYPE
_log = logging.getLogger(__name__)


class TelegramBot:
    """Turns updates into turns, and replies into messages."""

    def __init__(
        self,
        assistant: Assistant,
        knowledge: Mapping[str, Knowledge],
        *,
        language: str,
        admin_chat: int | None,
        clock: Callable[[], datetime],
    ) -> None:
        """`knowledge` by language gives the menu its words; `admin_chat` hears of failures."""
        self._assistant = assistant
        self._knowledge = knowledge
        self._language = language
        self._admin_chat = admin_chat
        self._clock = clock

    def application(self, token: str, api_url: str) -> _Application:
        """The python-telegram-bot application that runs this bot."""
        defaults = Defaults(
            parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        )
        builder = ApplicationBuilder().token(token).defaults(defaults)
        builder = builder.base_url(f"{api_url}/bot").base_file_url(f"{api_url}/file/bot")
        application = builder.post_init(self._introduce).build()
        words = filters.TEXT | filters.CAPTION
        new = filters.UpdateType.MESSAGE
        application.add_handler(MessageHandler(new & words, self._on_text))
        application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE & words, self._on_edit))
        application.add_handler(
            MessageHandler(new & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, self._on_other)
        )
        application.add_handler(CallbackQueryHandler(self._on_tap))
        application.add_error_handler(self._on_error)
        return application

    def run(self, token: str, api_url: str) -> None:
        """Poll until a signal. Raises telegram.error.InvalidToken for a token that nobody knows."""
        self.application(token, api_url).run_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1)

    async def _introduce(self, application: _Application) -> None:
        """Set the command menu and the descriptions in every language. A failure stops nothing."""
        for language, knowledge in self._knowledge.items():
            commands = [BotCommand(name, knowledge.commands[name]) for name in LISTED]
            says = knowledge.messages
            for code in ([None] if language == self._language else []) + [language]:
                try:
                    await application.bot.set_my_commands(commands, language_code=code)
                    await application.bot.set_my_description(says.bot_description, language_code=code)
                    await application.bot.set_my_short_description(
                        says.bot_short_description, language_code=code
                    )
                except TelegramError as error:
                    _log.warning("The menu in %s could not be set (%s).", language, type(error).__name__)

    async def _on_text(self, update: Update, context: _Context) -> None:
        """Answer a text or a caption."""
        message = update.message
        if message and self._is_meant(message, context.bot.username):
            await _send(message, await self._assistant.respond(self._turn(message, context.bot.username)))

    async def _on_edit(self, update: Update, context: _Context) -> None:
        """Read an edited message again, but speak only if it now raises a red flag."""
        message = update.edited_message
        if message and self._is_meant(message, context.bot.username):
            reply = await self._assistant.respond(self._turn(message, context.bot.username))
            if reply.kind is Kind.RED_FLAG:
                await _send(message, reply)

    async def _on_other(self, update: Update, _: _Context) -> None:
        """Say kindly that only text can be read."""
        if update.message:
            user = update.message.from_user
            conversation = self._assistant.conversation(user.language_code if user else None)
            await _send(update.message, conversation.pages.text_only())

    async def _on_tap(self, update: Update, _: _Context) -> None:
        """A tapped button says its utterance."""
        query = update.callback_query
        if query is None or query.message is None:
            return
        await _confirm(query)
        chat = _chat(query.message.chat.id, query.from_user.id, query.message.chat.type)
        turn = Turn(
            text=query.data or "/show", now=self._clock(), chat=chat, language=query.from_user.language_code
        )
        reply = await self._assistant.respond(turn)
        rendered = render(reply)
        if reply.in_place and isinstance(query.message, Message) and len(rendered.texts) == 1:
            await _edit(query.message, rendered)
        else:
            await _post(query.get_bot(), query.message.chat.id, rendered)

    async def _on_error(self, update: object, context: _Context) -> None:
        """Log what went wrong, say sorry, and tell the operator; never repeat what people wrote."""
        error = context.error
        if isinstance(error, TelegramError):
            _log.warning("Telegram could not be reached or refused: %s", type(error).__name__)
            return
        _log.error("An update could not be answered", exc_info=error)
        if isinstance(update, Update) and update.effective_message:
            user = update.effective_user
            pages = self._assistant.conversation(user.language_code if user else None).pages
            await _send(update.effective_message, pages.failed())
        if self._admin_chat is not None:
            notice = f"A message could not be answered ({type(error).__name__}). The log says more."
            await context.bot.send_message(self._admin_chat, notice)

    def _turn(self, message: Message, username: str) -> Turn:
        user = message.from_user
        text = (message.text or message.caption or "").replace(f"@{username}", " ")
        return Turn(
            text=text.strip(),
            now=self._clock(),
            chat=_chat(message.chat.id, user.id if user else 0, message.chat.type),
            language=user.language_code if user else None,
        )

    def _is_meant(self, message: Message, username: str) -> bool:
        """In a group only commands, replies to the bot and mentions of it are for the bot."""
        if message.chat.type == ChatType.PRIVATE:
            return True
        text = message.text or message.caption or ""
        answered = message.reply_to_message.from_user if message.reply_to_message else None
        to_bot = answered is not None and answered.username == username
        first = text.split(maxsplit=1)[0] if text.strip() else ""
        command = first.startswith("/") and ("@" not in first or first.endswith(f"@{username}"))
        return to_bot or command or f"@{username}" in text


def _chat(chat_id: int, user_id: int, kind: str) -> str:
    """The key of a context: a chat, in a group a chat and a person."""
    return str(chat_id) if kind == ChatType.PRIVATE else f"{chat_id}:{user_id}"


def _keyboard(rendered: Rendered) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rendered.rows]
    return InlineKeyboardMarkup(rows) if rows else None


async def _send(message: Message, reply: Reply) -> None:
    answers = message.message_id if message.chat.type != ChatType.PRIVATE else None
    await _post(message.get_bot(), message.chat.id, render(reply), answers)


async def _post(bot: Bot, chat_id: int, rendered: Rendered, answers: int | None = None) -> None:
    *before, last = rendered.texts
    for text in before:
        await bot.send_message(chat_id, text, reply_to_message_id=answers)
    await bot.send_message(chat_id, last, reply_markup=_keyboard(rendered), reply_to_message_id=answers)


async def _edit(message: Message, rendered: Rendered) -> None:
    try:
        await message.edit_text(rendered.texts[0], reply_markup=_keyboard(rendered))
    except BadRequest as error:
        if "not modified" not in str(error).lower():
            await _post(message.get_bot(), message.chat.id, rendered)


async def _confirm(query: CallbackQuery) -> None:
    """Stop the button's waiting sign; for one that is too old there is nothing to stop."""
    try:
        await query.answer()
    except BadRequest as error:
        _log.info("A tap could not be confirmed (%s).", type(error).__name__)
