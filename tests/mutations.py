"""Updates as Telegram sends them, and what becomes of them when anything in them is otherwise."""

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot_api_rules import Json

SHAPES = Path(__file__).parent / "update_shapes"
CROWDS = 40  # among whom the updates are shared out; the ids in the shapes are those of crowd 0
HEARD = ("message", "edited_message", "callback_query", "inline_query")
MOST_MUTATIONS = 4  # of one update
MOST_NESTED = 200  # lists or messages within each other
NEAR_THE_TOP = 3  # levels of an update

TEXTS = (
    *("", " \n\t", "/", "/ask", "@strong_back_bot", "<b>&amp;</i> %s {0} ** __"),
    "\ud83d\ud83d half an emoji \udc00",
    "\u202eright to left\u202c \u2066שלום\u2069 مرحبا",
    "a NUL \0 and a bell \x07",
    "i cant feel when i wipe \ud800",
    "/show ../../every-day\ud800",
    "/topics@strong_back_bot \udfff",
    "/\u0130\u0131\ufb01 \u2167 \u0661",
    "/sources \u00b2 \u0661",
    f"/start {'x' * 512}",
    "e\u0301" * 500,
    "👩‍👩‍👧‍👦" * 300,
    "how often should I train " * 163,
    "w" * 4096,
)
NUMBERS = (
    *(0, -1, 1, 2**31, -(2**31), 2**53, 2**63, 10**30, -(10**30)),
    *(0.5, -1e308, float("nan"), float("inf")),
)
ODDITIES: tuple[Any, ...] = (
    *(None, True, False, [], {}, [[]], [None], [{}], {"": None}, {"id": "x"}, {"type": []}),
    *(["x"] * 300, {str(number): number for number in range(50)}),
)
BARE: Json = {"message_id": 1, "date": 1, "chat": {"id": 710001, "type": "private"}}
UPDATE_IDS: tuple[Any, ...] = (None, "700000001", 1.5, True, -1, 10**30, [], {})


def load_shapes() -> dict[str, dict[str, Json]]:
    """The payloads of every kind of update, by kind and name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(SHAPES.glob("*.json"))}


def strings(node: Any) -> Iterator[str]:
    """Every string in a shape, but for the names of its fields."""
    for _, holder, place in _places(node):
        if isinstance(holder[place], str):
            yield holder[place]


class Mutator:
    """Makes updates without end, always the same for the same seed."""

    def __init__(self, shapes: Mapping[str, Mapping[str, Json]], seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311  # chance that can be repeated
        self._shapes = [{kind: payload} for kind, named in shapes.items() for payload in named.values()]
        self._heard = [shape for shape in self._shapes if shape.keys() & set(HEARD)]
        self._nodes = [holder[place] for shape in self._shapes for _, holder, place in _places(shape)]
        self._mutations = (
            *(
                self._drop,
                self._make_odd,
                self._make_odd,
                self._exchange,
                self._add,
                self._nest,
                self._repeat,
            ),
        )

    def update(self) -> Json:
        """The next update, without its number; one in ten is sound."""
        update = _copy(self._chance.choice(self._chance.choice((self._shapes, self._heard))))
        if self._chance.random() >= 0.1:
            for _ in range(self._chance.randint(1, MOST_MUTATIONS)):
                self._mutate(update)
        return self._among_a_crowd(update)

    def odd_number(self) -> Any:
        """What is no number of an update."""
        return self._chance.choice(UPDATE_IDS)

    def _mutate(self, update: Json) -> None:
        """Change one thing; half of the time something near the top."""
        deepest = self._chance.choice((NEAR_THE_TOP, MOST_NESTED))
        places = [(holder, place) for depth, holder, place in _places(update) if depth <= deepest]
        if places:
            self._chance.choice(self._mutations)(*self._chance.choice(places))

    def _drop(self, holder: Any, place: Any) -> None:
        del holder[place]

    def _make_odd(self, holder: Any, place: Any) -> None:
        """Put something else there: half of the time of the same type."""
        alike = {str: TEXTS, int: NUMBERS, float: NUMBERS}.get(type(holder[place]), ODDITIES)
        odd = self._chance.choice(self._chance.choice((alike, alike, TEXTS, NUMBERS, ODDITIES)))
        holder[place] = _copy(odd)

    def _exchange(self, holder: Any, place: Any) -> None:
        """Put a part of another update there."""
        holder[place] = _copy(self._chance.choice(self._nodes))

    def _add(self, holder: Any, _: Any) -> None:
        """Add a field that nobody knows, or that others know."""
        if isinstance(holder, dict):
            name = self._chance.choice(
                ("new", "hologram", "text", "caption", "reply_to_message", "from", "", "id")
            )
            holder[name] = _copy(self._chance.choice(self._nodes))
        else:
            holder.append(_copy(self._chance.choice(self._nodes)))

    def _nest(self, holder: Any, place: Any) -> None:
        """Wrap it up many times."""
        as_reply = self._chance.random() < 0.5
        for _ in range(self._chance.choice((1, 2, MOST_NESTED))):
            holder[place] = _copy(BARE) | {"reply_to_message": holder[place]} if as_reply else [holder[place]]

    def _repeat(self, holder: Any, place: Any) -> None:
        """Have a list or a text twice over."""
        if isinstance(holder[place], str | list) and len(holder[place]) < 2000:
            holder[place] = holder[place] * 2

    def _among_a_crowd(self, update: Json) -> Json:
        crowd = f"71{self._chance.randrange(CROWDS):02}"
        moved: Json = json.loads(json.dumps(update).replace("7100", crowd))
        return moved


def _copy(node: Any) -> Any:
    return json.loads(json.dumps(node))


def _places(node: Any, depth: int = 0) -> Iterator[tuple[int, Any, Any]]:
    """Every place in a tree: how deep it is, and in which dict or list under which key."""
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield depth, node, key
        yield from _places(node[key], depth + 1)
