"""The settings: read once, from the environment and a file `.env`, and passed on as a value."""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_URL = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
_DATABASE = re.compile(r"postgres(?:ql)?://\S+")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # Telegram takes fewer too, which is no secret
_ADDRESS = re.compile(r"(\[[0-9A-Fa-f:]+\]|[^\s:\[\]]+):([0-9]{1,5})")


class ConfigError(Exception):
    """The settings can't be used. Its text says what to do, a line for each of them."""


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError
    return value


def _url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise ValueError
    return value.rstrip("/")


def _folder(value: Path) -> Path:
    if not value.is_dir():
        raise ValueError
    return value


def _no_file(value: Path) -> Path:
    if value.exists() and not value.is_dir():
        raise ValueError
    return value


def _database(value: SecretStr) -> SecretStr:
    if not _DATABASE.fullmatch(value.get_secret_value()):
        raise ValueError
    return value


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise ValueError
    return value


def _country(value: str) -> str:
    if not _COUNTRY.fullmatch(value):
        raise ValueError
    return value


def _secret(value: SecretStr) -> SecretStr:
    if not _SECRET.fullmatch(value.get_secret_value()):
        raise ValueError
    return value


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value) or not 0 < address(value)[1] < 1 << 16:
        raise ValueError
    return value


def address(value: str) -> tuple[str, int]:
    """The host and the port of an address like 127.0.0.1:8080 or [::1]:8080."""
    host, port = value.rsplit(":", 1)
    return host.strip("[]"), int(port)


class Settings(BaseSettings):
    """All settings. `.env.example` lists them with one comment each."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    bot_api_url: Annotated[str, AfterValidator(_url)] = TELEGRAM
    knowledge_dir: Annotated[Path, AfterValidator(_folder)] | None = None
    language: Annotated[str, AfterValidator(_language)] = "en"
    country: Annotated[str, AfterValidator(_country)] | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    admin_chat_id: int | None = None
    owner_id: int | None = None
    data_dir: Annotated[Path, AfterValidator(_no_file)] = Path("data")
    database_url: Annotated[SecretStr, AfterValidator(_database)] | None = None
    messages_per_second: Annotated[int, Field(ge=1, le=100_000)] = 30
    max_delay_minutes: Annotated[int, Field(ge=1, le=1440)] = 120
    webhook_url: Annotated[str, AfterValidator(_url)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = None
    webhook_listen: Annotated[str, AfterValidator(_address)] = "127.0.0.1:8080"
    monitor_listen: Annotated[str, AfterValidator(_address)] | None = None


REMEDIES = {
    "bot_token": (
        "BOT_TOKEN must look like 123456:ABC-def, as @BotFather gave it; leave it empty for the terminal chat"
    ),
    "bot_api_url": (
        "BOT_API_URL must be the root of a Bot API server like http://127.0.0.1:8081; "
        f"leave it out for {TELEGRAM}"
    ),
    "knowledge_dir": (
        "KNOWLEDGE_DIR must be an existing folder that mirrors knowledge/; leave it out for the built-in one"
    ),
    "language": "LANGUAGE must be a language code of two or three small letters like en",
    "country": "COUNTRY must be a country code of two capital letters like GB; leave it out for none",
    "log_level": "LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR",
    "admin_chat_id": (
        "ADMIN_CHAT_ID must be a whole number, the id of the operator's chat; leave it out for none"
    ),
    "owner_id": "OWNER_ID must be a whole number, the owner's Telegram id; leave it out for none",
    "data_dir": "DATA_DIR must be a folder, which is made when needed; leave it out for ./data",
    "database_url": (
        "DATABASE_URL must be the address of a PostgreSQL database like "
        "postgresql://user:password@host/name; leave it out for a file in DATA_DIR"
    ),
    "messages_per_second": "MESSAGES_PER_SECOND must be a whole number from 1 to 100000; leave it out for 30",
    "max_delay_minutes": "MAX_DELAY_MINUTES must be a whole number from 1 to 1440; leave it out for 120",
    "webhook_url": (
        "WEBHOOK_URL must be where Telegram reaches the bot, like https://bot.example.org/telegram; "
        "leave it out to poll"
    ),
    "webhook_secret": (
        "WEBHOOK_SECRET must be 16 to 256 letters, digits, _ or -, like what `openssl rand -hex 32` prints"
    ),
    "webhook_listen": (
        "WEBHOOK_LISTEN must be a host and a port like 0.0.0.0:8080; leave it out for 127.0.0.1:8080"
    ),
    "monitor_listen": (
        "MONITOR_LISTEN must be a host and a port like 127.0.0.1:9090; leave it out to show nobody"
    ),
}


def read_settings() -> Settings:
    """The settings of this process. Raises ConfigError, whose text never repeats a value."""
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = dict.fromkeys(str(details["loc"][0]) for details in error.errors(include_input=False))
        raise ConfigError("\n".join(f"{REMEDIES[name]}." for name in wrong)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"The file .env can't be read ({type(error).__name__}); save it as UTF-8 text."
        ) from None
    if settings.webhook_url and not settings.webhook_secret:
        raise ConfigError(f"With WEBHOOK_URL goes a secret: {REMEDIES['webhook_secret']}.")
    return settings
