"""How Telegram reads the HTML of a message: strictly, and with these words when it refuses."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

NAMES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "tg-time": "date_time",
}
_CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_TAG = re.compile(r"<(/?)([^\s<>/]*)((?:\s[^<>]*)?)>")
_LINK = re.compile(r"""\s+href=(?:"([^"]*)"|'([^']*)'|(\S+))\s*""")

_TIME = re.compile(r"""\s+unix="(\d+)"(?:\s+format="(?:r|w?[dD]?[tT]?)")?\s*""")


class MarkupError(Exception):
    """Why Telegram can't parse entities."""


@dataclass(slots=True)
class _Reading:
    """What was read so far: plain text, finished entities, tags still open (name, place, link)."""

    plain: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    opened: list[tuple[str, int, str]] = field(default_factory=list)

    def take(self, text: str) -> None:
        """Text between tags."""
        self.plain += _CHARACTER.sub(lambda match: html.unescape(match[0]), text)

    def open(self, name: str, attributes: str, offset: int) -> None:
        """A start tag."""
        if name not in NAMES:
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {offset}')
        if name == "tg-time" and not _TIME.fullmatch(attributes):
            raise MarkupError(f'Tag "tg-time" must have a valid attribute "unix" at byte offset {offset}')
        link = _LINK.fullmatch(attributes) if name == "a" else None
        self.opened.append((name, _units(self.plain), next(filter(None, link.groups()), "") if link else ""))

    def close(self, name: str, offset: int) -> None:
        """An end tag."""
        if not self.opened:
            raise MarkupError(f"Unexpected end tag at byte offset {offset}")
        expected, start, link = self.opened.pop()
        if name not in {"", expected}:
            wrong = f'expected "</{expected}>", found "</{name}>"'
            raise MarkupError(f"Unmatched end tag at byte offset {offset}, {wrong}")
        length = _units(self.plain) - start
        if length and (expected != "a" or link):
            entity = {"type": NAMES[expected], "offset": start, "length": length}
            self.entities.append({**entity, "url": link} if link else entity)


def parse_html(text: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its entities. Raises MarkupError."""
    reading = _Reading()
    position = 0
    while (start := text.find("<", position)) >= 0:
        reading.take(text[position:start])
        offset = len(text[:start].encode("utf-8", "surrogatepass"))
        tag = _TAG.match(text, start)
        if tag is None:
            raise MarkupError(_broken(text[start:], offset))
        if tag[1]:
            reading.close(tag[2].lower(), offset)
        else:
            reading.open(tag[2].lower(), tag[3], offset)
        position = tag.end()
    reading.take(text[position:])
    if reading.opened:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{reading.opened[-1][0]}"')
    return reading.plain, sorted(reading.entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _broken(rest: str, offset: int) -> str:
    """What is wrong with a `<` that begins no whole tag."""
    if rest.startswith("</"):
        return f"Unclosed end tag at byte offset {offset}"
    name = re.split(r"[\s<>/]", rest[1:], maxsplit=1)[0].lower()
    if ">" not in rest and name in NAMES:
        return f"Unclosed start tag at byte offset {offset}"
    return f'Unsupported start tag "{name}" at byte offset {offset}'


def _units(text: str) -> int:
    """The length in UTF-16 code units, in which entities are counted."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
