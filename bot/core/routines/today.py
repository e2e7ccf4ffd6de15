"""Today's routine with one person: asked for, fitted, changed, shared. Pure; step_player leads through it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.exercises.exercise import Condition
from bot.core.exercises.pages import ExercisePages
from bot.core.model import Knowledge
from bot.core.person.eligibility import Readiness
from bot.core.person.profile import Change
from bot.core.person.readiness import (
    LETTERS,
    TICKED,
    Answer,
    Answers,
    letters,
    read_letters,
    read_names,
    to_keep,
    with_told,
)
from bot.core.person.readiness_pages import AGAIN, GO, KEEP, TICK, UNSURE
from bot.core.person.visits import Visit, keeping_told, ticked
from bot.core.player.hearing import HurtHearing
from bot.core.player.session import Session
from bot.core.player.steps import StepPlayer
from bot.core.routines.hearing import RoutineHearing
from bot.core.routines.maker import RoutineMaker
from bot.core.routines.others import OtherRoutines
from bot.core.routines.pages import RoutinePages
from bot.core.routines.recipes import Audience, NoRoutine
from bot.core.routines.sharing import share_code
from bot.core.routines.wishes import is_code, kept_wish, may_keep, wish_today
from bot.core.routines.words import BACK
from bot.core.talk import Reply

LONGEST = 3  # digits of a number that are read


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
        self._others = OtherRoutines(knowledge, self._maker, self._pages, self.hearing.wishes)

    def routine(self, visit: Visit, argument: str) -> Reply:
        """What stands behind /routine: nothing, a wish, a share code, or a word that steers."""
        asked = self.steps.open_signs(visit)
        if asked is not None:
            return asked
        refused, wished = self._maker.refused(visit), self.hearing.wishes.read(argument).names
        unmet = refused or self._others.unready(visit, wished)
        if unmet is None:
            visit = self._ticking_named(visit, wished)
        ready = unmet or self._maker.ready(visit)
        if isinstance(ready, Reply):
            return replace(ready, routine=replace(visit.state, wished=argument))
        return self._others.reply(visit, ready, wished) or self._for_today(visit, ready, argument)

    def _ticking_named(self, visit: Visit, wished: Sequence[str]) -> Visit:
        """The visit with ticks for a pregnancy and whatever else the wish names that is not known yet."""
        recipes = self._knowledge.recipes
        pregnant = (
            Answer.PREGNANCY.value
            for name in wished
            if name in recipes and recipes[name].audience is Audience.PREGNANCY
        )
        named = read_names([*wished, *pregnant]).intersection(TICKED)
        new = named - self._maker.supposed(visit)
        return visit.knowing(replace(visit.state, ticked=visit.state.ticked | _names(new))) if new else visit

    def _for_today(self, visit: Visit, ready: Readiness, argument: str) -> Reply:
        """Today's routine, shown or changed, for somebody who may have one."""
        session = self._maker.fitting(visit, ready)
        act, _, kept = argument.partition(" ")
        if act == "keep" and kept:
            return self._keep(visit, ready, kept)
        if act == "swap" and kept.isdecimal() and session is not None:
            return self._swapped(visit.at(session), session, ready, int(kept[:LONGEST]))
        if argument == BACK:
            return self._taken_back(visit, ready)
        if is_code(argument) and self.hearing.wishes.read(argument).unknown:
            return self._rebuilt(visit, ready, argument)
        if session is not None and argument in {"", "why", "share", "start"}:
            return self._steered(visit.at(session), ready, argument, self._left_out(visit, session))
        return self._wished(visit, ready, "" if argument in {"why", "share", "start"} else argument)

    def ready(self, visit: Visit, argument: str) -> Reply:
        """What stands behind /ready: ticks on the first card, or answers and how long they count."""
        mode, _, rest = argument.partition(" ")
        if mode == AGAIN:
            return self._asked_again(visit)
        if mode == UNSURE:
            return self._unsure(visit, rest)
        if mode not in {GO, KEEP}:
            return self._ticked(visit, "".join(argument.split()))
        answers, ticks = read_letters(rest), ticked(visit.context)
        if not ticks <= answers:  # a button of another card can't take ticks away
            return self._unsure(visit, letters(answers | ticks))
        if not LETTERS.keys() >= set("".join(rest.split())):
            return self._ticked(visit, letters(answers))
        kept = to_keep(answers) if mode == KEEP else frozenset()
        profile = replace(visit.profile, conditions=kept, keeps_conditions=mode == KEEP)
        profile = keeping_told(profile, self._maker.told(visit))
        state = replace(visit.state, answers=_names(answers), ticked=frozenset(), wished="")
        after = replace(visit.knowing(state), profile=profile)
        reply = self.routine(after, visit.state.wished)
        change = Change(profile=profile) if profile != visit.profile else None
        return replace(reply, routine=reply.routine or state, change=reply.change or change)

    def _ticked(self, visit: Visit, ticks: str) -> Reply:
        """The first card with its ticks, given as letters; without any it has those of what was told."""
        told = with_told(frozenset(), self._maker.told(visit))
        answers = read_letters(ticks) if ticks else told
        state = replace(visit.state, ticked=_names(answers.intersection(TICKED) - told))
        return replace(self._maker.asking.first(answers), routine=state)

    def _unsure(self, visit: Visit, argument: str) -> Reply:
        """The question that stands behind /ready once more, to words that don't answer it."""
        asked = " ".join(word for word in argument.split() if word != UNSURE)
        reply, says = self.ready(visit, asked), self._knowledge.messages
        is_ticked = any(each.label.startswith(TICK) for each in reply.suggestions)
        said = says.ready_unsure_ticked if is_ticked else says.ready_unsure
        return replace(reply, text=f"{said}\n\n{reply.text}")

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

    def _wished(self, visit: Visit, ready: Readiness, argument: str, said: str = "") -> Reply:
        read = self.hearing.wishes.read(argument)
        if read.unknown:
            return self._pages.unknown(read.unknown)
        wish = wish_today(read, self._knowledge.recipes, visit.session)
        made = self._maker.composed(visit, ready, wish, is_change=read.is_lack)
        if isinstance(made, NoRoutine):
            return self._pages.refused(made.reason, can_take_back=bool(visit.profile.never))
        if read.written:
            said = self._knowledge.messages.routine_rounded.format(minutes=read.minutes)
        return self._card(visit.at(made), said)

    def _card(self, visit: Visit, said: str = "", change: Change | None = None) -> Reply:
        session = visit.session
        if session is None:
            return self._pages.another_day()
        reply = self._pages.card(session, self._maker.known(visit), visit.profile.equipment, said)
        return replace(reply, routine=visit.state, change=change)

    def _left_out(self, visit: Visit, session: Session) -> str:
        """That a move which hurt is left out of today's routine, if it just was; nothing of other changes."""
        return self.steps.changed(visit, session) if self._maker.has_hurt_left(visit) else ""

    def _steered(self, visit: Visit, ready: Readiness, act: str, said: str) -> Reply:
        """What words bring beside today's routine; the card, once, if `said` tells what is left out of it."""
        session = visit.session
        if session is None or not act or said:
            return self._card(visit, said)
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

    def _swapped(self, visit: Visit, session: Session, ready: Readiness, number: int) -> Reply:
        """The card with another move at a place of today's routine."""
        made = self._maker.swapped_at(session, number, visit.profile, ready)
        if isinstance(made, NoRoutine):
            return self._pages.unmet(made.reason)
        return self._card(visit.at(made), self._knowledge.routine_talk.player["swapped_other"])

    def _taken_back(self, visit: Visit, ready: Readiness) -> Reply:
        """Let every move come again that was never to."""
        after = replace(visit, profile=replace(visit.profile, never=frozenset()))
        said, change = self._knowledge.messages.routine_back, Change(profile=after.profile)
        if visit.session is not None:
            return self._card(after, said, change)
        return replace(self._wished(after, ready, "", said), change=change)

    def _rebuilt(self, visit: Visit, ready: Readiness, code: str) -> Reply:
        made = self._maker.rebuilt(visit, ready, code)
        if isinstance(made, NoRoutine):
            return self._pages.refused(made.reason)
        routine, changes = made
        return self._card(visit.at(Session(routine=routine)), self._pages.changes(changes))


def _names(answers: Answers) -> frozenset[str]:
    """Answers as a talk remembers them."""
    return frozenset(answer.value for answer in answers)
