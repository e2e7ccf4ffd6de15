"""Today's routine with one person: asked for, fitted, changed, shared. Pure; step_player leads through it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.exercises.exercise import Condition
from bot.core.exercises.pages import ExercisePages
from bot.core.model import Knowledge
from bot.core.person.eligibility import Readiness
from bot.core.person.profile import Change
from bot.core.person.readiness import LETTERS, Answer, read_letters, read_names, to_keep, with_told
from bot.core.person.readiness_pages import AGAIN, GO, KEEP
from bot.core.person.visits import Visit, keeping_told
from bot.core.player.hearing import HurtHearing
from bot.core.player.session import Session
from bot.core.player.steps import StepPlayer
from bot.core.routines.hearing import RoutineHearing
from bot.core.routines.maker import RoutineMaker
from bot.core.routines.others import OtherRoutines
from bot.core.routines.pages import RoutinePages
from bot.core.routines.recipes import Audience, NoRoutine
from bot.core.routines.sharing import share_code
from bot.core.routines.wishes import as_wish, is_code, kept_wish, may_keep
from bot.core.routines.words import BACK
from bot.core.talk import Reply


class TodaysRoutine:
    """Leads to routines. What the person is to keep travels in the reply."""

    def __init__(self, knowledge: Knowledge, exercises: ExercisePages) -> None:
        self._knowledge = knowledge
        self._exercises = exercises
        self._maker = RoutineMaker(knowledge, exercises)
        self._pages = RoutinePages(knowledge, exercises)
        self.steps = StepPlayer(knowledge, self._maker, self._pages)
        self.hurting = HurtHearing(knowledge.routine_talk, knowledge.vocabulary)
        self.hearing = RoutineHearing(knowledge.routine_talk, knowledge.recipes, knowledge.vocabulary)
        self._others = OtherRoutines(knowledge, self._maker, self._pages, self.hearing)

    def routine(self, visit: Visit, argument: str) -> Reply:
        """What stands behind /routine: nothing, a wish, a share code, or a word that steers."""
        refused, wished = self._maker.refused(visit), self.hearing.read(argument).names
        ready = refused or self._others.unready(visit, wished) or self._maker.ready(visit)
        if isinstance(ready, Reply):
            return replace(ready, routine=replace(visit.state, wished=argument))
        return self._others.reply(visit, ready, wished) or self._for_today(visit, ready, argument)

    def _for_today(self, visit: Visit, ready: Readiness, argument: str) -> Reply:
        """Today's routine, shown or changed, for somebody who may have one."""
        known, session = self._maker.known(visit), self._maker.fitting(visit, ready)
        act, _, kept = argument.partition(" ")
        if act == "keep" and kept:
            return self._keep(visit, ready, kept)
        if argument == BACK:
            return self._taken_back(visit, ready)
        if is_code(argument):
            return self._rebuilt(visit, ready, argument)
        if session is not None and argument in {"", "why", "share", "start"}:
            return self._steered(visit.at(session), ready, argument)
        return self._wished(visit, ready, "" if argument in {"why", "share", "start"} else argument, known)

    def ready(self, visit: Visit, argument: str) -> Reply:
        """What stands behind /ready: ticks on the first card, or answers and how long they count."""
        mode, _, rest = argument.partition(" ")
        if mode == AGAIN:
            return self._asked_again(visit)
        if mode not in {GO, KEEP}:
            told = self._maker.told(visit) if not argument else frozenset()
            return self._maker.asking.first(with_told(read_letters("".join(argument.split())), told))
        if not LETTERS.keys() >= set("".join(rest.split())):
            return self._maker.asking.first(read_letters(rest))
        answers = read_letters(rest)
        kept = to_keep(answers) if mode == KEEP else frozenset()
        profile = replace(visit.profile, conditions=kept, keeps_conditions=mode == KEEP)
        profile = keeping_told(profile, self._maker.told(visit))
        state = replace(visit.state, answers=frozenset(answer.value for answer in answers), wished="")
        after = replace(visit.knowing(state), profile=profile)
        reply = self.routine(after, visit.state.wished)
        change = Change(profile=profile) if profile != visit.profile else None
        return replace(reply, routine=reply.routine or state, change=reply.change or change)

    def _asked_again(self, visit: Visit) -> Reply:
        """The question whether a clinician has agreed, once more."""
        answers = (visit.state.answers or frozenset()) - {Answer.NOT_ASKED.value}
        state = replace(visit.state, answers=answers)
        reply = self.routine(visit.knowing(state), state.wished)
        return replace(reply, routine=reply.routine or state)

    def of_the_day(self, visit: Visit) -> Reply:
        """An exercise of this day for everybody: with nobody's conditions in mind, and gentle for that."""
        gentle = [
            each
            for _, each in sorted(self._knowledge.exercises.items())
            if each.level == 1 and not each.equipment and each.is_for(Condition)
        ]
        if not gentle:
            return self._exercises.shelves()
        exercise = gentle[visit.now.date().toordinal() % len(gentle)]
        return self._pages.of_the_day(self._exercises.show(exercise.key))

    def _wished(
        self, visit: Visit, ready: Readiness, argument: str, known: Sequence[Condition], said: str = ""
    ) -> Reply:
        read = self.hearing.read(argument)
        if read.unknown:
            return self._pages.unknown(read.unknown)
        wish = as_wish(read, self._knowledge.recipes)
        recipe = self._knowledge.recipes.get(wish.recipe or "")
        if recipe and recipe.audience is Audience.PREGNANCY and not ready.pregnant:
            ticked = read_names([*(c.value for c in known), Condition.PREGNANCY.value])
            return self._maker.asking.first(ticked)
        made = self._maker.composed(visit, ready, wish)
        if isinstance(made, NoRoutine):
            return self._pages.refused(made.reason, can_take_back=bool(visit.profile.never))
        return self._card(visit.at(made), said)

    def _card(self, visit: Visit, said: str = "", change: Change | None = None) -> Reply:
        session = visit.session
        if session is None:
            return self._pages.another_day()
        reply = self._pages.card(session, self._maker.known(visit), visit.profile.equipment, said)
        return replace(reply, routine=visit.state, change=change)

    def _steered(self, visit: Visit, ready: Readiness, act: str) -> Reply:
        session = visit.session
        if session is None or not act:
            return self._card(visit)
        if act == "why":
            return replace(self._pages.why(session, self._maker.known(visit)), routine=visit.state)
        if act == "share":
            return replace(self._pages.shared(share_code(session.routine)), routine=visit.state)
        return self.steps.go_on(visit, ready)

    def _keep(self, visit: Visit, ready: Readiness, wished: str) -> Reply:
        """Fit the routine to what holds from now on, and remember it."""
        if not may_keep(wished):
            return self._pages.unknown([wished])
        profile, wish = kept_wish(visit.profile, visit.session, wished)
        after = replace(visit, profile=profile)
        made = self._maker.composed(after, ready, wish, is_change=True)
        if isinstance(made, NoRoutine):
            return self._pages.refused(made.reason)
        says, before = self._knowledge.messages, visit.session
        is_same = before is not None and before.routine.moves == made.routine.moves
        said = says.routine_kept_only if is_same else says.routine_kept
        return self._card(after.at(made), said, Change(profile=profile))

    def _taken_back(self, visit: Visit, ready: Readiness) -> Reply:
        """Let every move come again that was never to."""
        after = replace(visit, profile=replace(visit.profile, never=frozenset()))
        said, change = self._knowledge.messages.routine_back, Change(profile=after.profile)
        if visit.session is not None:
            return self._card(after, said, change)
        return replace(self._wished(after, ready, "", (), said), change=change)

    def _rebuilt(self, visit: Visit, ready: Readiness, code: str) -> Reply:
        made = self._maker.rebuilt(visit, ready, code)
        if isinstance(made, NoRoutine):
            return self._pages.refused(made.reason)
        routine, changes = made
        return self._card(visit.at(Session(routine=routine)), self._pages.changes(changes))
