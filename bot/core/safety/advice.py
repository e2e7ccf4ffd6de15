"""What a red flag says, instead of a reply or above it. Pure."""

from dataclasses import replace

from bot.core.model import Action, RedFlag
from bot.core.safety.pages import SafetyPages
from bot.core.talk import Kind, Reply

ADVISED_KINDS = frozenset({Kind.ANSWER, Kind.DEFER, Kind.CLARIFICATION, Kind.FALLBACK})


class Advice:
    """Says it."""

    def __init__(self, pages: SafetyPages) -> None:
        self._pages = pages

    def warn(self, flag: RedFlag | None) -> Reply | None:
        """The advice of a red flag, if it stands before all else."""
        if flag is None or flag.action is Action.SEE_DOCTOR:
            return None
        is_emergency = flag.action is Action.EMERGENCY
        return Reply(
            kind=Kind.RED_FLAG,
            text=flag.advice,
            suggestions=(self._pages.phone_button(),) if is_emergency else (),
            red_flag=flag.id,
            action=flag.action,
            score=1.0,
        )

    def advise(self, flag: RedFlag | None, reply: Reply) -> Reply:
        """A reply with the advice to see a doctor above it, if the flag asks for that."""
        if flag is None or flag.action is not Action.SEE_DOCTOR or reply.kind not in ADVISED_KINDS:
            return reply
        said = [flag.advice, *([reply.text] if reply.kind in {Kind.ANSWER, Kind.DEFER} else [])]
        return replace(
            reply,
            kind=Kind.RED_FLAG,
            text="\n\n".join(said),
            red_flag=flag.id,
            action=flag.action,
            missed=None,
            picture=None,
        )
