"""What was made of the last few texts: many parts look at one message, and most of them more than once. Pure.

Remembered is only what a function gives for values that never change, so nobody can tell but by the clock.
"""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

LOOKED_AT = 64  # texts that are remembered as read

Asked = ParamSpec("Asked")
Given = TypeVar("Given")

_memories: list[Callable[[], None]] = []


def remembers_recent(function: Callable[Asked, Given]) -> Callable[Asked, Given]:
    """A pure function or method that remembers what it gave for the last few arguments, all of them hashable.

    What it gives is shared, so that nobody may change it.
    """
    memory = functools.lru_cache(maxsize=LOOKED_AT)(function)
    _memories.append(memory.cache_clear)
    return cast("Callable[Asked, Given]", memory)


def forget_recent() -> None:
    """Forget it all, as when somebody wants nothing of theirs to be held any more."""
    for forget in _memories:
        forget()
