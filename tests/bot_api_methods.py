"""The methods of the Bot API: what the bot does in the world."""

from collections.abc import Callable, Mapping

from bot_api_rules import (
    NEVER_SPOKEN,
    NOT_MODIFIED,
    TOO_OLD,
    Json,
    bad_request,
    check_caption,
    check_commands,
    check_keyboard,
    check_length,
    check_results,
    check_text,
    json_of,
    number_of,
)
from bot_api_updates import Target
from bot_api_world import Query, World
from telegram_shapes import Chat, Message

Method = Callable[[World, Json], object]


def _get_me(world: World, _: Json) -> object:
    return world.bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
    }


def _send_message(world: World, parameters: Json) -> object:
    text, entities = check_text(parameters)
    return _sent(world, parameters, Message(0, _chat(world, parameters), world.bot, text, entities))


def _send_media(kind: str) -> Method:
    """The method that sends one kind of file, by its id or freshly uploaded."""

    def send(world: World, parameters: Json) -> object:
        caption = _caption(parameters)
        shape = _file(world, parameters, str(parameters.get(kind, "")))
        content: Json = {kind: [shape] if kind == "photo" else shape} | caption
        return _sent(world, parameters, Message(0, _chat(world, parameters), world.bot, content=content))

    return send


def _file(world: World, parameters: Json, file: str) -> Json:
    """A file by its id, or one that came along under the name that is attached."""
    name = file.removeprefix("attach://")
    file = str(parameters.get(name, name))
    if file not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return {"file_id": file, "file_unique_id": file, "width": 1, "height": 1, "duration": 1}


def _edit_text(world: World, parameters: Json) -> object:
    text, entities = check_text(parameters)
    if _message(_chat(world, parameters), parameters).content:
        raise bad_request("there is no text in the message to edit")
    return _edited(world, parameters, text, entities, {})


def _edit_media(world: World, parameters: Json) -> object:
    """Another file in a message; a text becomes its caption."""
    media = json_of(parameters, "media") or {}
    kind = str(media.get("type"))
    if kind != "animation":
        raise bad_request(f"this double edits no {kind}")
    content: Json = {kind: _file(world, parameters, str(media.get("media", "")))}
    return _edited(world, parameters, "", [], content | _caption(media))


def _edit_caption(world: World, parameters: Json) -> object:
    content = _message(_chat(world, parameters), parameters).content
    kept = {name: value for name, value in content.items() if not name.startswith("caption")}
    if not kept:
        raise bad_request("there is no caption in the message to edit")
    return _edited(world, parameters, "", [], kept | _caption(parameters))


def _caption(parameters: Json) -> Json:
    caption, entities = check_caption(parameters)
    return {"caption": caption, "caption_entities": entities} if caption else {}


def _edit_buttons(world: World, parameters: Json) -> object:
    message = _message(_chat(world, parameters), parameters)
    return _edited(world, parameters, message.text, message.entities, message.content)


def _answer_tap(world: World, parameters: Json) -> object:
    check_length(str(parameters.get("text", "")), 200, "text")
    return _answered(world, parameters, "callback_query_id")


def _answer_inline(world: World, parameters: Json) -> object:
    parameters["results"] = check_results(parameters)
    return _answered(world, parameters, "inline_query_id")


def _set_commands(world: World, parameters: Json) -> object:
    world.pages["commands", str(parameters.get("language_code", ""))] = check_commands(parameters)
    return True


def _set_page(name: str, longest: int) -> Method:
    """The method that sets a text of the bot's own page."""

    def set_page(world: World, parameters: Json) -> object:
        text = check_length(str(parameters.get(name, "")), longest, name.replace("_", " "))
        world.pages[name, str(parameters.get("language_code", ""))] = text
        return True

    return set_page


def _get_file(world: World, parameters: Json) -> object:
    file = str(parameters.get("file_id"))
    if file not in world.files:
        raise bad_request("invalid file_id")
    return {"file_id": file, "file_unique_id": file, "file_path": f"files/{file}"}


def _set_webhook(world: World, parameters: Json) -> object:
    url, secret = str(parameters.get("url", "")), str(parameters.get("secret_token", ""))
    if "nowhere" in url:
        raise bad_request("bad webhook: Failed to resolve host: Name or service not known")
    world.updates.aim(Target(url, secret), json_of(parameters, "allowed_updates"))
    return True


def _delete_webhook(world: World, _: Json) -> object:
    world.updates.aim(None)
    return True


def _get_webhook_info(world: World, _: Json) -> object:
    updates = world.updates
    info = {
        "url": updates.target.url if updates.target else "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates.unconfirmed),
    }
    if not updates.failed_at:
        return info
    return info | {"last_error_date": updates.failed_at, "last_error_message": "Connection refused"}


METHODS: Mapping[str, Method] = {
    "getMe": _get_me,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _get_webhook_info,
    "sendMessage": _send_message,
    "sendPhoto": _send_media("photo"),
    "sendAnimation": _send_media("animation"),
    "sendDocument": _send_media("document"),
    "sendVideo": _send_media("video"),
    "editMessageText": _edit_text,
    "editMessageMedia": _edit_media,
    "editMessageCaption": _edit_caption,
    "editMessageReplyMarkup": _edit_buttons,
    "answerCallbackQuery": _answer_tap,
    "answerInlineQuery": _answer_inline,
    "setMyCommands": _set_commands,
    "setMyDescription": _set_page("description", 512),
    "setMyShortDescription": _set_page("short_description", 120),
    "getFile": _get_file,
}


def _chat(world: World, parameters: Json) -> Chat:
    """The chat that a call is about, if the bot may speak there."""
    chat = world.chats.get(number_of(parameters, "chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    if chat.refuses:
        raise chat.refuses
    if not chat.opened:
        raise NEVER_SPOKEN
    return chat


def _sent(world: World, parameters: Json, message: Message) -> object:
    message.rows = check_keyboard(parameters)
    message.reply_to = _replied(message.chat, parameters)
    message.id = world.number()
    message.chat.messages.append(message)
    message.chat.shown.append(message)
    return message.json()


def _replied(chat: Chat, parameters: Json) -> Message | None:
    reply = json_of(parameters, "reply_parameters") or {}
    number = number_of(reply, "message_id") or number_of(parameters, "reply_to_message_id")
    found = next((message for message in chat.messages if message.id == number), None)
    if number and not found and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def _message(chat: Chat, parameters: Json) -> Message:
    number = number_of(parameters, "message_id")
    found = next((message for message in chat.messages if message.id == number), None)
    if found is None:
        raise bad_request("message to edit not found")
    return found


def _edited(world: World, parameters: Json, text: str, entities: list[Json], content: Json) -> object:
    message = _message(_chat(world, parameters), parameters)
    if message.sender is not world.bot:
        raise bad_request("message can't be edited")
    rows = check_keyboard(parameters)
    shown = (message.text, message.entities, message.content, message.rows)
    if (text, entities, content, rows) == shown:
        raise bad_request(NOT_MODIFIED)
    message.text, message.entities, message.content, message.rows = text, entities, content, rows
    message.edited = True
    message.chat.shown.append(message)
    return message.json()


def _answered(world: World, parameters: Json, name: str) -> object:
    query: Query | None = world.queries.get(str(parameters.get(name)))
    if query is None or not query.open:
        raise bad_request(TOO_OLD)
    query.open, query.answer = False, parameters
    return True
