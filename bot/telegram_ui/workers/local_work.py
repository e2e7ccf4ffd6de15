"""What in a worker has to know which chats are its own."""

from collections.abc import Collection

from bot.services.shares import share_of
from bot.telegram_ui.receiving.shared_intake import SharedIntake
from bot.telegram_ui.sending.pace import Pace
from bot.telegram_ui.ticker import Ticker
from bot.telegram_ui.workers.lanes import Lanes


class LocalWork:
    """The lanes, the players and the pace of one worker, and its intake if it has one."""

    def __init__(self, lanes: Lanes, ticker: Ticker, pace: Pace) -> None:
        self._lanes = lanes
        self._ticker = ticker
        self._pace = pace
        self._intake: SharedIntake | None = None
        self.keep_pace = pace.limit

    def join(self, intake: SharedIntake) -> None:
        """Have an intake know too."""
        self._intake = intake

    def idle(self, shares: Collection[int]) -> frozenset[int]:
        """Those of some shares in which nothing is in work."""
        in_hand = self._intake.busy() if self._intake else set()
        return frozenset(shares) - in_hand - set(map(share_of, self._lanes.busy()))

    async def gained(self, shares: Collection[int]) -> None:
        """Begin to see to some shares."""
        if self._intake:
            self._intake.gained(shares)
        await self._ticker.adopt(lambda chat: share_of(chat) in shares)

    def lost(self, shares: Collection[int]) -> None:
        """End what is in work in some shares."""
        self._lanes.drop(lambda lane: share_of(lane) in shares)
        self._ticker.leave(lambda chat: share_of(chat) in shares)
        if self._intake:
            self._intake.lost(shares)
