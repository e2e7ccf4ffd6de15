"""Wires the parts together. The only module that knows every one of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom

from bot import __version__
from bot.config import ConfigError, Settings
from bot.content.findings import ContentError
from bot.content.loader import Library, builtin_root, load
from bot.content.reference_rules import broken_references
from bot.core.conversation import Conversation
from bot.services.assistant import Assistant
from bot.storage import MemoryContextStore
from bot.telegram_ui.application import TelegramBot


def knowledge_roots(settings: Settings) -> Sequence[Path]:
    """The built-in knowledge and, behind it, the operator's overlay."""
    return [builtin_root(), *([settings.knowledge_dir] if settings.knowledge_dir else [])]


def load_library(settings: Settings) -> Library:
    """The knowledge in every language. Raises ContentError if it is not sound, ConfigError for LANGUAGE."""
    library, findings = load(knowledge_roots(settings))
    findings = [
        *findings,
        *(finding for content in library.values() for finding in broken_references(content)),
    ]
    if findings:
        raise ContentError(findings)
    if settings.language not in library:
        known = ", ".join(sorted(library))
        raise ConfigError(f"LANGUAGE is {settings.language!r}, but the knowledge speaks only: {known}.")
    return library


def make_assistant(settings: Settings, library: Library) -> Assistant:
    """The assistant with the whole knowledge."""
    conversations = {language: Conversation(content.knowledge) for language, content in library.items()}
    return Assistant(conversations, MemoryContextStore(), settings.language, __version__)


def make_conversation(settings: Settings, library: Library) -> Conversation:
    """The conversation in the bot's own language, for a look inside."""
    return Conversation(library[settings.language].knowledge)


def make_telegram_bot(settings: Settings, library: Library) -> TelegramBot:
    """The assistant behind a Telegram bot."""
    return TelegramBot(
        make_assistant(settings, library),
        {language: content.knowledge for language, content in library.items()},
        language=settings.language,
        admin_chat=settings.admin_chat_id,
        clock=utc_now,
        random=SystemRandom().random,
    )


def utc_now() -> datetime:
    """The one clock."""
    return datetime.now(UTC)
