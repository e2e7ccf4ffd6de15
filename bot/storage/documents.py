"""Values as JSON and back, by the types of their fields. Fields that are missing or unknown do no harm."""

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

VERSION = 1  # of the way in which values are written; another one is not read

_Value = TypeVar("_Value")


class OddDocumentError(Exception):
    """A text that holds no such value, or one of another version."""


def to_text(value: object) -> str:
    """A dataclass of plain fields as ASCII JSON, which every database can hold. Defaults are left out."""
    return json.dumps({"version": VERSION, **_plain_fields(value)}, ensure_ascii=True)


def from_text(kind: type[_Value], text: str) -> _Value:
    """The value of this dataclass that a text holds. Raises OddDocumentError."""
    try:
        data = json.loads(text)
        if data.get("version") != VERSION:
            raise OddDocumentError
        value: _Value = _read(kind, data)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise OddDocumentError from None
    return value


def _plain_fields(value: Any) -> dict[str, object]:
    named = ((field, getattr(value, field.name)) for field in fields(value))
    return {field.name: _plain(part) for field, part in named if part != field.default}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(_plain(part) for part in value)  # type: ignore[type-var]  # sets hold words here
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return _plain_fields(value) if is_dataclass(value) else value


def _read(kind: Any, data: Any) -> Any:
    """A value of some type out of plain data."""
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return None if data is None else _read(_present(kind), data)
    if origin in {tuple, frozenset}:
        return origin(_read(get_args(kind)[0], part) for part in data)
    if is_dataclass(kind):
        return _read_fields(kind, data)
    if issubclass(kind, date | time):
        return kind.fromisoformat(data)
    return kind(data)


def _present(kind: Any) -> Any:
    """What an optional value is if it is there."""
    return next(part for part in get_args(kind) if part is not types.NoneType)


def _read_fields(kind: Any, data: Mapping[str, object]) -> Any:
    return kind(**{name: _read(hint, data[name]) for name, hint in _hints(kind).items() if name in data})


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)
