"""Makes wishes for a routine out of what was heard. Pure."""

import re
from dataclasses import replace

from bot.core.person.profile import Profile
from bot.core.player.session import Session
from bot.core.routines.hearing import TOOLS, Wished
from bot.core.routines.recipes import Recipes, Wish
from bot.core.routines.sharing import LINKED

PLACES = frozenset({"desk", "floor", "gym"})
PACES = frozenset({"gentle", "hard", "short"})
SHORT = 4  # minutes that "short" means, if nothing else is said
SHORTER_BY = 2  # minutes
SHORTER = "shorter"  # what is wished of whom a routine takes too long
OTHER, AGAIN, YESTERDAY = "other", "again", "yesterday"  # wishes beyond today's routine
GEAR = "gear"  # what is wished of whom has a thing that no exercise is for
BARE = "bare"  # the same without any equipment
LEAST = 2  # minutes below which "shorter" does not go

_CODE = re.compile(r"[\w-]{16,64}", re.ASCII)


def as_wish(read: Wished, recipes: Recipes) -> Wish:
    """The wish that was heard. A recipe is named by its own words only where no other wish says the same."""
    names = set(read.names)
    named = [name for name in read.names if name in recipes and name not in PLACES | TOOLS | PACES]
    place = next((name for name in read.names if name in PLACES), None)
    tools = frozenset(names & TOOLS)
    return Wish(
        recipe=named[0] if named else None,
        minutes=read.minutes if read.minutes is not None else (SHORT if "short" in names else None),
        place=place,
        equipment=tools if tools or BARE in names else None,
        gentle="gentle" in names,
        harder="hard" in names,
    )


def may_keep(wished: str) -> bool:
    """Whether something, or each of some tools, can hold from now on."""
    return wished in PLACES | {SHORTER} or TOOLS.issuperset(wished.split())


def kept_wish(profile: Profile, session: Session | None, wished: str) -> tuple[Profile, Wish]:
    """A profile that remembers what holds from now on, and the wish for today that goes with it."""
    wish = session.routine.wish if session else Wish()
    if wished in PLACES:
        return replace(profile, place=wished), replace(wish, place=wished, recipe=None)
    if wished != SHORTER:
        tools = frozenset(wished.split())
        after = replace(profile, equipment=profile.equipment | tools)
        return after, replace(wish, equipment=(wish.equipment or frozenset()) | tools, recipe=None)
    minutes = max(LEAST, session.routine.minutes - SHORTER_BY) if session else SHORT
    return replace(profile, minutes=minutes), replace(wish, minutes=minutes)


def is_code(argument: str) -> bool:
    """Whether something behind /routine can only be a share code, be it a torn one."""
    return argument.startswith(LINKED) or _CODE.fullmatch(argument) is not None
