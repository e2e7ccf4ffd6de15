"""What a command is, and what it may need."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.conversation import Conversation
from bot.core.person.profile import Profile
from bot.core.subscriptions.standing import Standing
from bot.core.talk import Context, Held, Reply
from bot.services.subscriptions.sending import Sending


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a command may need: who answers, what was said before, and what stands behind the command.

    `is_owner`: the bot's owner gives it; `is_public`: others read along; `held` is what is held of the chat,
    for commands that show it, and None if it can't be got at; `profile` likewise for those that suit it, and
    `standing` for those that see to what is sent, with `sending`, which is None where nothing can be kept;
    `now` is the moment.
    """

    conversation: Conversation
    context: Context | None
    argument: str
    version: str
    now: datetime
    is_owner: bool = False
    is_public: bool = False
    held: Held | None = None
    profile: Profile | None = None
    sending: Sending | None = None
    standing: Standing | None = None

    def says(self, text: str) -> Reply:
        """The reply that is no more than a text."""
        return self.conversation.pages.text(text)


@dataclass(frozen=True, slots=True)
class Command:
    """A command and what it does. Those not listed are for buttons and the owner, or promised for later.

    One for safety tells of warning signs; no limit holds it up. One that shows what is held finds it in its
    scene; one that suits the person finds their profile there, and one that sees to what is sent where they
    stand.
    """

    name: str
    respond: Callable[[Scene], Reply]
    listed: bool = True
    is_safety: bool = False
    shows_held: bool = False
    suits_person: bool = False
    sends: bool = False
