"""What is written down after a turn: for the person, for the editors, for the talk, for an owner."""

from dataclasses import replace
from datetime import date

from bot.core.conversation import Conversation
from bot.core.talk import Asked, Context, Reply, Turn
from bot.core.understanding.recent import forget_recent
from bot.services.keeping import Keeping
from bot.services.ports import MissStore
from bot.services.recall import Recall
from bot.services.typed import question_in


class Records:
    """Writes down what replies bring with them. Where that fails, the reply says so."""

    def __init__(self, misses: MissStore, keeping: Keeping, recall: Recall, owners: frozenset[str]) -> None:
        """`owners` may ask later why the bot answered as it did."""
        self._misses = misses
        self._keeping = keeping
        self._recall = recall
        self._owners = owners

    async def keep(self, conversation: Conversation, chat: str, reply: Reply) -> Reply:
        """Remember what a person is to keep; if that fails, the reply says so, and nothing has changed."""
        if reply.change is None or await self._keeping.change(chat, reply.change):
            return reply
        return conversation.pages.text(conversation.knowledge.messages.cant_remember)

    async def forget(self, conversation: Conversation, turn: Turn, reply: Reply) -> Reply:
        """Erase everything of a chat, also out of what was read last; if that fails, the reply says so."""
        forget_recent()
        if turn.chat is None or await self._keeping.forget(turn.chat):
            return reply
        return conversation.pages.text(conversation.knowledge.messages.cant_remember)

    async def put_down(self, conversation: Conversation, reply: Reply, today: date) -> Reply:
        """Count a miss and offer to send it; keep what is sent. Only in a talk: it has somebody to ask."""
        if reply.missed is not None:
            await self._misses.count(reply.missed.topics, today)
            return conversation.offer_sending(reply)
        if reply.sent is not None and not await self._misses.keep(reply.sent.text, reply.sent.topics, today):
            return conversation.pages.text(conversation.knowledge.messages.not_sent)
        return reply

    async def remember(
        self, conversation: Conversation, context: Context | None, turn: Turn, reply: Reply
    ) -> None:
        """Keep what a talk has come to; of what is said where others read along, less."""
        if turn.chat is None:
            return
        after = conversation.remember(context, turn, reply)
        if turn.is_public:
            after = replace(after, conditions=())
        if turn.person in self._owners and not reply.ends_talk:
            after = replace(after, asked=self._asked(conversation, turn, context))
        await self._recall.save(turn, after)

    def _asked(self, conversation: Conversation, turn: Turn, context: Context | None) -> Asked | None:
        """The question that an owner may want explained: this one, or the last if this is none."""
        text = question_in(conversation.pick(turn.text, context))
        if not text or conversation.asks_why(text):
            return context.asked if context else None
        return Asked(text=text, context=replace(context, asked=None) if context else None)
