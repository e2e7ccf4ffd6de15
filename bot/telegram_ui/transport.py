"""The way to the Bot API over aiohttp, under python-telegram-bot.

The library's own client rescans its whole pool of connections at each request, which at 50 ms of latency caps
it at 100 to 285 replies a second; aiohttp keeps free connections by host and does not.
"""

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput
    from telegram.request import RequestData

CONNECTIONS = 256  # open at once; further requests wait for one
CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
WRITE_SECONDS = 5.0
UPLOAD_SECONDS = 20.0  # to write a request with files
POOL_SECONDS = 30.0  # to wait for a free connection; a rush is no reason to lose an answer

_PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
_FORM = "application/x-www-form-urlencoded"
_GRANTED = b'{"ok":true,"result":'  # how Telegram begins; what begins otherwise is read twice
_MOST = {"retry_after": 10**9, "migrate_to_chat_id": 1 << 52}  # what may be told with a refusal


class NotSentError(NetworkError):
    """The request surely did not reach Telegram, so that sending it again makes no second copy."""


class NoSenseError(TelegramError):
    """What answered does not speak the Bot API: a proxy's page, or the wrong address."""

    def __init__(self, message: str, *, is_for_good: bool = False) -> None:
        """`is_for_good`: the answer says that it will be the same next time."""
        super().__init__(message)
        self.is_for_good = is_for_good


class AiohttpRequest(BaseRequest):
    """Sends requests with aiohttp. All times are in seconds; None waits for ever."""

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        read_timeout: float | None = READ_SECONDS,
        proxy: str | None = None,
    ) -> None:
        """`proxy` is an address like http://127.0.0.1:3128; without one the environment's is used."""
        self._connections = connections
        self._read_timeout = read_timeout
        self._proxy = proxy
        self._proxies: dict[str, str | None] = {}
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """How long an answer may take unless a call says otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Make ready to send."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),  # the Bot API has none
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """An answer's JSON. The library would log what it can't read, and with it what people wrote."""
        try:
            parsed = json.loads(payload)
        except (ValueError, RecursionError):
            raise NoSenseError("The answer is no JSON.") from None
        if not _is_answer(parsed):
            raise NoSenseError("The answer is none of a Bot API.")
        answer: dict[str, Any] = parsed
        return answer

    async def do_request(  # noqa: PLR0913, PLR0917  # the signature is the library's
        self,
        url: str,
        method: str,
        request_data: "RequestData | None" = None,
        read_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        write_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        connect_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        pool_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body of Telegram's answer.

        Raises NotSentError if the request surely was not sent, TimedOut or NetworkError if it may have been,
        NoSenseError if what refused it is no Bot API, or granted it and says otherwise: the library would
        believe both.
        """
        if self._session is None or self._session.closed:
            raise RuntimeError("This request object is not initialised.")
        write_default = UPLOAD_SECONDS if request_data and request_data.contains_files else WRITE_SECONDS
        timeout = _timeout(
            connect=_given(connect_timeout, CONNECT_SECONDS),
            pool=_given(pool_timeout, POOL_SECONDS),
            write=_given(write_timeout, write_default),
            read=_given(read_timeout, self._read_timeout),
        )
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                timeout=timeout,
                proxy=self._proxy_to(url),
                allow_redirects=False,  # the token is for this address only
            ) as response:
                answer = await response.read()
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            raise NotSentError(f"No connection to Telegram ({type(error).__name__}).") from None
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise NetworkError(f"The connection to Telegram broke ({type(error).__name__}).") from None
        is_call = method == "POST"  # a file is fetched otherwise, and may begin with anything
        if not response.ok or (is_call and not answer.startswith(_GRANTED)):
            self._require_sense(response.status, answer)
        return response.status, answer

    def _proxy_to(self, url: str) -> str | None:
        """The proxy on the way to an address; aiohttp would ask the environment each time, in a thread."""
        if self._proxy is not None:
            return self._proxy
        host = urlsplit(url).netloc
        if host not in self._proxies:
            self._proxies[host] = _proxy_of_environment(url)
        return self._proxies[host]

    def _require_sense(self, status: int, answer: bytes) -> None:
        is_granted = status < HTTPStatus.MULTIPLE_CHOICES
        try:
            parsed = self.parse_json_payload(answer)
        except NoSenseError as error:
            if is_granted:
                raise
            is_for_good = status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _PASSING
            raise NoSenseError(str(error), is_for_good=is_for_good) from None
        if is_granted and parsed.get("ok") is not True:
            raise NoSenseError("The answer grants and refuses at once.")


def _proxy_of_environment(url: str) -> str | None:
    """The proxy that HTTPS_PROXY and its like name for an address, unless NO_PROXY excepts it."""
    parts, proxies = urlsplit(url), getproxies()
    if proxy_bypass(parts.netloc):
        return None
    return proxies.get(parts.scheme) or proxies.get("all")


def _is_answer(parsed: object) -> bool:
    """Whether JSON is an answer of a Bot API, such that the library can read it."""
    if not isinstance(parsed, dict) or (parsed.get("ok") is True and "result" not in parsed):
        return False
    told = parsed.get("parameters", {})
    return isinstance(told, dict) and all(_is_whole(told.get(name, 0), most) for name, most in _MOST.items())


def _is_whole(number: object, most: int) -> bool:
    return isinstance(number, int) and abs(number) <= most


def _given(timeout: object, default: float | None) -> float | None:
    """The time-out of a call, or the default if the call has none."""
    if timeout is None:
        return None
    return float(timeout) if isinstance(timeout, int | float) else default


def _timeout(
    *, connect: float | None, pool: float | None, write: float | None, read: float | None
) -> aiohttp.ClientTimeout:
    """With aiohttp there is no time-out for writing: it counts towards the whole."""
    parts = (connect, pool, write, read)
    whole = None if None in parts else sum(part for part in parts if part is not None)
    waiting = None if connect is None or pool is None else connect + pool
    return aiohttp.ClientTimeout(total=whole, connect=waiting, sock_connect=connect, sock_read=read)


def _body(request_data: "RequestData | None") -> aiohttp.FormData | aiohttp.BytesPayload | None:
    """What a request carries. Without files it is encoded here, which aiohttp takes longer for."""
    if request_data is None:
        return None
    parameters = {name: _sendable(value) for name, value in request_data.json_parameters.items()}
    if not request_data.contains_files:
        return aiohttp.BytesPayload(urlencode(parameters).encode(), content_type=_FORM)
    form = aiohttp.FormData(parameters)
    for name, (filename, content, content_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form


def _sendable(text: str) -> str:
    """A text without halves of signs, which have no bytes."""
    return text.encode("utf-8", "replace").decode()
