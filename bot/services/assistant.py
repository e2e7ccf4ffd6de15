"""The only door: a turn comes in, a reply goes out. Every front end talks to this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.conversation import Conversation
from bot.core.model import RedFlag
from bot.core.person.profile import Profile
from bot.core.person.readiness import Answer
from bot.core.person.readiness_pages import ROUTINE_TOPIC
from bot.core.player.clock import seen
from bot.core.player.session import Playing
from bot.core.subscriptions.drafts import OFFERED
from bot.core.talk import Context, Kind, Reply, Turn
from bot.core.understanding.dialogue import UNOFFERED
from bot.core.understanding.remembering import ticked
from bot.services.commands.scene import Command, Scene
from bot.services.commands.table import BY_NAME
from bot.services.heeding import heed
from bot.services.keeping import Keeping
from bot.services.limits import MAX_COMMAND_NAME
from bot.services.ports import Stores, ZoneFinder
from bot.services.recall import Recall
from bot.services.records import Records
from bot.services.subscriptions.desk import TipDesk, is_led
from bot.services.typed import command_in, question_in

ANYTHING = frozenset(answer.value for answer in Answer)  # that people may have told of themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Whose bot this is.

    `language` is spoken to people whose own is not known; `owners` are the people who may ask the bot why it
    answered as it did; `country`, two capital letters, says whose emergency numbers are named; `delivers`:
    messages can come by themselves where it talks.
    """

    language: str
    version: str
    owners: frozenset[str] = frozenset()
    country: str | None = None
    delivers: bool = False


