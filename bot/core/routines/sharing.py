"""Routines as short codes that fit into a link, and back, fitted to whoever opens them. Pure."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.exercises.exercise import Exercise
from bot.core.person.eligibility import Readiness, refusal
from bot.core.person.profile import Profile
from bot.core.routines.choosing import Setting, look_back, usable
from bot.core.routines.doses import MAX_MINUTES, fitted, span
from bot.core.routines.recipes import Move, NoRoutine, Recipe, Recipes, Routine, Wish
from bot.core.routines.swapping import replacement

FORMAT = 1
MARK = 3  # bytes that stand for a name; a code of twelve moves is shorter than the 64 characters of a link
HEAD = 3 + MARK  # bytes before the moves: format, pace and place, minutes, recipe
PLACES = ("", "desk", "floor", "gym")
LONGEST = 64
LINKED = "r_"  # before a code in a link; both together are no longer than a link allows

_IN_TEXT = re.compile(r"(?:.*[?&]start=|/start\s+)?r_([\w-]*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a code says."""

    recipe: bytes
    wish: Wish
    moves: tuple[bytes, ...]


def share_code(routine: Routine) -> str:
    """A code of letters, digits, - and _ that rebuilds a routine; it holds nothing of a person."""
    wish = routine.wish
    pace = (1 if wish.gentle else 0) | (2 if wish.harder else 0)
    place = PLACES.index(routine.place) if routine.place in PLACES else 0
    head = bytes([FORMAT, pace | place << 2, wish.minutes or 0]) + mark(routine.recipe)
    body = head + b"".join(mark(move.exercise) for move in routine.moves)
    return base64.urlsafe_b64encode(body + _seal(body)).decode().rstrip("=")


def rebuild(  # noqa: PLR0913, PLR0917  # all that a routine follows from
    code: str,
    library: Mapping[str, Exercise],
    recipes: Recipes,
    readiness: Readiness,
    profile: Profile,
    day: date,
) -> tuple[Routine, tuple[str, ...]] | NoRoutine:
    """The routine of a code, fitted to a person, and what was changed (see routine_words).

    Forged, torn and foreign codes are refused like those whose recipe or moves are all gone.
    """
    ready = readiness.of(profile)
    shared = _read(code.removeprefix(LINKED))
    recipe = _named(shared.recipe, recipes) if shared else None
    refused = refusal(ready)
    if refused or shared is None or recipe is None:
        return refused or NoRoutine(reason="no_routine_code")
    place = shared.wish.place or recipes[recipe].place
    setting = Setting(
        library=library,
        profile=profile,
        readiness=ready,
        day=day,
        wish=shared.wish,
        version="",
        past=look_back(profile, day),
    )
    names = [_named(seen, library) for seen in shared.moves]
    if not any(names):
        return NoRoutine(reason="no_routine_code")
    empty = Routine(recipe=recipe, day=day, wish=shared.wish, moves=(), version="", place=place)
    return _fitted_to(setting, empty, replace(recipes[recipe], place=place), names)


def _fitted_to(
    setting: Setting, empty: Routine, recipe: Recipe, names: Sequence[str | None]
) -> tuple[Routine, tuple[str, ...]] | NoRoutine:
    suitable = {exercise.id for exercise in usable(setting, recipe)}
    written = [Move(exercise=n, dose=setting.library[n].dose) for n in names if n]
    changes = ["gone"] * names.count(None)
    moves: list[Move] = []
    for number, move in enumerate(written):
        if move.exercise in suitable:
            form = setting.readiness.form(setting.library[move.exercise])
            moves.append(replace(move, form=form, reasons=("shared",)))
            changes += [f"form:{move.exercise}"] if form else []
            continue
        behind = [other for other in written[number + 1 :] if other.exercise in suitable]
        others = replace(empty, moves=(*moves, *behind))
        other = replacement(setting, others, move, "fitted")
        changes.append(f"instead:{move.exercise}:{other.exercise}" if other else f"left_out:{move.exercise}")
        moves += [other] if other else []
    written_doses = [setting.library[move.exercise].dose for move in moves]
    for wish in _shorter_and_shorter(empty.wish, recipe.minutes) if moves else ():
        doses = fitted(written_doses, span(wish, recipe.minutes), wish)
        if doses is not None:
            changes += [f"shortened:{wish.minutes}"] if wish != empty.wish else []
            fitting = tuple(replace(move, dose=dose) for move, dose in zip(moves, doses, strict=True))
            notes = setting.readiness.notes
            return replace(empty, wish=wish, moves=fitting, notes=notes), tuple(changes)
    return NoRoutine(reason="no_routine_nothing_fits")


def _shorter_and_shorter(wish: Wish, usual: int) -> Iterator[Wish]:
    """A wish, then the same in less and less time."""
    yield wish
    for minutes in range((wish.minutes or usual) - 1, 0, -1):
        yield replace(wish, minutes=minutes)


def _read(code: str) -> _Shared | None:
    """What a code says; None for what is no code of ours."""
    if len(code) > LONGEST or not code.isascii():
        return None
    try:
        raw = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    body, seal = raw[:-MARK], raw[-MARK:]
    if len(body) < HEAD + MARK or len(body) % MARK or seal != _seal(body) or body[0] != FORMAT:
        return None
    pace, minutes = body[1], body[2]
    if pace & 3 == 3 or pace >> 2 >= len(PLACES) or minutes > MAX_MINUTES:  # noqa: PLR2004  # both paces at once
        return None
    wish = Wish(
        minutes=minutes or None,
        place=PLACES[pace >> 2] or None,
        gentle=bool(pace & 1),
        harder=bool(pace & 2),
    )
    marks = [body[at : at + MARK] for at in range(HEAD, len(body), MARK)]
    return _Shared(recipe=body[3:HEAD], wish=wish, moves=tuple(marks))


def shared_in(text: str) -> str | None:
    """The code that a text is, alone or in a link, be it a torn one. None: it is something else."""
    linked = _IN_TEXT.fullmatch(text.strip())
    if linked:
        return f"{LINKED}{linked[1]}"
    return text.strip() if _read(text.strip()) else None


def _named(seen: bytes, names: Iterable[str]) -> str | None:
    return next((name for name in names if mark(name) == seen), None)


def mark(name: str) -> bytes:
    """The few bytes that stand for a name in codes."""
    return hashlib.blake2b(name.encode(), digest_size=MARK).digest()


def _seal(body: bytes) -> bytes:
    """What tells our codes from torn ones; whoever makes one up gets no more than a fitted routine."""
    return hashlib.blake2b(body, digest_size=MARK, person=b"routine").digest()
