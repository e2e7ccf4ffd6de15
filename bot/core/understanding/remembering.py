"""The context of a chat after a turn: what of it the next message may lean on. Pure."""

from dataclasses import replace
from datetime import datetime

from bot.core.model import Action
from bot.core.person.readiness import Answer
from bot.core.player.clock import halted
from bot.core.player.session import RoutineState
from bot.core.talk import Alert, Context, Miss, Reply, Turn
from bot.core.understanding.dialogue import Dialogue
from bot.core.understanding.matching import MAX_HEARD

MAX_SEEN = 12  # entries of a chat that are remembered as shown
MAX_HEARD_TOGETHER = 2  # messages over which, with the next one, a sign may be spread
GENERAL = "general"  # the disclaimer that is shown at the first contact and once a day
WHY = "why"  # the choice, and the message that entries name as asked next by it
OF_SENDING = frozenset({"subscribe", "unsubscribe"})  # topics of wishes that hold nothing else
URGENT = frozenset({Action.EMERGENCY, Action.CRISIS, Action.SAME_DAY})  # actions that come before all else


def remember(
    context: Context | None, turn: Turn, reply: Reply, dialogue: Dialogue, *, is_subject: bool
) -> Context:
    """The context after a turn and its reply. `is_subject`: a talk may go on about what the reply shows."""
    before = (context or Context(at=turn.now)).telling(reply.told, turn.now)
    if reply.ends_talk:
        return Context(at=turn.now, alert=before.alert, reminded=before.reminded, leg_at=before.leg_at)
    asks_why = dialogue.choice(turn.text) == WHY  # which tells nothing of the subject
    shown = reply.entry if is_subject else before.entry
    return Context(
        at=turn.now,
        said=turn.text[:MAX_HEARD] if is_subject and not asks_why else before.said,
        kind=reply.kind,
        entry=shown,
        seen=tuple(dict.fromkeys([*before.seen, *([reply.entry] if reply.entry else [])]))[-MAX_SEEN:],
        others=reply.others,
        suggestions=reply.suggestions or (before.suggestions if reply.action in URGENT else ()),
        conditions=tuple(dict.fromkeys([*before.conditions, *dialogue.confessed(turn.text)])),
        alert=None if reply.ends_alert else _alert(reply, turn) or before.alert,
        heard=_heard(before, reply, turn),
        missed=_missed(before, reply),
        routine=None if reply.action in URGENT else reply.routine or _routine(before, reply, turn),
        told=before.told,
        told_at=before.told_at,
        leg_at=_leg_at(before, reply, turn),
        draft=reply.draft,
        disclaimed=tuple(disclaimer.id for disclaimer in reply.disclaimers),
        reminded=turn.now.date() if _is_reminding(reply) else before.reminded,
    )


def ticked(context: Context, reply: Reply) -> Context:
    """The context after a player has gone on by itself; what was talked about meanwhile stays."""
    is_shown = any(each.utterance.startswith("/move") for each in context.suggestions)
    return replace(
        context,
        routine=reply.routine,
        suggestions=reply.suggestions if is_shown else context.suggestions,
    )


def _alert(reply: Reply, turn: Turn) -> Alert | None:
    """What a reply puts the chat on its guard for."""
    if reply.red_flag is None or reply.action not in URGENT:
        return None
    return Alert(flag=reply.red_flag, action=reply.action, at=turn.now)


def _routine(before: Context, reply: Reply, turn: Turn) -> RoutineState | None:
    """What is known of a routine that a reply is not about; advice to see a doctor stops its clock."""
    return before.routine if reply.red_flag is None else halted(before.routine, turn.now)


def _leg_at(before: Context, reply: Reply, turn: Turn) -> datetime | None:
    """When something that goes into a leg was told last, be it as an answer."""
    answered = (reply.routine.answers if reply.routine else None) or frozenset()
    return turn.now if Answer.LEG_SYMPTOMS.value in reply.told | answered else before.leg_at


def _is_reminding(reply: Reply) -> bool:
    return any(disclaimer.id == GENERAL for disclaimer in reply.disclaimers)


def _heard(before: Context, reply: Reply, turn: Turn) -> tuple[str, ...]:
    """The last messages that were typed and raised no emergency, cut like what is matched."""
    if reply.action is Action.EMERGENCY:
        return ()
    if reply.topic in OF_SENDING and reply.score is None:
        return before.heard
    typed = () if turn.text.startswith("/") else (turn.text[:MAX_HEARD],)
    return (*before.heard, *typed)[-MAX_HEARD_TOGETHER:]


def _missed(before: Context, reply: Reply) -> Miss | None:
    """What may still be sent to the editors: nothing twice, and nothing said on the way to a red flag."""
    if reply.sent or reply.red_flag is not None:
        return None
    return reply.missed or before.missed
