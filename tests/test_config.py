"""The settings: listed, read from the environment and .env, and refused with one sentence that helps."""

import asyncio
import logging
import sys
from pathlib import Path

import pytest
from bot_api import BotApi
from command import run_bot
from house import clean_environment

from bot.config import REMEDIES, ConfigError, Settings, address, read_settings
from bot.logs import RedactingFormatter

EXAMPLE = Path(__file__).parent.parent / ".env.example"
TOKEN = "123456789:AAF-a_secret_of_no_bot_0123456789"
SECONDS = 60  # in which a process must say what it is waited for

MALFORMED = {
    "BOT_TOKEN": [
        *("hello", "123456", ":abc", "123456:", "123456:with blanks", "12a:abc"),
        *("123456:ümlaut", f"{TOKEN} x", f"x{TOKEN}", f"{TOKEN}:{TOKEN}"),
    ],
    "BOT_API_URL": ["telegram.org", "ftp://host", "http://", "http://a b", "https://h/?x=y", "http://u@host"],
    "KNOWLEDGE_DIR": ["/no/such/folder", __file__],
    "LANGUAGE": ["EN", "english", "e", "../en", "en-GB"],
    "LOG_LEVEL": ["LOUD", "debugging", "10"],
    "MESSAGES_PER_SECOND": ["0", "-1", "fast", "0.5", "100001"],
    "MAX_DELAY_MINUTES": ["0", "-5", "2h", "1441"],
    "ADMIN_CHAT_ID": ["me", "1.5", "@operator", "0x10"],
    "OWNER_ID": ["me", "1.5", "@operator", "0x10"],
    "DATA_DIR": [__file__],
    "WEBHOOK_URL": ["bot.example.org", "https://", "https://h/?x=y"],
    "WEBHOOK_SECRET": ["short", "fifteen-letters", "sixteen letters+", "a" * 257],
    "WEBHOOK_LISTEN": ["8080", "host", "host:", ":8080", "host:0", "host:65536", "::1:8080", "a b:1"],
    "MONITOR_LISTEN": ["9090", "host", "host:0"],
    "DATABASE_URL": ["sqlite:///x.db", "mysql://host/name", "postgresql://", "host/name", "postgres://a b"],
}


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_the_example_lists_every_setting_with_one_comment_each() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    comments, settings = lines[::2], lines[1::2]
    assert [line.split("=")[0] for line in settings] == [name.upper() for name in Settings.model_fields]
    assert all(comment.startswith("# ") and comment.endswith(".") for comment in comments)
    assert len(comments) == len(settings)


def test_the_example_sets_what_the_code_does_by_default(tmp_path: Path) -> None:
    default = read_settings()
    (tmp_path / ".env").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_settings() == default


def test_a_file_env_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"# ours\nBOT_TOKEN='{TOKEN}'\nADMIN_CHAT_ID=-100123\n", encoding="utf-8")
    settings = read_settings()
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.admin_chat_id == -100123


def test_the_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=ERROR\nLANGUAGE=de\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    settings = read_settings()
    assert (settings.log_level, settings.language) == ("DEBUG", "de")


