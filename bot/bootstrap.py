"""Wires the parts together. The only module that knows every one of them."""

import asyncio
import logging
import time
import zoneinfo
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from random import SystemRandom
from secrets import token_hex
from typing import TYPE_CHECKING

from platformdirs import user_cache_path
from threadpoolctl import threadpool_limits

from bot import __version__
from bot.config import ConfigError, Settings, address
from bot.content.findings import ContentError, Finding
from bot.content.library import Library
from bot.content.loader import builtin_root, load
from bot.content.pictures import Loops
from bot.content.rules.references import broken_references
from bot.content.rules.silenced import silenced_signs
from bot.core.conversation import Conversation
from bot.places.zones import Zones, open_zone
from bot.services.assistant import Assistant, House
from bot.services.deliveries.composing import Composer
from bot.services.deliveries.dispatch import Deliveries, Worker
from bot.services.deliveries.ports import Sender
from bot.services.ports import Stores
from bot.storage.cache import Cache, fingerprint
from bot.telegram_ui.application import TelegramBot
from bot.telegram_ui.monitoring.metrics import Metrics
from bot.telegram_ui.monitoring.monitor import Monitor
from bot.telegram_ui.receiving.receivers import Polling, Receiver, WebhookAddress, Webhooks
from bot.telegram_ui.sending.pictures import Pictures
from bot.telegram_ui.sending.queue import Limits
from bot.telegram_ui.workers.membership import AgreedClock, Alone, Membership
from bot.terminal_ui import CHAT

if TYPE_CHECKING:
    from bot.storage.opening import Kept

Conversations = Mapping[str, Conversation]

_log = logging.getLogger(__name__)


def knowledge_roots(settings: Settings) -> Sequence[Path]:
    """The built-in knowledge and, behind it, the operator's overlay."""
    return [builtin_root(), *([settings.knowledge_dir] if settings.knowledge_dir else [])]


def load_library(settings: Settings) -> Library:
    """The knowledge in every language. Raises ContentError if it is not sound, ConfigError for LANGUAGE."""
    roots = knowledge_roots(settings)
    library, findings = load(roots)
    findings = [
        *findings,
        *(finding for content in library.values() for finding in broken_references(content)),
    ]
    if not findings and len(roots) > 1:
        findings = list(silenced_signs(load(roots[:1])[0], library))
    if findings:
        raise ContentError(findings)
    _require_language(settings, library)
    return library


def _require_language(settings: Settings, known: Iterable[str]) -> None:
    languages = sorted(known)
    if settings.language not in languages:
        raise ConfigError(
            f"LANGUAGE is {settings.language!r}, but the knowledge speaks only: {', '.join(languages)}."
        )


def _require_country(settings: Settings, conversations: Conversations) -> None:
    known = conversations[settings.language].knowledge.numbers.countries
    if settings.country is not None and settings.country not in known:
        raise ConfigError(
            f"COUNTRY is {settings.country!r}, but numbers are known only for: {', '.join(sorted(known))}. "
            f"Add yours to {settings.language}/emergency_numbers.yaml in the folder KNOWLEDGE_DIR."
        )


def _require_red_flags(conversations: Conversations) -> None:
    """Whoever would not hear an emergency must not serve anybody."""
    problem, remedy = (
        "This red flag is not raised by {example!r}",
        "Run 'lint' and mend it before the bot serves",
    )
    unheard = [
        Finding(f"{language}/red_flags/{flag}.yaml", 1, "examples", problem.format(example=example), remedy)
        for language, conversation in conversations.items()
        for flag, example in conversation.unheard()
    ]
    if unheard:
        raise ContentError(unheard)


def make_conversations(settings: Settings, *, is_waited_for: bool = False) -> Conversations:
    """A conversation in each language, learned now or remembered from the last start, its red flags tried.

    `is_waited_for`: the log says so if it takes a while. Raises ContentError and ConfigError as load_library.
    """
    conversations = learned(settings, is_waited_for=is_waited_for)
    _require_language(settings, conversations)
    _require_country(settings, conversations)
    _require_red_flags(conversations)
    return conversations


def learned(settings: Settings, *, is_waited_for: bool = False) -> Conversations:
    """The same without a trial of anything.

    From then on the process computes with one thread: answers are as fast, and two processes that learn side
    by side on two cores multiply matrices almost three times as fast as with two threads each.
    """
    threadpool_limits(limits=1, user_api="blas")
    name = fingerprint([Path(__file__).parent, *knowledge_roots(settings)])
    return Cache(user_cache_path("strong-back")).remember(
        name, lambda: _learn(settings, is_waited_for=is_waited_for)
    )


def _learn(settings: Settings, *, is_waited_for: bool) -> Conversations:
    library = load_library(settings)
    if is_waited_for:
        _log.info("Learning from the knowledge takes some minutes, once; the next start remembers it.")
    return {language: Conversation(content.knowledge) for language, content in library.items()}


