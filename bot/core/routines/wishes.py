"""Makes wishes for a routine out of what was heard. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.core.person.profile import Profile
from bot.core.player.session import Session
from bot.core.routines.choosing import USUALLY_AT_HAND
from bot.core.routines.doses import MAX_MINUTES
from bot.core.routines.reading import NO, TOOLS, Wished
from bot.core.routines.recipes import Recipes, Wish
from bot.core.routines.sharing import LINKED

PLACES = frozenset({"desk", "floor", "gym"})
PACES = frozenset({"gentle", "hard", "short", "long"})
SHORT, LONG = 4, 10  # minutes that "short" and "long" mean, if nothing else is said
STEP = 2  # minutes
SHORTER, LONGER = "shorter", "longer"  # what is wished of whom a routine takes too long, or not long enough
OTHER, AGAIN, YESTERDAY = "other", "again", "yesterday"  # wishes beyond today's routine
BARE = "bare"  # the same without any equipment
THINGS = TOOLS | USUALLY_AT_HAND
LEAST = 2  # minutes below which "shorter" does not go

_CODE = re.compile(r"[\w-]{16,64}", re.ASCII)


def as_wish(read: Wished, recipes: Recipes) -> Wish:
    """The wish that was heard. A recipe is named by its own words only where no other wish says the same."""
    names = set(read.names)
    named = [name for name in read.names if name in recipes and name not in PLACES | TOOLS | PACES]
    place = next((name for name in read.names if name in PLACES), None)
    lacking = _lacking(names)
    tools = frozenset(names & TOOLS) - lacking
    usual = SHORT if "short" in names else LONG if "long" in names else None
    return Wish(
        recipe=named[0] if named else None,
        minutes=read.minutes if read.minutes is not None else usual,
        place=place,
        equipment=tools if tools or BARE in names else None,
        gentle="gentle" in names,
        harder="hard" in names,
        lacking=lacking,
    )


def wish_today(read: Wished, recipes: Recipes, session: Session | None) -> Wish:
    """The wish that was heard, as it goes with today's routine.

    What was not there for that is not there yet. Where only a time or a pace is wished, it is done in the
    same place, in the same positions and with the same things; where nothing is said but that something is
    not there, the rest of the wish for that routine stays.
    """
    wish, before = as_wish(read, recipes), session.routine.wish if session else Wish()
    if read.is_lack:
        return _without(before, wish.lacking)
    lacking = (wish.lacking | before.lacking) - (wish.equipment or frozenset())
    if wish.recipe is not None or wish.place is not None or wish.equipment is not None:
        return replace(wish, lacking=lacking)
    bound = recipes.get(before.recipe or "")
    recipe = bound.id if bound and bound.positions else None
    kept = replace(wish, recipe=recipe, place=before.place, equipment=before.equipment, lacking=lacking)
    return kept if read.names else replace(kept, gentle=before.gentle, harder=before.harder)


def _without(wish: Wish, lacking: frozenset[str]) -> Wish:
    """A wish that is left when some things are not there."""
    equipment = wish.equipment - lacking or None if wish.equipment else wish.equipment
    return replace(wish, equipment=equipment, lacking=wish.lacking | lacking)


def _lacking(names: Iterable[str]) -> frozenset[str]:
    """The things of which some names say that they are not there."""
    return frozenset(name.removeprefix(NO) for name in names if name.startswith(NO))


def may_keep(wished: str) -> bool:
    """Whether something, or each of some things, can hold from now on."""
    return wished in PLACES | {SHORTER, LONGER} or THINGS.issuperset(
        name.removeprefix(NO) for name in wished.split()
    )


def kept_wish(profile: Profile, session: Session | None, wished: str) -> tuple[Profile, Wish]:
    """A profile that remembers what holds from now on, and the wish for today that goes with it."""
    wish = session.routine.wish if session else Wish()
    if wished in PLACES:
        return replace(profile, place=wished), replace(wish, place=wished, recipe=None)
    if wished not in {SHORTER, LONGER}:
        return _kept_things(profile, wish, frozenset(wished.split()))
    if session is None:
        minutes = SHORT if wished == SHORTER else LONG
    elif wished == SHORTER:
        minutes = max(LEAST, session.routine.minutes - STEP)
    else:
        minutes = min(MAX_MINUTES, session.routine.minutes + STEP)
    return replace(profile, minutes=minutes), replace(wish, minutes=minutes)


def _kept_things(profile: Profile, wish: Wish, names: frozenset[str]) -> tuple[Profile, Wish]:
    """A profile and a wish with what is there from now on, and without what is not."""
    lacking = _lacking(names)
    things = names & THINGS
    tools = things & TOOLS
    after = replace(
        profile,
        equipment=(profile.equipment | tools) - lacking,
        lacking=(profile.lacking - things) | (lacking - TOOLS),
    )
    wish = replace(_without(wish, lacking), lacking=(wish.lacking | lacking) - things)
    return after, replace(
        wish, equipment=(wish.equipment or frozenset()) | tools, recipe=None
    ) if tools else wish


def is_code(argument: str) -> bool:
    """Whether something behind /routine can only be a share code, be it a torn one."""
    return argument.startswith(LINKED) or _CODE.fullmatch(argument) is not None
