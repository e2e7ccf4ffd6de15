"""What pydantic finds wrong with the shape of an item, said as its author reads it."""

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from bot.content.findings import Finding, guess
from bot.content.shelves import Item


def shape_finding(item: Item, shape: type[BaseModel], details: ErrorDetails) -> Finding:
    """What pydantic found, as an author reads it."""
    last = str(details["loc"][-1]) if details["loc"] else item.id
    said = details["input"]
    problem, remedy = {
        "missing": ("The key is missing", f"Add '{last}: …'"),
        "enum": (f"{said!r} is no choice", f"Write {details.get('ctx', {}).get('expected')}"),
        "list_type": ("This should be a list", "Write each item in a line of its own after '- '"),
        "bool_parsing": (f"{said!r} is neither true nor false", "Write true or false"),
        "string_too_short": ("This is empty", "Write the text after the colon"),
        "too_short": ("These are too few", details["msg"]),
        "string_type": ("This should be one text", "Write the text after the colon, quoted if need be"),
        "model_type": ("This should have keys of its own", "Write them indented below"),
        "dict_type": ("This should have keys of its own", "Write them indented below"),
    }.get(details["type"], (f"{said!r} can't be used", details["msg"]))
    if details["type"] == "extra_forbidden":
        problem, remedy = "The key is not known", guess(last, _keys(shape, details["loc"][:-1]))
    return item.place(*details["loc"]).finding(problem, remedy)


def _keys(shape: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys that are known where `path` leads in a shape."""
    known = shape
    for part in path:
        if isinstance(part, str) and part in known.model_fields:
            inner = known.model_fields[part].annotation
            candidates = [inner, *getattr(inner, "__args__", ())]
            known = next((c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel)), known)
    return list(known.model_fields)
