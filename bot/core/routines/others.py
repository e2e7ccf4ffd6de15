"""Wishes that go beyond today's routine: another one, that of another day or for somebody else. Pure."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from bot.core.model import Knowledge
from bot.core.person.eligibility import Readiness
from bot.core.person.profile import Done
from bot.core.person.visits import Visit
from bot.core.player.session import Session
from bot.core.routines.maker import RoutineMaker
from bot.core.routines.pages import RoutinePages
from bot.core.routines.reading import GEAR, LEAVING, WishReader
from bot.core.routines.recipes import Audience, Move, NoRoutine, Recipe, Routine, Wish
from bot.core.routines.sharing import share_code
from bot.core.routines.wishes import AGAIN, OTHER, YESTERDAY, as_wish
from bot.core.talk import Reply, Suggestion

MAX_OTHERS = 4  # kinds of routines that are offered in place of today's
# What nobody can have, be they ready or not: the wish, and the sentence that says so.
UNMET = {
    "somebody": "somebody",
    "tomorrow": "tomorrow",
    "elsewhere": "elsewhere",
    LEAVING: "leaving",
    GEAR: "equipment",
}


class OtherRoutines:
    """Answers what is wished beyond today's routine, without changing that."""

    def __init__(
        self, knowledge: Knowledge, maker: RoutineMaker, pages: RoutinePages, wishes: WishReader
    ) -> None:
        self._knowledge = knowledge
        self._maker = maker
        self._pages = pages
        self._wishes = wishes

    def unready(self, visit: Visit, wished: Collection[str]) -> Reply | None:
        """What is said to a wish, whatever else is known of the person. None: it takes more to answer."""
        named = next((says for name, says in UNMET.items() if name in wished), None)
        if named is not None:
            return self._pages.unmet(f"no_routine_{named}")
        is_past = not {AGAIN, YESTERDAY}.isdisjoint(wished)
        if is_past and not _last(visit):
            return self._pages.unmet("no_routine_before")
        return self._before(_last(visit)) if is_past and AGAIN not in wished else None

    def reply(self, visit: Visit, ready: Readiness, wished: Collection[str]) -> Reply | None:
        """What is said to somebody who may train and wishes for another one. None: they wish for today's."""
        if AGAIN in wished:
            return self._again(visit, ready, _last(visit))
        return self._other(visit, ready) if OTHER in wished else None

    def _other(self, visit: Visit, ready: Readiness) -> Reply:
        """Kinds of routines that there are for the person beside today's."""
        today = visit.session.routine.recipe if visit.session else ""
        known = [recipe for recipe in self._knowledge.recipes.values() if recipe.id != today]
        fitting = (recipe for recipe in known if self._can_have(visit, ready, recipe))
        offered = [
            Suggestion(label=recipe.name, utterance=f"/routine {recipe.id}")
            for recipe, _ in zip(fitting, range(MAX_OTHERS), strict=False)
        ]
        return self._pages.unmet("no_routine_other", offered)

    def _can_have(self, visit: Visit, ready: Readiness, recipe: Recipe) -> bool:
        is_for = recipe.audience is not Audience.PREGNANCY or ready.pregnant
        wish = as_wish(self._wishes.read(recipe.id), self._knowledge.recipes)
        if not is_for or wish != Wish(recipe=recipe.id) or not recipe.equipment <= visit.profile.equipment:
            return False
        return isinstance(self._maker.composed(visit, ready, wish), Session)

    def _before(self, last: list[Done]) -> Reply:
        """What was done on the last day before today, and the way to do it again."""
        names = ", ".join(dict.fromkeys(self._name(done.exercise) for done in last))
        text = self._says("did", last[0].at.date(), other=names)
        again = Suggestion(label=self._knowledge.messages.routine_again_button, utterance=f"/routine {AGAIN}")
        return self._pages.reply(text, (again, self._pages.to_card()))

    def _again(self, visit: Visit, ready: Readiness, last: list[Done]) -> Reply:
        """The moves of the last day once more, as far as they still suit."""
        made = self._maker.rebuilt(visit, ready, share_code(self._as_routine(last)))
        if isinstance(made, NoRoutine):
            return self._pages.unmet(made.reason)
        routine, changes = made
        said = self._pages.changes(changes, self._says("again", last[0].at.date()))
        session = Session(routine=routine)
        card = self._pages.card(session, self._maker.known(visit), visit.profile.equipment, said)
        return replace(card, routine=visit.at(session).state)

    def _as_routine(self, last: list[Done]) -> Routine:
        """What was done on a day as if it had been one routine; it takes as long as its moves."""
        library, recipes = self._knowledge.exercises, self._knowledge.recipes
        names = [name for name in dict.fromkeys(done.exercise for done in last) if name in library]
        moves = tuple(Move(exercise=name, dose=library[name].dose) for name in names)
        known = [done.routine for done in last if done.routine in recipes] or sorted(recipes)
        made = Routine(recipe=known[-1], day=last[0].at.date(), wish=Wish(), moves=moves, version="")
        return replace(made, place=recipes[known[-1]].place, wish=Wish(minutes=made.minutes))

    def _says(self, sentence: str, day: date, **values: str) -> str:
        weekdays = self._knowledge.messages.weekdays.split(", ")
        value = f"{weekdays[day.weekday()]} {day.isoformat()}"
        return self._knowledge.routine_words.reasons[sentence].format(value=value, **values)

    def _name(self, exercise: str) -> str:
        known = self._knowledge.exercises.get(exercise)
        return known.name if known else exercise


def _last(visit: Visit) -> list[Done]:
    """What was done on the last day before today."""
    before = [done for done in visit.profile.history if done.at.date() < visit.now.date()]
    return [done for done in before if done.at.date() == before[-1].at.date()]