class Assistant:
    """Answers turns in all languages of the knowledge, and remembers the context of each chat."""

    def __init__(
        self,
        conversations: Mapping[str, Conversation],
        stores: Stores,
        house: House,
        zones: Mapping[str, ZoneFinder],
    ) -> None:
        """What is said where others read along goes into the fleeting store, never into the other one.

        What a person tells of themselves there is not kept at all. `zones` finds places by language.
        """
        self._conversations = conversations
        self._stores = stores
        self._recall = Recall(stores)
        self._keeping = Keeping(stores, delivers=house.delivers)
        self._desk = TipDesk(self._keeping, zones, delivers=house.delivers)
        self._house = house
        self._records = Records(stores.misses, self._keeping, self._recall, house.owners)

    async def respond(self, turn: Turn) -> Reply:
        """The reply to a turn. Red flags come first, whatever else the turn says."""
        conversation = self.conversation(turn.language)
        context = await self._recall.load(turn)
        flag = await self._heed(conversation, turn, context)
        if flag is not None and await self._desk.means(conversation, turn, context, flag):
            flag = None
        if turn.chat is not None and not turn.is_public:
            said, before = question_in(conversation.said(turn.text, context)), context
            context = conversation.listening.hear(said, before, turn.now)
            untold = conversation.listening.takes_back(said)
            if context is not before or untold:
                await self._keeping.told(turn.chat, context.told if context else (), untold)
        warning = conversation.warn(flag)
        if warning:
            await self._records.remember(conversation, context, turn, warning)
            return conversation.localise(warning, self._house.country)
        reply = await self._reply(conversation, turn, context, flag)
        if reply.ends_alert and context is not None:
            context = conversation.aftercare.settled(context)
        reply = conversation.beside_step(reply, context, turn.now)
        reply = conversation.advise(flag, conversation.aftercare.remind(reply, context))
        if reply.forgets:
            return await self._records.forget(conversation, turn, reply)
        if turn.chat is not None:
            reply = conversation.disclaimers.in_talk(reply, context or Context(at=turn.now), turn.now.date())
            reply = await self._records.put_down(conversation, reply, turn.now.date())
            reply = await self._records.keep(conversation, turn.chat, reply)
        await self._records.remember(conversation, context, turn, reply)
        return conversation.localise(reply, self._house.country)

    async def tick(self, turn: Turn) -> Reply | None:
        """What the player of a chat shows by itself at a moment. None: nothing changes, or nobody plays.

        A red flag has ended the player before; of the talk nothing else changes.
        """
        context = await self._recall.load(turn)
        state = context.routine if context else None
        if turn.chat is None or context is None or state is None or not state.is_open(turn.now):
            return None
        conversation = self.conversation(turn.language)
        reply = await self._obey(conversation, turn, context, BY_NAME["tick"], "")
        if reply.routine is None or reply.routine == state:
            return None
        if await self._records.keep(conversation, turn.chat, reply) is not reply:
            return None
        await self._recall.save(turn, ticked(context, reply))
        return conversation.localise(reply, self._house.country)

    async def shown(self, turn: Turn, card: str) -> Playing | None:
        """Remember which message shows the player of a chat, as the front end calls it, and since when."""
        context = await self._recall.load(turn)
        state = context.routine if context else None
        if turn.chat is None or context is None or state is None or state.session is None:
            return None
        session = seen(state.session, turn.now, card, turn.language or "")
        after = replace(context, routine=replace(state, session=session))
        await self._recall.save(turn, after)
        return session.playing

    async def noticed(self, turn: Turn) -> None:
        """Note that somebody wrote or tapped in a private chat; what the last delivery asked is open now."""
        if turn.chat is not None and await self._keeping.noticed(turn.chat):
            context = await self._recall.load(turn) or Context(at=turn.now)
            await self._recall.save(turn, replace(context, at=turn.now, draft=OFFERED))

    async def gone(self, chat: str, now: datetime) -> None:
        """End what is sent to somebody to whom nothing can be sent any more."""
        await self._keeping.gone(chat, now)

    async def back(self, chat: str, now: datetime) -> None:
        """Go on with what was sent to somebody who lets the bot write again."""
        await self._keeping.back(chat, now, self._desk.zone)

    def locate(self, latitude: float, longitude: float) -> str:
        """What somebody says who shares a location: the name of its time zone and nothing else of it."""
        return self._desk.locate(latitude, longitude)

    async def playing(self) -> Sequence[tuple[str, Playing]]:
        """The chats whose player has a phase that ends by itself, for whoever starts and must see to it."""
        return await self._stores.contexts.playing()

    def cards(self, turn: Turn) -> list[Reply]:
        """Answers to choose from for somebody who is still typing elsewhere; nothing is remembered."""
        conversation = self.conversation(turn.language)
        return [conversation.localise(card, self._house.country) for card in conversation.cards(turn.text)]

    async def is_urgent(self, turn: Turn) -> bool:
        """Whether a turn raises a red flag or asks about one, so that no limit may hold it up."""
        typed = command_in(turn.text)
        command = BY_NAME.get(typed.name) if typed else None
        if command and command.is_safety:
            return True
        return (
            await heed(self.conversation(turn.language), turn.text, await self._recall.load(turn)) is not None
        )

    def conversation(self, language: str | None) -> Conversation:
        """The conversation in a language tag like "en-GB", or else in the bot's own language."""
        tag = (language or "").lower().split("-")[0]
        return self._conversations.get(tag) or self._conversations[self._house.language]

    async def _heed(self, conversation: Conversation, turn: Turn, context: Context | None) -> RedFlag | None:
        """The most urgent red flag that a turn raises, with what the talk knows of the person, or is kept."""
        flag = await heed(conversation, turn.text, context)
        if flag is not None or turn.chat is None or turn.text.startswith("/"):
            return flag
        before = context or Context(at=turn.now)
        if await heed(conversation, turn.text, before.telling(ANYTHING, turn.now)) is None:
            return None  # whatever is kept of them
        profile = await self._keeping.profile(turn)
        if profile is None or not profile.conditions:
            return None
        return await heed(conversation, turn.text, before.telling(profile.conditions, turn.now))

    async def _reply(
        self, conversation: Conversation, turn: Turn, context: Context | None, flag: RedFlag | None
    ) -> Reply:
        text = self._desk.picked(conversation, turn.text, context)
        if text is None:
            is_time = self._desk.awaits_number(turn, context)
            is_time = is_time and not self._desk.is_led_on(conversation, turn, context)
            text = turn.text if is_time else conversation.pick(turn.text, context)
        if text == UNOFFERED and context is not None and context.draft is not None:
            text = turn.text
        if await self._desk.ends(conversation, turn, context):
            return await self._end(conversation, turn, context, text)
        if await self._desk.resumes(conversation, turn, context):
            text = conversation.progress_hearing.pick(turn.text, context) or turn.text
        elif (of_data := self._desk.of_data(conversation, turn)) is not None:
            text = of_data
        elif text == turn.text:
            text = conversation.progress_hearing.pick(text, context) or text
        is_owner = turn.person in self._house.owners
        if is_owner and text == turn.text and conversation.asks_why(text):
            text = "/why"
        question, typed = question_in(text), command_in(text)
        if question or not typed:
            return await self._answer(conversation, turn, context, flag, question)
        command = BY_NAME.get(typed.name)
        if command is None:
            return conversation.pages.unknown_command(f"/{typed.name[:MAX_COMMAND_NAME]}")
        return await self._obey(conversation, turn, context, command, typed.argument)

    async def _answer(
        self,
        conversation: Conversation,
        turn: Turn,
        context: Context | None,
        flag: RedFlag | None,
        question: str,
    ) -> Reply:
        """The reply to what is asked or wished."""
        heard = None if flag else await self._desk.heard(conversation, turn, context, question)
        if heard is not None:
            return heard
        is_fitted = conversation.is_about_exercise(question, context)
        profile = await self._profile(turn) if is_fitted else None
        reply = conversation.answer(question, context, profile)
        if turn.is_public and reply.change is not None:
            return conversation.pages.text(conversation.knowledge.messages.in_private)
        wished = None if flag else conversation.wished(question, reply)
        if flag is None and wished is None and conversation.has_moves(reply):
            reply = conversation.fitted(reply, context, profile or await self._profile(turn))
        if wished is not None:
            made = await self._obey(conversation, turn, context, BY_NAME["routine"], wished)
            is_near = reply.topic == ROUTINE_TOPIC
            return replace(made, entry=reply.entry if is_near else made.entry)
        again = None if flag else conversation.answering.again(question, context)
        if again is not None and reply.kind in {Kind.FALLBACK, Kind.CLARIFICATION}:
            return await self._obey(conversation, turn, context, BY_NAME["ready"], again)
        return reply if flag else await self._settled(conversation, turn, context, question, reply)

    async def _settled(
        self,
        conversation: Conversation,
        turn: Turn,
        context: Context | None,
        question: str,
        reply: Reply,
    ) -> Reply:
        """A reply to what raises no flag, or what that stands for: steering, what is sent, a break."""
        is_lost = reply.kind in {Kind.FALLBACK, Kind.CLARIFICATION}
        late = conversation.steered_late(question, context) if is_lost else None
        if late is not None:
            return await self._steer(conversation, turn, context, late)
        reply = await self._desk.stood_for(conversation, turn, context, question, reply)
        return await self._desk.rested(conversation, turn, context, question, reply)

    async def _steer(
        self, conversation: Conversation, turn: Turn, context: Context | None, utterance: str
    ) -> Reply:
        """The reply to a command that words stand for."""
        typed = command_in(utterance)
        name, argument = (typed.name, typed.argument) if typed else ("routine", "")
        return await self._obey(conversation, turn, context, BY_NAME[name], argument)

    async def _end(
        self, conversation: Conversation, turn: Turn, context: Context | None, picked: str
    ) -> Reply:
        """What is sent ends; the routine that somebody is in too, if that is what they `picked`."""
        phrase = self._desk.sending(conversation).phrase(turn.text)
        ended = await self._obey(conversation, turn, context, BY_NAME["unsubscribe"], phrase)
        typed = command_in(picked)
        if typed is None or typed.name != "move" or not is_led(turn, context):
            return ended
        stopped = await self._obey(conversation, turn, context, BY_NAME["move"], typed.argument)
        return replace(stopped, text=f"{ended.text}\n\n{stopped.text}", change=ended.change)

    async def _obey(
        self,
        conversation: Conversation,
        turn: Turn,
        context: Context | None,
        command: Command,
        argument: str,
    ) -> Reply:
        """The reply to a command with what stands behind it."""
        profile = await self._profile(turn) if command.suits_person else None
        return command.respond(
            Scene(
                conversation=conversation,
                context=context,
                argument=argument,
                version=self._house.version,
                now=turn.now.astimezone(self._desk.clock_of(turn, profile)),
                is_owner=turn.person in self._house.owners,
                is_public=turn.is_public,
                held=await self._keeping.held(turn) if command.shows_held else None,
                profile=profile,
                sending=self._desk.sending(conversation) if turn.chat is not None else None,
                standing=await self._desk.standing(conversation, turn, context) if command.sends else None,
            )
        )

    async def _profile(self, turn: Turn) -> Profile | None:
        """What is remembered of a person, by their own clock. None: it can't be got at."""
        profile = await self._keeping.profile(turn)
        if profile is None or not profile.zone:
            return profile
        zone = self._desk.clock_of(turn, profile)
        return replace(profile, history=tuple(done.by(zone) for done in profile.history))
