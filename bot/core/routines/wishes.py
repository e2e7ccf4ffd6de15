"""Makes wishes for a routine out of what was heard. Pure."""

import re
from dataclasses import replace

from bot.core.person.profile import Profile
from bot.core.player.session import Session
from bot.core.routines.doses import MAX_MINUTES
from bot.core.routines.hearing import TOOLS, Wished
from bot.core.routines.recipes import Recipes, Wish
from bot.core.routines.sharing import LINKED

PLACES = frozenset({"desk", "floor", "gym"})
PACES = frozenset({"gentle", "hard", "short", "long"})
SHORT, LONG = 4, 10  # minutes that "short" and "long" mean, if nothing else is said
STEP = 2  # minutes
SHORTER, LONGER = "shorter", "longer"  # what is wished of whom a routine takes too long, or not long enough
OTHER, AGAIN, YESTERDAY = "other", "again", "yesterday"  # wishes beyond today's routine
BARE = "bare"  # the same without any equipment
LEAST = 2  # minutes below which "shorter" does not go

_CODE = re.compile(r"[\w-]{16,64}", re.ASCII)


def as_wish(read: Wished, recipes: Recipes) -> Wish:
    """The wish that was heard. A recipe is named by its own words only where no other wish says the same."""
    names = set(read.names)
    named = [name for name in read.names if name in recipes and name not in PLACES | TOOLS | PACES]
    place = next((name for name in read.names if name in PLACES), None)
    tools = frozenset(names & TOOLS)
    usual = SHORT if "short" in names else LONG if "long" in names else None
    return Wish(
        recipe=named[0] if named else None,
        minutes=read.minutes if read.minutes is not None else usual,
        place=place,
        equipment=tools if tools or BARE in names else None,
        gentle="gentle" in names,
        harder="hard" in names,
    )


def may_keep(wished: str) -> bool:
    """Whether something, or each of some tools, can hold from now on."""
    return wished in PLACES | {SHORTER, LONGER} or TOOLS.issuperset(wished.split())


def kept_wish(profile: Profile, session: Session | None, wished: str) -> tuple[Profile, Wish]:
    """A profile that remembers what holds from now on, and the wish for today that goes with it."""
    wish = session.routine.wish if session else Wish()
    if wished in PLACES:
        return replace(profile, place=wished), replace(wish, place=wished, recipe=None)
    if wished not in {SHORTER, LONGER}:
        tools = frozenset(wished.split())
        after = replace(profile, equipment=profile.equipment | tools)
        return after, replace(wish, equipment=(wish.equipment or frozenset()) | tools, recipe=None)
    if session is None:
        minutes = SHORT if wished == SHORTER else LONG
    elif wished == SHORTER:
        minutes = max(LEAST, session.routine.minutes - STEP)
    else:
        minutes = min(MAX_MINUTES, session.routine.minutes + STEP)
    return replace(profile, minutes=minutes), replace(wish, minutes=minutes)


def is_code(argument: str) -> bool:
    """Whether something behind /routine can only be a share code, be it a torn one."""
    return argument.startswith(LINKED) or _CODE.fullmatch(argument) is not None
