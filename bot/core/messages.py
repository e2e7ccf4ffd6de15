"""Every sentence of the bot that belongs to no entry. The words themselves stand in the knowledge."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """The sentences by name. PLACEHOLDERS says which of them are filled in, and with what."""

    welcome: str
    help: str
    about: str
    privacy: str
    understood: str
    which_one: str
    none_of_these: str
    not_what_i_asked: str
    also_asked: str
    new_talk: str
    paused: str
    seen_button: str
    ask_seen: str
    seen_yes: str
    seen_no: str
    go_on: str
    phone_button: str
    phone: str
    phone_sign: str
    card_sources: str
    slow_down: str
    fallback: str
    other_language: str
    unreadable: str
    not_offered: str
    may_send: str
    send_button: str
    sent: str
    not_sent: str
    nothing_to_send: str
    nothing_to_explain: str
    rephrase: str
    sources_button: str
    sources_of: str
    sources_all: str
    source_article: str
    source_guidance: str
    source_experience: str
    topics: str
    topics_of: str
    questions_of: str
    back: str
    more: str
    red_flags: str
    ask_what: str
    unknown_command: str
    not_yet: str
    nothing_sent: str
    gone: str
    text_only: str
    empty: str
    failed: str
    sources_chat: str
    chat_welcome: str
    chat_goodbye: str
    bot_description: str
    bot_short_description: str


PLACEHOLDERS: Mapping[str, frozenset[str]] = {
    "about": frozenset({"version", "answers", "reviewed"}),
    "card_sources": frozenset({"publishers"}),
    "understood": frozenset({"question"}),
    "also_asked": frozenset({"question"}),
    "other_language": frozenset({"language"}),
    "paused": frozenset({"sign"}),
    "ask_seen": frozenset({"sign"}),
    "phone_sign": frozenset({"sign"}),
    "sources_of": frozenset({"question"}),
    "topics_of": frozenset({"group"}),
    "questions_of": frozenset({"topic"}),
    "unknown_command": frozenset({"command"}),
}
