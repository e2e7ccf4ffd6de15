"""What still counts of a talk, and where it is kept: shorter, and in memory only, where others read along."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.player.clock import left_alone
from bot.core.player.session import RoutineState
from bot.core.talk import Context, Turn
from bot.services.ports import ContextStore, Stores

CONTEXT_LIFETIME = timedelta(minutes=30)  # a chat that was silent for longer begins anew
PUBLIC_LIFETIME = timedelta(minutes=5)  # the same where others read along
ALERT_LIFETIME = timedelta(days=14)  # after which a red flag no longer holds up training,
LEG_LIFETIME = timedelta(days=14)  # and nobody is asked of a leg for what they told once
TOLD_LIFETIME = timedelta(hours=24)  # for which it counts what people told who agreed to nothing
ROUTINE_DAYS = 1  # for which a routine is known after its day, whatever clock its person lives by


class Recall:
    """Recalls talks and keeps them."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def load(self, turn: Turn) -> Context | None:
        """What is known of the chat; of a talk that is long past only what outlives it."""
        context = await self._store(turn).load(turn.chat) if turn.chat is not None else None
        lifetime = PUBLIC_LIFETIME if turn.is_public else CONTEXT_LIFETIME
        if context is None or turn.now - context.at <= lifetime:
            return _what_counts(context, turn.now)
        if turn.is_public:
            return None
        state = context.routine
        if state and not state.is_open(turn.now):
            state = RoutineState(session=state.session)
        past = Context(
            at=context.at,
            alert=context.alert,
            reminded=context.reminded,
            routine=state,
            told=context.told,
            told_at=context.told_at,
            leg_at=context.leg_at,
        )
        return _what_counts(past, turn.now)

    async def save(self, turn: Turn, context: Context) -> None:
        """Keep what is known of the chat, if there is one."""
        if turn.chat is not None:
            await self._store(turn).save(turn.chat, context)

    def _store(self, turn: Turn) -> ContextStore:
        return self._stores.fleeting if turn.is_public else self._stores.contexts


def _what_counts(context: Context | None, now: datetime) -> Context | None:
    """What is known of a chat without what is too long ago to count."""
    if context is None:
        return None
    alert, leg_at, state = context.alert, context.leg_at, context.routine
    session = state.session if state else None
    if state and session and not state.is_open(now):
        is_past = (now.date() - session.routine.day).days > ROUTINE_DAYS
        state = replace(state, session=None) if is_past else state
    return replace(
        context.told_since(now - TOLD_LIFETIME),
        alert=alert if alert and now - alert.at <= ALERT_LIFETIME else None,
        leg_at=leg_at if leg_at and now - leg_at <= LEG_LIFETIME else None,
        routine=left_alone(state, now),
    )
