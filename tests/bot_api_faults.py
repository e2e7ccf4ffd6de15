"""What can go wrong between a bot and Telegram, on demand."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot_api_rules import Refusal


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection breaks before the call is read."""


@dataclass(frozen=True, slots=True)
class AnswerLost:
    """The call does its work, and the connection breaks before the answer."""


@dataclass(frozen=True, slots=True)
class Slow:
    """The call waits until an event is set, then goes on as if nothing had been."""

    until: asyncio.Event


@dataclass(frozen=True, slots=True)
class Nonsense:
    """Something that is no answer of the Bot API: a proxy's page, torn JSON."""

    body: str = "<html><body><h1>502 Bad Gateway</h1></body></html>"
    status: int = 502
    content_type: str = "text/html"


Fault = Refusal | Reset | AnswerLost | Slow | Nonsense
ByChance = Callable[[str], Fault | None]

BAD_GATEWAY = Refusal(502, "Bad Gateway")
SERVER_ERROR = Refusal(500, "Internal Server Error")
TORN_JSON = Nonsense('{"ok": true, "resu', 200, "application/json")


@dataclass(slots=True)
class _Planned:
    fault: Fault
    method: str | None
    chat: int | None
    times: int | None


class Faults:
    """The faults that wait for their call, in order; and those that come by chance."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []
        self.by_chance: ByChance = lambda _: None  # by method, where none was planned

    def plan(self, fault: Fault, method: str | None, chat: int | None, times: int | None) -> None:
        """Let the next calls of a method (None: of any but getUpdates) in a chat (None: in any) go wrong."""
        self._planned.append(_Planned(fault, method, chat, times))

    def take(self, method: str, chat: int) -> Fault | None:
        """The fault that a call meets."""
        for planned in self._planned:
            concerns = method == planned.method or (planned.method is None and method != "getUpdates")
            if concerns and planned.chat in {None, chat}:
                if planned.times is not None:
                    planned.times -= 1
                    if not planned.times:
                        self._planned.remove(planned)
                return planned.fault
        return self.by_chance(method)

    def clear(self) -> None:
        """Let everything go well again."""
        self._planned.clear()
