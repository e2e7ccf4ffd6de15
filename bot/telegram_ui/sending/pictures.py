"""The pictures of the exercises: uploaded once, and from then on sent by the id that Telegram gave them."""

import asyncio
import hashlib
import logging
from collections import OrderedDict, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from telegram import InputFile, Message
from telegram.error import BadRequest

from bot.core.exercises.exercise import PREFIX
from bot.services.ports import PictureStore

MAX_SHOWN = 20_000  # messages of which it is known which picture they show
UPLOAD_TAKES = 3.0  # seconds; for a chat that takes longer, since it has to wait itself, no other one waits

Source = str | InputFile
Call = Callable[[Source], Awaitable[Message | bool]]

_OF_THE_MESSAGE = (
    "chat not found",
    "not modified",
    "to edit not found",
    "can't be edited",
    "can't parse",
    "no media in the message",
    "not enough rights",
)

_log = logging.getLogger(__name__)


class Loops(Protocol):
    """The loops of the exercises, by their keys."""

    def has(self, exercise: str) -> bool:
        """Whether there is one."""

    def read(self, exercise: str) -> bytes | None:
        """What is in it, as GIF; None if there is none, or it can't be read."""


class Pictures:
    """Knows which file or id shows an exercise, and which message shows which picture."""

    def __init__(self, loops: Loops, store: PictureStore) -> None:
        """`store` keeps the ids."""
        self._loops = loops
        self._store = store
        self._ids: dict[str, str] | None = None  # by the marks of the files; None: not yet asked for
        self._marks: dict[str, str] = {}
        self._refused: set[str] = set()
        self._uploading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._shown: OrderedDict[tuple[int, int], str] = OrderedDict()

    def has(self, key: str) -> bool:
        """Whether there is a picture of an exercise that Telegram takes."""
        return key not in self._refused and self._loops.has(key)

    def shown(self, chat: int, message: int) -> str | None:
        """The exercise whose picture a message shows; None if it shows none, or a restart forgot it."""
        return self._shown.get((chat, message))

    def forget(self, chat: int) -> None:
        """Forget what the messages of a chat show."""
        for place in [place for place in self._shown if place[0] == chat]:
            del self._shown[place]

    async def show(self, key: str, chat: int, call: Call) -> int | None:
        """Say something with the picture of an exercise; the message, None if Telegram refuses the picture.

        An id that is refused is forgotten, and the file is uploaded anew, by one chat for all. Raises
        BadRequest if not the picture is refused but the message that was to show it.
        """
        before = await self._id(key)
        sent = await self._tried(key, call, before)
        if sent is None:
            async with self._turn_to_upload(key):
                after = await self._id(key)
                if after != before:
                    sent = await self._tried(key, call, after)
                sent = sent or await self._upload(key, call)
        if sent is None:
            self._refused.add(key)
            return None
        self._shown[chat, sent.message_id] = key
        if len(self._shown) > MAX_SHOWN:
            self._shown.popitem(last=False)
        return sent.message_id

    async def _id(self, key: str) -> str | None:
        """The id under which Telegram knows the file that shows an exercise."""
        known = dict(await self._store.known()) if self._ids is None else {}
        if self._ids is None:
            self._ids = known
        if key not in self._marks:
            content = await asyncio.to_thread(self._loops.read, key)
            self._marks[key] = hashlib.sha256(content or b"").hexdigest()
        return self._ids.get(self._marks[key])

    @asynccontextmanager
    async def _turn_to_upload(self, key: str) -> AsyncIterator[None]:
        """Wait while another chat uploads a file, but not until that chat may speak again."""
        uploading, is_alone = self._uploading[key], False
        with suppress(TimeoutError):
            async with asyncio.timeout(UPLOAD_TAKES):
                is_alone = await uploading.acquire()
        try:
            yield
        finally:
            if is_alone:
                uploading.release()

    async def _upload(self, key: str, call: Call) -> Message | None:
        content = await asyncio.to_thread(self._loops.read, key)
        if content is None:
            return None
        name = f"{key.removeprefix(PREFIX)}.gif"
        sent = await self._tried(key, call, InputFile(content, name, attach=True))
        if sent is not None and sent.animation is not None and self._ids is not None:
            self._ids[self._marks[key]] = sent.animation.file_id
            await self._store.keep(self._marks[key], sent.animation.file_id)
        return sent

    async def _tried(self, key: str, call: Call, source: Source | None) -> Message | None:
        if source is None:
            return None
        try:
            sent = await call(source)
        except BadRequest as error:
            if _is_of_the_message(error):
                raise
            kind = "id" if isinstance(source, str) else "file"
            _log.info("Telegram refused the %s of the picture of %s (%s).", kind, key, error.message)
            return None
        return sent if isinstance(sent, Message) else None


def _is_of_the_message(error: BadRequest) -> bool:
    """Whether what is refused would be refused with any picture."""
    return any(words in error.message.lower() for words in _OF_THE_MESSAGE)
