"""Bad weather between a bot and the double of Telegram, by chance, and what became of deliveries in it."""

from dataclasses import dataclass, field
from random import Random

from bot_api import BotApi
from bot_api_faults import BAD_GATEWAY, SERVER_ERROR, AnswerLost, Fault, Nonsense, Reset
from bot_api_rules import too_many_requests
from sqlalchemy import select
from telegram_shapes import Chat

from bot.storage.database import Database
from bot.storage.tables import DELIVERIES

PASSING: tuple[Fault, ...] = (BAD_GATEWAY, SERVER_ERROR, Reset(), Nonsense(), AnswerLost())


@dataclass(slots=True)
class Weather:
    """Lets a share of the messages fail, and floods now and then; counts the answers that were lost."""

    random: Random
    share: float = 0.1
    floods: float = 0.0
    lost_answers: int = 0

    def __call__(self, method: str) -> Fault | None:
        if method != "sendMessage":
            return None
        if self.random.random() < self.floods:
            return too_many_requests(1)
        if self.random.random() >= self.share:
            return None
        fault = self.random.choice(PASSING)
        self.lost_answers += isinstance(fault, AnswerLost)
        return fault


@dataclass(slots=True)
class Tally:
    """Deliveries to chats that each are to get one, over kills; `unnoted` were sent and not written down."""

    api: BotApi
    chats: list[Chat]
    unnoted: list[int] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """Messages in all chats."""
        return sum(map(len, map(self.api.messages, self.chats)))

    @property
    def lost(self) -> int:
        """Chats without a message."""
        return sum(not self.api.messages(chat) for chat in self.chats)

    @property
    def repeated(self) -> int:
        """Messages beyond the first of each chat."""
        return self.sent - (len(self.chats) - self.lost)

    async def note_kill(self, database: Database) -> None:
        """Count what a worker that was just killed has sent and not written down."""
        rows = await database.read(select(DELIVERIES.c.chat).where(DELIVERIES.c.free_at.is_not(None)))
        open_chats = {row.chat for row in rows}
        self.unnoted.append(
            sum(bool(self.api.messages(chat)) for chat in self.chats if str(chat.id) in open_chats)
        )
