"""Somebody who talks with a bot of their own, step by step, at a clock that is set by hand."""

from dataclasses import dataclass, field, replace

from house import Bot

from bot.core.exercises.exercise import Dose
from bot.core.player.session import Playing, RoutineState, Session
from bot.core.routines.recipes import Move, Routine, Wish
from bot.core.schedules.schedule import Schedule
from bot.core.subscriptions.subscription import Subscriber
from bot.core.talk import Context, Reply, Turn
from bot.services.assistant import Assistant
from bot.services.limits import MAX_CALLBACK_BYTES
from bot.storage.memory import MemoryContextStore, MemoryProfileStore, MemorySubscriptionStore

SECONDS = 5  # from one thing that somebody says to the next


@dataclass(slots=True)
class Person:
    """Talks, and lets time pass."""

    bot: Bot
    profiles: MemoryProfileStore = field(default_factory=MemoryProfileStore)
    contexts: MemoryContextStore = field(default_factory=MemoryContextStore)
    subscriptions: MemorySubscriptionStore = field(default_factory=MemorySubscriptionStore)
    chat: str = "1"

    async def __call__(self, *texts: str, is_public: bool = False) -> Reply:
        """Say something after something; the last reply."""
        for text in texts:
            self.bot.clock.advance(seconds=SECONDS)
            turn = Turn(
                text=text, now=self.bot.clock(), chat=self.chat, person=self.chat, is_public=is_public
            )
            reply = await self.assistant.respond(turn)
            for offer in reply.suggestions:
                assert len(offer.utterance.encode()) <= MAX_CALLBACK_BYTES
        return reply

    @property
    def assistant(self) -> Assistant:
        """The bot, with what it remembers of this person."""
        return self.bot.assistant_over(self.contexts, self.profiles, self.subscriptions)

    async def after(self, seconds: float) -> Reply | None:
        """What the player shows by itself after some seconds."""
        self.bot.clock.advance(seconds=seconds)
        return await self.assistant.tick(
            Turn(text="/tick", now=self.bot.clock(), chat=self.chat, person=self.chat)
        )

    def _turn(self, text: str) -> Turn:
        return Turn(text=text, now=self.bot.clock(), chat=self.chat, person=self.chat)

    async def tap(self, label: str, reply: Reply) -> Reply:
        """Tap a button of a reply."""
        return await self(next(each.utterance for each in reply.suggestions if each.label == label))

    async def subscriber(self) -> Subscriber:
        """What is sent to this person."""
        found = await self.subscriptions.load(self.chat)
        assert found is not None
        return found

    async def has_got_today(self) -> None:
        """Have got what is sent today."""
        kept = await self.subscriber()
        await self.subscriptions.save(replace(kept, last=self.bot.clock().date()))

    async def says_it_is_fit(self) -> None:
        """Ask for a routine, with nothing that stands against it."""
        await self.tap("None of these", await self("/routine"))

    async def schedule(self) -> Schedule:
        """When it is sent."""
        return (await self.subscriber()).subscription.schedule

    async def session(self) -> Session:
        """Today's routine, and where in it this person is."""
        context = await self.contexts.load(self.chat)
        assert context is not None
        assert context.routine is not None
        assert context.routine.session is not None
        return context.routine.session

    async def playing(self) -> Playing:
        """Where in a step this person is."""
        playing = (await self.session()).playing
        assert playing is not None
        return playing

    async def moves(self) -> list[str]:
        """The exercises of today's routine."""
        return [move.exercise for move in (await self.session()).routine.moves]

    async def is_given(self, *exercises: str, **doses: Dose) -> None:
        """Have a routine of these exercises today, with other doses than they have where some are named."""
        library = self.bot.conversation.knowledge.exercises
        names = [(name, name.replace("-", "_")) for name in exercises]
        moves = tuple(Move(exercise=name, dose=doses.get(key, library[name].dose)) for name, key in names)
        now = self.bot.clock()
        routine = Routine(
            recipe="floor-strength", day=now.date(), wish=Wish(), moves=moves, version="", place="floor"
        )
        state = RoutineState(answers=frozenset(), session=Session(routine=routine))
        await self.contexts.save(self.chat, Context(at=now, routine=state))
