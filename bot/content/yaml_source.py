"""Reads one YAML file as plain text values, and remembers the line of each of them.

Every scalar stays text ("no" is no boolean, "7:30" no number): what a value means is for the schema to say.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.content.findings import Finding, Place

MAX_BYTES = 1_000_000  # a file of knowledge is some kilobytes; far more is a mistake or an attack
MAX_DEPTH = 12

Value = str | list["Value"] | dict[str, "Value"]
Path_ = tuple[str | int, ...]

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content as dictionaries, lists and strings, and where each value stands."""

    file: str
    data: dict[str, Value]
    lines: dict[Path_, int]

    def place(self, *path: str | int) -> Place:
        """The place of a value; for one that is missing, the place of what should hold it."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        key = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        return Place(self.file, self.lines.get(known, 1), key)


class _UnreadableError(Exception):
    def __init__(self, line: int, key: str, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line, self.key, self.problem, self.remedy = line, key, problem, remedy


def read_yaml(path: Path, file: str) -> Document | Finding:
    """The document in a file, or the one finding that says why it can't be read."""
    lines: dict[Path_, int] = {}
    try:
        return Document(file, _convert_top(yaml.compose(_decode(path), Loader=_LOADER), lines), lines)
    except _UnreadableError as error:
        return Finding(file, error.line, error.key, error.problem, error.remedy)
    except (yaml.YAMLError, RecursionError) as error:
        return _syntax_finding(error, file)


def _convert_top(node: yaml.Node | None, lines: dict[Path_, int]) -> dict[str, Value]:
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1 if node else 1
        raise _UnreadableError(
            line, "", "The file is no mapping", "Begin with a key and a colon, like 'title: …'"
        )
    lines[()] = 1
    return _convert_mapping(node, (), lines, {id(node)})


def _decode(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise _UnreadableError(
            1, "", f"The file can't be read ({reason})", "Check that it exists and may be read"
        ) from error
    if len(raw) > MAX_BYTES:
        raise _UnreadableError(
            1, "", "The file is larger than 1 MB", "Split it, or take out what is no knowledge"
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(
            line, "", "The file is not in UTF-8", "Save it with the encoding UTF-8"
        ) from error


def _convert(node: yaml.Node, path: Path_, lines: dict[Path_, int], seen: set[int]) -> Value:
    line = node.start_mark.line + 1
    key = ".".join(map(str, path))
    if id(node) in seen:
        raise _UnreadableError(
            line, key, "A YAML alias (*name) is used", "Write the text out where it is needed"
        )
    if len(path) > MAX_DEPTH:
        raise _UnreadableError(line, key, "The lists are nested too deeply", "Write them flat")
    seen.add(id(node))
    lines.setdefault(path, line)
    if isinstance(node, yaml.MappingNode):
        return _convert_mapping(node, path, lines, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, (*path, number), lines, seen) for number, item in enumerate(node.value)]
    return str(node.value)


def _convert_mapping(
    node: yaml.MappingNode, path: Path_, lines: dict[Path_, int], seen: set[int]
) -> dict[str, Value]:
    mapping: dict[str, Value] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise _UnreadableError(line, "", "A key is no plain word", "Write 'key: value'")
        key = str(key_node.value)
        if key in mapping:
            first = lines[(*path, key)]
            raise _UnreadableError(
                line, key, f"The key stands twice (first in line {first})", "Keep one of them"
            )
        lines[(*path, key)] = line
        mapping[key] = _convert(value_node, (*path, key), lines, seen)
    return mapping


def _syntax_finding(error: Exception, file: str) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error).splitlines()[0]
    line = mark.line + 1 if mark else 1
    if "\\t" in problem or "tab" in problem:
        remedy = "Indent with blanks, never with tabs"
    elif "special characters" in problem or "unacceptable character" in problem:
        remedy = "Take out the invisible control character"
    else:
        remedy = (
            "Check quotes, colons and indentation around this line; quote a text that contains ': ' or ' #'"
        )
    return Finding(file, line, "", f"This is not valid YAML ({problem})", remedy)
