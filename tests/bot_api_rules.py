"""What Telegram refuses, and with which words. Pure: parameters in, clean values out, or a Refusal."""

import json
import re
from collections.abc import Mapping
from typing import Any

from telegram_html import MarkupError, parse_html

MAX_TEXT = 4096  # Unicode characters after the markup is read, not UTF-16 units
MAX_CAPTION = 1024
MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
MAX_TOAST = 200
MAX_RESULTS = 50
MAX_COMMANDS = 100

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)

Json = dict[str, Any]


class Refusal(Exception):  # noqa: N818  # Telegram refuses; nothing is in error
    """An answer that is not ok."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.answer: Json = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.answer["parameters"] = parameters


def bad_request(reason: str, **parameters: int) -> Refusal:
    """The refusal of a call that makes no sense."""
    return Refusal(400, f"Bad Request: {reason}", **parameters)


def too_many_requests(seconds: int) -> Refusal:
    """The refusal of a bot that is too fast."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


CONFLICT = Refusal(
    409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = Refusal(
    409,
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first",
)
UNAUTHORIZED = Refusal(401, "Unauthorized")
NOT_FOUND = Refusal(404, "Not Found")
BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")
DEACTIVATED = Refusal(403, "Forbidden: user is deactivated")
KICKED = Refusal(403, "Forbidden: bot was kicked from the group chat")
NEVER_SPOKEN = Refusal(403, "Forbidden: bot can't initiate conversation with a user")


def json_of(parameters: Mapping[str, Any], name: str) -> Any:
    """A parameter that is an object or a list, whether it came as JSON text or as itself."""
    value = parameters.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None


def number_of(parameters: Mapping[str, Any], name: str) -> int:
    """A parameter that is a whole number; 0 if it is missing or none."""
    value = str(parameters.get(name, ""))
    return int(value) if re.fullmatch(r"-?\d{1,19}", value) else 0


def formatted(text: str, mode: str | None, entities: list[Json] | None = None) -> tuple[str, list[Json]]:
    """A text and its entities after the markup is read, without blanks around it."""
    if mode not in {None, "", "HTML"}:
        raise bad_request(f"unsupported parse_mode {mode!r}: this double reads HTML only")
    try:
        plain, found = parse_html(text) if mode else (text, entities or [])
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from None
    return plain.strip(), found


def check_text(parameters: Mapping[str, Any]) -> tuple[str, list[Json]]:
    """The text of a message."""
    text = str(parameters.get("text") or "")
    if not text:
        raise bad_request("message text is empty")
    entities = json_of(parameters, "entities")
    plain, found = formatted(text, parameters.get("parse_mode"), entities)
    if not plain:
        raise bad_request("text must be non-empty")
    if len(plain) > MAX_TEXT:
        raise bad_request("message is too long")
    return plain, found


def check_caption(parameters: Mapping[str, Any]) -> tuple[str, list[Json]]:
    """The caption of a picture; it may be missing."""
    plain, found = formatted(str(parameters.get("caption") or ""), parameters.get("parse_mode"))
    if len(plain) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return plain, found


def check_keyboard(parameters: Mapping[str, Any]) -> list[list[Json]]:
    """The rows of an inline keyboard; none if there is no keyboard."""
    markup = json_of(parameters, "reply_markup")
    if markup is None:
        return []
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows: list[list[Json]] = [row for row in markup.get("inline_keyboard", []) if row]
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in (button for row in rows for button in row):
        _check_button(button)
    return rows


def _check_button(button: Json) -> None:
    prefix = "can't parse inline keyboard button"
    if not str(button.get("text", "")).strip():
        raise bad_request(f"{prefix}: text must be non-empty")
    says = [name for name in ("callback_data", "url", "switch_inline_query", "copy_text") if name in button]
    if not says:
        raise bad_request(f"{prefix}: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in says:
        data = str(button["callback_data"]).encode("utf-8", "surrogatepass")
        if not 1 <= len(data) <= MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in says and not re.match(r"(https?|tg)://\S+\Z", str(button["url"])):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def check_commands(parameters: Mapping[str, Any]) -> list[Json]:
    """The commands of a menu."""
    commands = json_of(parameters, "commands")
    if not isinstance(commands, list) or len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def check_length(text: str, longest: int, what: str) -> str:
    """A text of the bot's own page."""
    if len(text) > longest:
        raise bad_request(f"{what} is too long")
    return text


def check_results(parameters: Mapping[str, Any]) -> list[Json]:
    """The results of an inline query."""
    results = json_of(parameters, "results")
    if not isinstance(results, list) or len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({str(result.get("id")) for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    for result in results:
        if not 1 <= len(str(result.get("id", "")).encode()) <= MAX_CALLBACK_BYTES:
            raise bad_request("RESULT_ID_INVALID")
        if not str(result.get("title", "")).strip():
            raise bad_request("ARTICLE_TITLE_EMPTY")
        content = result.get("input_message_content", {})
        text = content.get("message_text", "")
        check_text({"text": text, "parse_mode": content.get("parse_mode")})
        check_keyboard(result)
    return results
