"""What follows when something hurts, and when a routine is over: asked kindly, remembered, acted on. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core.exercises.exercise import Purpose
from bot.core.model import Knowledge
from bot.core.person.profile import Change, Done, Profile
from bot.core.person.readiness import Answer
from bot.core.person.visits import Visit, keeping_told
from bot.core.player.clock import stopped
from bot.core.player.hearing import JOINTS, UNSURE, UNWELL
from bot.core.player.pages import StepPages
from bot.core.player.session import Phase, Session
from bot.core.routines.recipes import Audience, Felt
from bot.core.talk import Reply

HIGHEST_LEVEL = 3
INTO_A_LEG = frozenset({"leg", "nerve"})  # what is asked about again before anything else may follow
FELT = {"easy": Felt.EASY, "right": Felt.RIGHT, "hard": Felt.HARD}

Easier = Callable[[Visit], Reply]


class Aftermath:
    """One person's answers to how it was."""

    def __init__(self, knowledge: Knowledge, pages: StepPages, visit: Visit) -> None:
        self._knowledge = knowledge
        self._pages = pages
        self._visit = visit

    def hurt(self, session: Session, number: str, kind: str, easier: Easier) -> Reply:
        """The next question, or what is done now: `easier` shows a move in the place of the one that hurt."""
        if kind == "none":
            return self._ended("hurt_leg", session, is_leg=True)
        if kind in INTO_A_LEG or self._visit.state.signs:
            is_new = session.playing is not None and session.playing.phase is not Phase.HURT
            first = "hurt_stop" if is_new else "" if kind in INTO_A_LEG else "hurt_unsure_leg"
            return self._asked_signs(
                session, self._visit.state.signs or number, self._pages.says.get(first, "")
            )
        if kind in {"sharp", UNWELL}:
            return self._ended(f"hurt_{kind}", session)
        if kind in {"mild", *JOINTS}:
            return self._eased(session, kind, easier)
        said = self._pages.says["hurt_unsure"] if kind == UNSURE else ""
        return self._noted(session, number, self._pages.hurt(session, number, said))

    def _eased(self, session: Session, kind: str, easier: Easier) -> Reply:
        """An easier move in the place of the one that ached, if there is more to come."""
        visit = self._visit.telling(Answer(kind)) if kind in JOINTS else self._visit
        is_last = session.is_over or session.playing is None
        reply = self._ended("hurt_after", session) if is_last else easier(visit)
        return self._spared(reply, kind) if kind in JOINTS else reply

    def _spared(self, reply: Reply, joint: str) -> Reply:
        """A reply to somebody who told that a knee or wrist is sore: it is spared, and that is remembered."""
        before, told = self._visit.profile, Answer(joint)
        profile = keeping_told(before, frozenset({told}))
        change = reply.change or (Change(profile=profile) if profile != before else None)
        text = f"{self._pages.says[f'hurt_{joint}']}\n\n{reply.text}"
        return replace(reply, text=text, told=reply.told | {told.value}, change=change)

    def open_signs(self, *, is_stopped: bool = False) -> Reply | None:
        """The question for signs that may not wait, as long as it is not answered, or the end without it."""
        session, number = self._visit.session, self._visit.state.signs
        if session is None or not number:
            return None
        if is_stopped:
            return self._ended("hurt_leg", session, is_leg=True)
        return self._asked_signs(session, number, self._pages.says["hurt_leg_first"])

    def felt(self, session: Session, kind: str, which: str, more: Sequence[str]) -> Reply:
        """Thanks for the answer, and what else is told then; the next routines are made by it."""
        if kind == "hurt":
            return self._which_hurt(session, which)
        felt = FELT.get(kind)
        if felt is None:
            return replace(self._pages.over(session), routine=self._visit.at(session).state)
        before = [done for done in self._done_of(session) if done.felt != Felt.WORSE]
        is_new = any(done.felt != felt for done in before)
        profile = self._visit.profile
        after = replace(profile, level=self._level(felt)) if is_new else profile
        name = "felt_harder" if after.level > max(1, profile.level) else f"felt_{kind}"
        change = Change(
            profile=after if after != profile else None,
            done=tuple(replace(done, felt=felt.value) for done in before),
        )
        return replace(self._pages.thanks(name, more), routine=self._visit.at(session).state, change=change)

    def _asked_signs(self, session: Session, number: str, said: str) -> Reply:
        """The second question, and that something goes into a leg is known from now on."""
        reply = self._noted(session, number, self._pages.serious(session, number, said))
        state = reply.routine and replace(reply.routine, signs=number)
        return replace(reply, routine=state, told=frozenset({Answer.LEG_SYMPTOMS.value}))

    def _noted(self, session: Session, number: str, asked: Reply) -> Reply:
        """What is asked, while the clock stands; that the move hurt is put down, once."""
        is_asked = session.playing is not None and session.playing.phase is Phase.HURT
        is_known = is_asked or bool(self._visit.state.signs)
        standing = stopped(session, self._visit.now, Phase.HURT)
        reply = replace(asked, routine=self._visit.at(standing).state)
        if is_known or session.is_over:
            return reply
        return replace(reply, change=self._worse([self._named(session, number)], session))

    def _ended(self, text: str, session: Session, *, is_leg: bool = False) -> Reply:
        state = replace(self._visit.at(replace(session, playing=None)).state, signs="")
        told = frozenset({Answer.LEG_SYMPTOMS.value} if is_leg else ())
        return replace(self._pages.ended(text), routine=state, told=told)

    def _which_hurt(self, session: Session, which: str) -> Reply:
        """Which move hurt; whoever is unsure is spared all that is strenuous. Then what it is like."""
        if not which[:3].isdecimal() or int(which[:3]) > session.recorded:
            return replace(self._pages.which(session), routine=self._visit.at(session).state)
        names = [move.exercise for move in session.routine.moves[: session.recorded]]
        library = self._knowledge.exercises
        strong = [n for n in names if n in library and library[n].purpose is Purpose.STRENGTHEN]
        number = int(which[:3])
        hurt = [names[number - 1]] if number else strong or names
        reply = self._pages.hurt(session, which)
        return replace(reply, routine=self._visit.at(session).state, change=self._worse(hurt, session))

    def _worse(self, names: list[str], session: Session) -> Change:
        """What is remembered of moves that hurt: they stay away for a while, and the next ones are easier."""
        known = {done.exercise: done for done in self._done_of(session)}
        done = [
            replace(known[name], felt=Felt.WORSE.value)
            if name in known
            else as_done(self._knowledge, session, name, self._visit, Felt.WORSE)
            for name in names
        ]
        profile = self._visit.profile
        after = replace(profile, level=max(1, profile.level - 1))
        return Change(profile=after if after.level != max(1, profile.level) else None, done=tuple(done))

    def _done_of(self, session: Session) -> list[Done]:
        """What was put down of this routine's moves on its day."""
        names = {move.exercise for move in session.routine.moves}
        first = session.routine.day
        return [
            done for done in self._visit.profile.history if done.exercise in names and done.at.date() >= first
        ]

    def _named(self, session: Session, number: str) -> str:
        """The exercise of a step, by the number that its button carries."""
        place = number.partition(".")[0]
        moves = session.routine.moves
        at = int(place) - 1 if place.isdecimal() and 1 <= int(place) <= len(moves) else session.done
        return moves[at].exercise

    def _level(self, felt: Felt) -> int:
        """The level that follows: lower after a hard one, higher after two in a row that were too easy."""
        profile = self._visit.profile
        level = max(1, profile.level)
        if felt is Felt.HARD:
            return max(1, level - 1)
        if felt is Felt.EASY and _last_felt(profile, self._visit) == Felt.EASY:
            return min(HIGHEST_LEVEL, level + 1)
        return profile.level


def as_done(
    knowledge: Knowledge, session: Session, exercise: str, visit: Visit, felt: Felt | None = None
) -> Done:
    """An exercise as it is put down; a routine that would tell of a pregnancy is left out without consent."""
    recipe = knowledge.recipes.get(session.routine.recipe)
    tells = recipe is not None and recipe.audience is Audience.PREGNANCY
    return Done(
        exercise=exercise,
        at=visit.now,
        felt=felt.value if felt else "",
        routine="" if tells and not visit.profile.keeps_conditions else session.routine.recipe,
    )


def _last_felt(profile: Profile, visit: Visit) -> str:
    """How it felt on the last day before this one."""
    before = [done for done in profile.history if done.at.date() < visit.now.date() and done.felt]
    return before[-1].felt if before else ""