@asynccontextmanager
async def memory(settings: Settings, *, keeps_talks: bool, serves: bool = False) -> AsyncIterator["Kept"]:
    """What is remembered from start to start. Raises StoreError.

    `keeps_talks`: talks too, so that it is opened at once; else it is opened when something is to be kept.
    `serves`: everybody, so that no second process may do so out of the same file.
    """
    from bot.storage import alone, opening  # noqa: PLC0415  # a third of a start, needed by few questions

    url = settings.database_url.get_secret_value() if settings.database_url else None
    kept = (
        opening.opened(settings.data_dir, url, utc_now, zone_rules())
        if keeps_talks
        else opening.opened_when_needed(settings.data_dir, url, zone_rules())
    )
    with alone.in_folder(settings.data_dir) if serves and not url else nullcontext():
        async with kept as stores:
            yield stores


def make_assistant(
    settings: Settings, conversations: Conversations, stores: Stores, *, delivers: bool = False
) -> Assistant:
    """The assistant with the whole knowledge. If it has an owner, that is who sits at the terminal too.

    `delivers`: messages can come by themselves where it talks.
    """
    owners = [str(settings.owner_id), CHAT] if settings.owner_id is not None else []
    house = House(
        language=settings.language,
        version=__version__,
        owners=frozenset(owners),
        country=settings.country,
        delivers=delivers,
    )
    return Assistant(conversations, stores, house, zones(conversations))


def zones(conversations: Conversations) -> Mapping[str, Zones]:
    """What finds places by language; zones follow the rules whose name is kept, whatever the machine has."""
    zoneinfo.reset_tzpath(())
    return {name: Zones(each.knowledge.place_words, utc_now()) for name, each in conversations.items()}


async def agreed_clock(settings: Settings, stores: "Kept", own: Callable[[], datetime]) -> AgreedClock:
    """The machine's own clock; where several workers may be, by the database's from the start.

    Raises StoreError.
    """
    clock = AgreedClock(own)
    if settings.webhook_url and settings.database_url:
        clock.agree(await stores.registry.moment(own()))
    return clock


def make_telegram_bot(
    settings: Settings, conversations: Conversations, stores: "Kept", metrics: Metrics, clock: AgreedClock
) -> TelegramBot:
    """The assistant behind a Telegram bot, which also sends what is due."""
    knowledge = {language: conversation.knowledge for language, conversation in conversations.items()}
    name = token_hex(8)
    composer = Composer(knowledge, settings.language, stores, clock, open_zone)
    worker = _worker(settings, name, clock)

    async def deliver(sender: Sender) -> None:
        await Deliveries(stores.ledger, stores.contexts, sender, composer.compose, worker).run()

    return TelegramBot(
        make_assistant(settings, conversations, stores, delivers=True),
        knowledge,
        make_receiver(settings, stores, name, clock, metrics),
        language=settings.language,
        admin_chat=settings.admin_chat_id,
        clock=clock,
        random=SystemRandom().random,
        limits=Limits(per_second=settings.messages_per_second),
        deliver=deliver,
        pictures=Pictures(Loops(knowledge_roots(settings)), stores.pictures),
        metrics=metrics,
    )


def _worker(settings: Settings, name: str, clock: AgreedClock) -> Worker:
    """Who sends what is due, by which clock and rules."""
    return Worker(
        name=name,
        clock=clock,
        pause=asyncio.sleep,
        zone=open_zone,
        rules=zone_rules(),
        max_delay=timedelta(minutes=settings.max_delay_minutes),
    )


@asynccontextmanager
async def monitoring(
    settings: Settings, stores: "Kept", metrics: Metrics, clock: AgreedClock
) -> AsyncIterator[None]:
    """Show the operator how the bot is, if it is to be shown. Raises CannotListenError."""
    if settings.monitor_listen is None:
        yield
        return
    async with Monitor(metrics, lambda: stores.vitals.read(clock())).opened(
        *address(settings.monitor_listen)
    ):
        yield


def make_receiver(
    settings: Settings, stores: "Kept", worker: str, clock: AgreedClock, metrics: Metrics
) -> Receiver:
    """Webhooks if there is an address for them, with a database that others may share one worker of many."""
    random = SystemRandom().random
    if not settings.webhook_url or not settings.webhook_secret:
        return Polling(stores.inbox, clock, random, metrics)
    host, port = address(settings.webhook_listen)
    place = WebhookAddress(
        url=settings.webhook_url, secret=settings.webhook_secret.get_secret_value(), host=host, port=port
    )
    per_second, pause = settings.messages_per_second, asyncio.sleep
    membership = Membership(
        stores.registry, worker, per_second, clock=time.monotonic, agree=clock.agree, pause=pause
    )
    part = membership if settings.database_url else Alone()
    return Webhooks(stores.shared_inbox, part, place, clock, random, metrics)


def zone_rules() -> str:
    """Which rules of time zones are followed."""
    return version("tzdata")


def utc_now() -> datetime:
    """The one clock."""
    return datetime.now(UTC)
