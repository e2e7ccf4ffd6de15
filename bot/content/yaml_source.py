"""Reads one YAML file as plain text values, and remembers the line of each of them.

Every scalar stays text ("no" is no boolean, "7:30" no number): what a value means is for the schema to say.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.content.findings import Finding, Place

MAX_BYTES = 1_000_000  # a file of knowledge is some kilobytes; far more is a mistake or an attack
MAX_DEPTH = 12
NULLS = frozenset({"", "~", "null", "Null", "NULL"})  # unquoted, they say that nothing stands there

Value = str | list["Value"] | dict[str, "Value"]
Path_ = tuple[str | int, ...]

_CONTROL = re.compile(r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no YAML has these
_TAB_INDENT = re.compile(r" *\t")

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content as dictionaries, lists and strings, and where each value stands.

    `files` says of what came from another file (an overlay's) which one that is.
    """

    file: str
    data: dict[str, Value]
    lines: dict[Path_, int]
    files: dict[Path_, str] = field(default_factory=dict)

    def place(self, *path: str | int) -> Place:
        """The place of a value; for one that is missing, the place of what should hold it."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        key = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        return Place(self.files.get(known, self.file), self.lines.get(known, 1), key)


class _UnreadableError(Exception):
    def __init__(self, line: int, key: str, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line, self.key, self.problem, self.remedy = line, key, problem, remedy


def read_yaml(path: Path, file: str) -> Document | Finding:
    """The document in a file, or the one finding that says why it can't be read."""
    text = ""
    try:
        text = _decode(path)
        reader = _Reader(text)
        return Document(file, reader.document(), reader.lines)
    except _UnreadableError as error:
        return Finding(file, error.line, error.key, error.problem, error.remedy)
    except yaml.YAMLError as error:
        return _syntax_finding(error, file, text)


def _decode(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise _UnreadableError(1, "", "This is no file", "Give it a name that does not end in .yaml")
        if path.stat().st_size > MAX_BYTES:
            remedy = "Split it, or take out what is no knowledge"
            raise _UnreadableError(1, "", "The file is larger than 1 MB", remedy)
        raw = path.read_bytes()
    except OSError as error:
        problem = f"The file can't be read ({error.strerror or 'unknown reason'})"
        raise _UnreadableError(1, "", problem, "Check that it exists and may be read") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = "Save it with the encoding UTF-8"
        raise _UnreadableError(line, "", "The file is not in UTF-8", remedy) from error
    invisible = _CONTROL.search(text)
    if invisible:
        line = text.count("\n", 0, invisible.start()) + 1
        problem = f"There is an invisible control character ({invisible[0]!a})"
        raise _UnreadableError(line, "", problem, "Take it out")
    return text


class _Reader:
    """Builds values out of the events of a file, so that no nesting and no alias is ever followed far."""

    def __init__(self, text: str) -> None:
        self._events = yaml.parse(text, Loader=_LOADER)
        self.lines: dict[Path_, int] = {}

    def document(self) -> dict[str, Value]:
        """The one mapping that the file holds."""
        next(self._events)  # the stream begins
        next(self._events)  # the document begins, or the stream ends again
        event = next(self._events, None)
        if not isinstance(event, yaml.MappingStartEvent):
            line = _line(event)
            remedy = "Begin with a key and a colon, like 'title: …'"
            raise _UnreadableError(line, "", "The file is no mapping", remedy)
        self.lines[()] = 1
        mapping = self._mapping(())
        next(self._events)  # the document ends
        behind = next(self._events)
        if not isinstance(behind, yaml.StreamEndEvent):
            line = _line(behind)
            raise _UnreadableError(line, "", "A second document begins with '---'", "Take the line out")
        return mapping

    def _value(self, event: yaml.Event, path: Path_) -> Value:
        line = _line(event)
        key = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        if isinstance(event, yaml.AliasEvent):
            remedy = "Write the text out where it is needed"
            raise _UnreadableError(line, key, "A YAML alias (*name) is used", remedy)
        if (tag := getattr(event, "tag", None)) is not None:
            raise _UnreadableError(line, key, f"A YAML tag ({tag}) is used", "Write the text without it")
        self.lines.setdefault(path, line)
        if isinstance(event, yaml.ScalarEvent):
            is_null = event.implicit[0] and event.value in NULLS
            return "" if is_null else str(event.value)
        if len(path) >= MAX_DEPTH:
            raise _UnreadableError(line, key, "The lists are nested too deeply", "Write them flat")
        return self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._list(path)

    def _list(self, path: Path_) -> list[Value]:
        items: list[Value] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path_) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _UnreadableError(line, "", "A key is no plain word", "Write 'key: value'")
            key = str(event.value)
            if key in mapping:
                problem = f"The key stands twice (first in line {self.lines[(*path, key)]})"
                raise _UnreadableError(line, key, problem, "Keep one of them")
            self.lines[(*path, key)] = line
            mapping[key] = self._value(next(self._events), (*path, key))
        return mapping


def _line(event: yaml.Event | None) -> int:
    return event.start_mark.line + 1 if event and event.start_mark else 1


def _syntax_finding(error: yaml.YAMLError, file: str, text: str) -> Finding:
    context = getattr(error, "context", None) or ""
    begin = getattr(error, "context_mark", None) if "quoted scalar" in context else None
    mark = begin or getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error).splitlines()[0]
    line = mark.line + 1 if mark else 1
    if any(map(_TAB_INDENT.match, text.split("\n")[line - 1 : line])):
        remedy = "Indent with blanks, never with tabs"
    else:
        remedy = (
            "Check quotes, colons and indentation around this line; quote a text that contains ': ' or ' #'"
        )
    return Finding(file, line, "", f"This is not valid YAML ({problem})", remedy)
