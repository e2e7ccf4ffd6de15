"""Today's routine with one person: asked for, fitted, led through move by move. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.exercise_pages import ExercisePages
from bot.core.exercises import Condition
from bot.core.model import Knowledge
from bot.core.profile import Change, Done, Profile
from bot.core.readiness import (
    LETTERS,
    Answers,
    conditions,
    open_question,
    read_letters,
    read_names,
    refusal,
    to_keep,
    with_told,
)
from bot.core.readiness_pages import GO, KEEP, ReadinessPages
from bot.core.recipes import Audience, NoRoutine, Routine, Wish, knowledge_version
from bot.core.routine_hearing import BACK, RoutineHearing
from bot.core.routine_pages import RoutinePages
from bot.core.routines import Readiness, compose, rebuild, share_code, swap
from bot.core.session import Session
from bot.core.talk import Reply
from bot.core.visits import Visit, known_answers, readiness
from bot.core.wishes import as_wish, is_code, kept_wish, may_keep

LEVELS = (1, 3)  # the gentlest and the hardest
DIRECTIONS = {"swap": "other", "easier": "easier", "harder": "harder", "never": "other"}


class RoutinePlayer:
    """Leads through routines. What the person is to keep travels in the reply."""

    def __init__(self, knowledge: Knowledge, exercises: ExercisePages) -> None:
        self._knowledge = knowledge
        self._exercises = exercises
        self._asking = ReadinessPages(knowledge)
        self._pages = RoutinePages(knowledge, exercises)
        self._version = knowledge_version(knowledge.exercises, knowledge.recipes)
        self.hearing = RoutineHearing(knowledge.routine_talk, knowledge.recipes, knowledge.vocabulary)

    def routine(self, visit: Visit, argument: str) -> Reply:
        """What stands behind /routine: nothing, a wish, a share code, or a word that steers."""
        ready = self._ready(visit)
        if isinstance(ready, Reply):
            return replace(ready, routine=replace(visit.state, wished=argument))
        known, session = self._known(visit), self._fitting(visit, ready)
        act, _, wished = argument.partition(" ")
        if act == "keep" and wished:
            return self._keep(visit, ready, wished)
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
        if mode not in {GO, KEEP}:
            told = self._told(visit) if not argument else frozenset()
            return self._asking.first(with_told(read_letters("".join(argument.split())), told))
        if not LETTERS.keys() >= set("".join(rest.split())):
            return self._asking.first(read_letters(rest))
        answers = read_letters(rest)
        profile = replace(
            visit.profile,
            conditions=to_keep(answers) if mode == KEEP else frozenset(),
            keeps_conditions=mode == KEEP,
        )
        state = replace(visit.state, answers=frozenset(answer.value for answer in answers), wished="")
        after = replace(visit.knowing(state), profile=profile)
        reply = self.routine(after, visit.state.wished)
        change = Change(profile=profile) if profile != visit.profile else None
        return replace(reply, routine=reply.routine or state, change=reply.change or change)

    def move(self, visit: Visit, argument: str) -> Reply:
        """What stands behind /move: a day, the number of a move, and what is done with it."""
        day, number, act, *_ = [*argument.split(), "", "", ""]
        ready = self._ready(visit)
        if isinstance(ready, Reply):
            return ready
        session = self._fitting(visit, ready)
        if session is None or day != f"{session.routine.day:%y%m%d}":
            return self._pages.another_day()
        visit = visit.at(session)
        if session.is_over or number != str(session.done + 1):
            return self._shown(visit, ready)
        if act == "done":
            return self._done(visit, ready, session)
        if act == "stop":
            return replace(self._pages.stopped(session), routine=visit.state)
        return self._swapped(visit, ready, act) if act in DIRECTIONS else self._shown(visit, ready)

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

    def _ready(self, visit: Visit) -> Readiness | Reply:
        """That somebody may have a routine, or the question or the reason that stands before it."""
        answers = self._answers(visit)
        refused = refusal(self._told(visit) if answers is None else answers)
        if refused is not None:
            return self._asking.refused(refused, was_told=refused in self._told(visit))
        if answers is None:
            return self._asking.first(with_told(frozenset(), self._told(visit)))
        question = open_question(answers)
        if question is not None:
            return self._asking.ask(question, answers, KEEP if visit.profile.keeps_conditions else GO)
        return readiness(answers).of(replace(visit.profile, conditions=frozenset()))

    def _answers(self, visit: Visit) -> Answers | None:
        return known_answers(visit.context, visit.profile, self._told(visit))

    def _told(self, visit: Visit) -> Answers:
        return self._exercises.told_in(visit.context)

    def _known(self, visit: Visit) -> tuple[Condition, ...]:
        return conditions(self._answers(visit) or frozenset())

    def _fitting(self, visit: Visit, ready: Readiness) -> Session | None:
        """Today's session, if what is left of it still exists and suits the person."""
        session, library = visit.session, self._knowledge.exercises
        if session is None:
            return None
        left = [move.exercise for move in session.routine.moves[session.done :]]
        fits = all(name in library and ready.allows(library[name]) for name in left)
        return session if fits else self._session(visit, ready, session.routine.wish)

    def _session(self, visit: Visit, ready: Readiness, wish: Wish) -> Session | None:
        made = self._composed(visit, ready, wish, is_change=True)
        return made if isinstance(made, Session) else None

    def _composed(
        self, visit: Visit, ready: Readiness, wish: Wish, *, is_change: bool = False
    ) -> Session | NoRoutine:
        """A session for a wish; what was done of the one before stays at its beginning.

        A wish for so many minutes is one for a routine of its own.
        """
        before = visit.session if wish.minutes is None or is_change else None
        usual = visit.profile.minutes or None
        made = compose(
            self._knowledge.exercises,
            self._knowledge.recipes,
            replace(visit.profile, conditions=frozenset()),
            ready,
            visit.now.date(),
            replace(wish, minutes=usual if wish.minutes is None else wish.minutes),
            self._version,
        )
        return made if isinstance(made, NoRoutine) else _continued(before, made)

    def _wished(
        self, visit: Visit, ready: Readiness, argument: str, known: Sequence[Condition], said: str = ""
    ) -> Reply:
        read = self.hearing.read(argument)
        if read.unknown:
            return self._pages.unknown(read.unknown)
        wish = as_wish(read, self._knowledge.recipes)
        recipe = self._knowledge.recipes.get(wish.recipe or "")
        if recipe and recipe.audience is Audience.PREGNANCY and not ready.pregnant:
            return self._asking.first(read_names([*(c.value for c in known), Condition.PREGNANCY.value]))
        made = self._composed(visit, ready, wish)
        if isinstance(made, NoRoutine):
            return self._pages.refused(made.reason, can_take_back=bool(visit.profile.never))
        return self._card(visit.at(made), said)

    def _card(self, visit: Visit, said: str = "", change: Change | None = None) -> Reply:
        session = visit.session
        if session is None:
            return self._pages.another_day()
        reply = self._pages.card(session, self._known(visit), visit.profile.equipment, said)
        return replace(reply, routine=visit.state, change=change)

    def _steered(self, visit: Visit, ready: Readiness, act: str) -> Reply:
        session = visit.session
        if session is None or not act:
            return self._card(visit)
        if act == "why":
            return replace(self._pages.why(session, self._known(visit)), routine=visit.state)
        if act == "share":
            return replace(self._pages.shared(share_code(session.routine)), routine=visit.state)
        return self._shown(visit, ready)

    def _keep(self, visit: Visit, ready: Readiness, wished: str) -> Reply:
        """Fit the routine to what holds from now on, and remember it."""
        if not may_keep(wished):
            return self._pages.unknown([wished])
        profile, wish = kept_wish(visit.profile, visit.session, wished)
        after = replace(visit, profile=profile)
        made = self._composed(after, ready, wish, is_change=True)
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
        bare = replace(visit.profile, conditions=frozenset())
        library, recipes = self._knowledge.exercises, self._knowledge.recipes
        made = rebuild(code, library, recipes, ready, bare, visit.now.date())
        if isinstance(made, NoRoutine):
            return self._pages.refused(made.reason)
        routine, changes = made
        return self._card(visit.at(Session(routine=routine)), self._pages.changes(changes))

    def _shown(self, visit: Visit, ready: Readiness, said: str = "", change: Change | None = None) -> Reply:
        """The move that comes next, or the end."""
        session = visit.session
        if session is None:
            return self._pages.another_day()
        if session.is_over:
            reply = self._pages.over(session)
        else:
            exercise = self._knowledge.exercises[session.routine.moves[session.done].exercise]
            reply = self._pages.move(session, exercise, ready.form(exercise), self._known(visit), said)
        return replace(reply, routine=visit.state, change=change)

    def _done(self, visit: Visit, ready: Readiness, session: Session) -> Reply:
        recipe = self._knowledge.recipes.get(session.routine.recipe)
        tells = recipe is not None and recipe.audience is Audience.PREGNANCY
        done = Done(
            exercise=session.routine.moves[session.done].exercise,
            at=visit.now,
            routine="" if tells and not visit.profile.keeps_conditions else session.routine.recipe,
        )
        after = visit.at(replace(session, done=session.done + 1))
        return self._shown(after, ready, change=Change(done=done))

    def _swapped(self, visit: Visit, ready: Readiness, act: str) -> Reply:
        """Another move in the place of the one that comes next; what was wished is remembered."""
        session = visit.session
        if session is None:
            return self._pages.another_day()
        profile = _after(visit.profile, session.routine, session.done, act)
        bare = replace(profile, conditions=frozenset())
        made = swap(
            session.routine,
            session.done + 1,
            self._knowledge.exercises,
            bare,
            ready,
            DIRECTIONS[act],  # type: ignore[arg-type]  # its values are the directions
        )
        change = Change(profile=profile) if profile != visit.profile else None
        if isinstance(made, NoRoutine) and act == "never":
            return self._dropped(visit, ready, session, change)
        if isinstance(made, NoRoutine):
            said = self._knowledge.routine_words.refusals[made.reason]
            return self._shown(visit, ready, said, change)
        return self._shown(visit.at(replace(session, routine=made)), ready, change=change)

    def _dropped(self, visit: Visit, ready: Readiness, session: Session, change: Change | None) -> Reply:
        """Leave out the move that comes next, and say so: it is not wanted, and nothing takes its place."""
        routine, number = session.routine, session.done
        moves = (*routine.moves[:number], *routine.moves[number + 1 :])
        if not moves:
            refused = self._pages.refused("no_routine_nothing_fits", can_take_back=True)
            return replace(refused, routine=replace(visit.state, session=None), change=change)
        left = replace(session, routine=replace(routine, moves=moves))
        return self._shown(visit.at(left), ready, self._knowledge.messages.routine_never_dropped, change)


def _after(profile: Profile, routine: Routine, number: int, act: str) -> Profile:
    """What is remembered of a person who wished another move: a place in `routine`, counted from 0."""
    name = routine.moves[number].exercise
    lowest, highest = LEVELS
    if act == "never":
        return replace(profile, never=profile.never | {name}, liked=profile.liked - {name})
    if act == "easier":
        return replace(profile, level=max(lowest, profile.level - 1))
    if act == "harder":
        return replace(profile, level=min(highest, max(lowest, profile.level) + 1))
    return profile


def _continued(before: Session | None, made: Routine) -> Session:
    """A new routine for the same day, begun with what was done of the one before."""
    if before is None or not before.done:
        return Session(routine=made)
    done = before.routine.moves[: before.done]
    names = {move.exercise for move in done}
    left = tuple(move for move in made.moves[before.done :] if move.exercise not in names)
    if not left:
        return Session(routine=made)
    return Session(routine=replace(made, moves=(*done, *left)), done=before.done)