def test_what_else_stands_in_the_file_is_no_business_of_the_bot(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("POSTGRES_PASSWORD=hush\n", encoding="utf-8")
    assert "hush" not in repr(read_settings())


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("https://bots.example.org/api//", "https://bots.example.org/api"),
        ("", "https://api.telegram.org"),
    ],
)
def test_the_root_of_the_bot_api_may_end_in_a_slash(
    url: str, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_API_URL", url)
    assert read_settings().bot_api_url == root


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_setting_brings_the_sentence_that_says_what_to_do(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in MALFORMED[name]:
        monkeypatch.setenv(name, value)
        with pytest.raises(ConfigError) as caught:
            read_settings()
        assert str(caught.value) == f"{REMEDIES[name.lower()]}.", value
        assert caught.value.__cause__ is None


def test_a_webhook_without_a_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org/telegram")
    with pytest.raises(ConfigError) as caught:
        read_settings()
    assert str(caught.value).startswith("With WEBHOOK_URL goes a secret: WEBHOOK_SECRET must be 16 to 256 ")


@pytest.mark.parametrize(
    ("value", "host", "port"), [("10.0.0.1:80", "10.0.0.1", 80), ("[::1]:8443", "::1", 8443), ("a:1", "a", 1)]
)
def test_an_address_is_a_host_and_a_port(value: str, host: str, port: int) -> None:
    assert address(value) == (host, port)


def test_every_setting_has_its_sentence() -> None:
    assert REMEDIES.keys() == Settings.model_fields.keys()
    assert all(sentence.startswith(f"{name.upper()} must ") for name, sentence in REMEDIES.items())


@pytest.mark.parametrize("command", [(), ("chat",), ("ask", "hello"), ("lint",), ("evaluate",)])
def test_a_malformed_setting_ends_the_start(command: tuple[str, ...], tmp_path: Path) -> None:
    ended = run_bot(*command, cwd=tmp_path, LOG_LEVEL="LOUD")
    assert (ended.status, ended.out, ended.err) == (
        2,
        "",
        "LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.\n",
    )


def test_all_malformed_settings_are_named_at_once(tmp_path: Path) -> None:
    ended = run_bot(cwd=tmp_path, LOG_LEVEL="LOUD", ADMIN_CHAT_ID="me")
    assert ended.err == f"{REMEDIES['log_level']}.\n{REMEDIES['admin_chat_id']}.\n"


def test_a_language_that_the_knowledge_does_not_speak_ends_the_start(tmp_path: Path) -> None:
    ended = run_bot("ask", "hello", cwd=tmp_path, LANGUAGE="xx")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == "LANGUAGE is 'xx', but the knowledge speaks only: en.\n"


@pytest.mark.parametrize("raw", [b"LANGUAGE=caf\xe9", "LANGUAGE=en".encode("utf-16")])
def test_a_file_env_in_another_encoding_ends_the_start(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(raw)
    ended = run_bot("ask", "hello", cwd=tmp_path)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == "The file .env can't be read (UnicodeDecodeError); save it as UTF-8 text.\n"


def test_a_malformed_token_is_not_repeated(tmp_path: Path) -> None:
    ended = run_bot(cwd=tmp_path, BOT_TOKEN=f"{TOKEN}?")
    assert (ended.status, ended.out, ended.err) == (2, "", f"{REMEDIES['bot_token']}.\n")


def test_the_token_is_in_no_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = read_settings()
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()} {vars(settings)}"
    assert "0123456789" not in shown


@pytest.mark.parametrize(
    "message",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/getMe",
        f"POST https://api.telegram.org/file/bot{TOKEN.replace(':', '%3A')}/x.jpg",
        "somebody else's: 987654321:AAF-another_secret_0123456789",
    ],
)
def test_a_token_is_taken_out_of_log_lines_and_their_tracebacks(message: str) -> None:
    formatter = RedactingFormatter(TOKEN)
    error = ValueError(message)
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, None, (ValueError, error, None))
    line = formatter.format(record)
    assert "0123456789" not in line
    assert line.count("<token>") >= 2


async def test_the_token_is_in_no_log_of_a_whole_life(tmp_path: Path) -> None:
    async with BotApi() as api:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-X", "dev", "-W", "ignore", "-m", "bot"),
            cwd=tmp_path,
            env=clean_environment(BOT_TOKEN=api.token, BOT_API_URL=api.url, LOG_LEVEL="DEBUG"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        assert process.stdout is not None
        async with asyncio.timeout(SECONDS):
            shown = await process.stdout.readuntil(b"Connected to Telegram.")
            chat = api.private()
            api.say(chat, "how often should I train?")
            await api.reply(chat)
            process.terminate()
            shown += await process.stdout.read()
            assert await process.wait() == 0
    assert api.token.split(":")[1].encode() not in shown
    assert b"how often" not in shown
