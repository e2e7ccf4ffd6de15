"""The command line: which part to start with which arguments."""

import signal
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from telegram.error import InvalidToken, TelegramError

from bot.command_line.arguments import parser
from bot.command_line.values import UNUSABLE
from bot.config import ConfigError, Settings, read_settings
from bot.content.evaluation import comparison
from bot.content.findings import ContentError
from bot.content.preview import forecast
from bot.logs import configure_logging
from bot.services.ports import StoreError
from bot.telegram_ui.receiving.connecting import RefusedError
from bot.telegram_ui.receiving.poller import SecondPollerError
from bot.telegram_ui.receiving.webhook_server import CannotListenError
from bot.telegram_ui.transport import NoSenseError

if TYPE_CHECKING:
    import argparse

_SAID = (ConfigError, ContentError, StoreError, CannotListenError)  # by their own text

WHEN_TELEGRAM_REFUSES: dict[type[TelegramError], str] = {
    InvalidToken: (
        "Telegram does not know this BOT_TOKEN, or no more; "
        "copy it again from @BotFather, or leave it empty to chat here."
    ),
    SecondPollerError: (
        "Another program fetches the messages of this BOT_TOKEN; stop it first, or use a token of your own."
    ),
    NoSenseError: "What answers at BOT_API_URL is no Bot API server; correct it, or leave it out.",
}


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit status."""
    options = parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends what Ctrl-C ends, also while it learns
    try:
        settings = read_settings()
        token = settings.bot_token.get_secret_value() if settings.bot_token else None
        configure_logging(settings.log_level, token)
        command: Callable[[argparse.Namespace, Settings], int] = options.command
        return command(options, settings)
    except (*_SAID, comparison.NoReportError, forecast.PreviewError) as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except RefusedError as error:
        print(f"Telegram does not take WEBHOOK_URL ({error}); correct it, or leave it out.", file=sys.stderr)
        return UNUSABLE
    except (InvalidToken, SecondPollerError, NoSenseError) as error:
        print(WHEN_TELEGRAM_REFUSES[type(error)], file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:
        sys.stderr.close()
        return 0
