"""The only door: a turn comes in, a reply goes out. Every front end talks to this."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.conversation import Conversation
from bot.core.model import Context, Reply, Turn
from bot.services.commands import BY_NAME, Scene
from bot.services.limits import MAX_COMMAND_NAME
from bot.services.ports import ContextStore

CONTEXT_LIFETIME = timedelta(minutes=30)  # a chat that was silent for longer begins anew
PUBLIC_LIFETIME = timedelta(minutes=5)  # the same where others read along
ALERT_LIFETIME = timedelta(days=14)  # after which a red flag no longer holds up training

_COMMAND = re.compile(r"\s*/([A-Za-z_]\w*)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


class Assistant:
    """Answers turns in all languages of the knowledge, and remembers the context of each chat."""

    def __init__(
        self,
        conversations: Mapping[str, Conversation],
        contexts: ContextStore,
        fleeting: ContextStore,
        *,
        language: str,
        version: str,
    ) -> None:
        """`language` is spoken to people whose own is not among the conversations.

        What is said where others read along goes into `fleeting`, never into `contexts`; of anybody's
        health it holds nothing but the red flag that training pauses for.
        """
        self._conversations = conversations
        self._contexts = contexts
        self._fleeting = fleeting
        self._language = language
        self._version = version

    async def respond(self, turn: Turn) -> Reply:
        """The reply to a turn. Red flags come first, whatever else the turn says."""
        conversation = self.conversation(turn.language)
        context = await self._context(turn)
        flag = conversation.heed(turn.text, context)
        warning = conversation.warn(flag)
        if warning:
            await self._remember(conversation, context, turn, warning)
            return warning
        said = conversation.pick(turn.text, context)
        reply = conversation.advise(flag, self._reply(conversation, said, context))
        if turn.chat is not None:
            reply = conversation.note(reply, context or Context(at=turn.now), turn.now.date())
        await self._remember(conversation, context, turn, reply)
        return reply

    def cards(self, turn: Turn) -> list[Reply]:
        """Answers to choose from for somebody who is still typing elsewhere; nothing is remembered."""
        return self.conversation(turn.language).cards(turn.text)

    async def is_urgent(self, turn: Turn) -> bool:
        """Whether a turn raises a red flag or asks about one, so that no limit may hold it up."""
        typed = _COMMAND.fullmatch(turn.text)
        command = BY_NAME.get(typed[1].lower()) if typed else None
        if command and command.is_safety:
            return True
        return self.conversation(turn.language).heed(turn.text, await self._context(turn)) is not None

    def conversation(self, language: str | None) -> Conversation:
        """The conversation in a language tag like "en-GB", or else in the bot's own language."""
        tag = (language or "").lower().split("-")[0]
        return self._conversations.get(tag) or self._conversations[self._language]

    def _reply(self, conversation: Conversation, text: str, context: Context | None) -> Reply:
        typed = _COMMAND.fullmatch(text)
        if not typed:
            return conversation.answer(text, context)
        name, argument = typed[1].lower(), (typed[2] or "").strip()
        command = BY_NAME.get(name)
        if command is None:
            return conversation.pages.unknown_command(f"/{name[:MAX_COMMAND_NAME]}")
        scene = Scene(conversation=conversation, context=context, argument=argument, version=self._version)
        return command.respond(scene)

    async def _remember(
        self, conversation: Conversation, context: Context | None, turn: Turn, reply: Reply
    ) -> None:
        if turn.chat is None:
            return
        after = conversation.interpreter.remember(context, turn, reply)
        if turn.is_public:
            after = replace(after, conditions=(), heard=())
        await self._store(turn).save(turn.chat, after)

    def _store(self, turn: Turn) -> ContextStore:
        return self._fleeting if turn.is_public else self._contexts

    async def _context(self, turn: Turn) -> Context | None:
        """What is known of the chat; of a talk that is long past only what outlives it."""
        context = await self._store(turn).load(turn.chat) if turn.chat is not None else None
        lifetime = PUBLIC_LIFETIME if turn.is_public else CONTEXT_LIFETIME
        if context is None or turn.now - context.at <= lifetime:
            return _without_old_alert(context, turn.now)
        if turn.is_public:
            return None
        past = Context(at=context.at, alert=context.alert, reminded=context.reminded)
        return _without_old_alert(past, turn.now)


def _without_old_alert(context: Context | None, now: datetime) -> Context | None:
    alert = context.alert if context else None
    return replace(context, alert=None) if context and alert and now - alert.at > ALERT_LIFETIME else context
