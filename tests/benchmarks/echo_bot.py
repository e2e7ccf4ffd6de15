"""The bot to compare with: python-telegram-bot as it comes, saying back what it hears.

`python -m benchmarks.echo_bot 64` answers up to 64 updates at once.
"""

import os
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main(concurrent_updates: int) -> None:
    """Serve until SIGTERM, with everything but the number of concurrent updates at its default."""
    builder = Application.builder().token(os.environ["BOT_TOKEN"])
    application = (
        builder.base_url(f"{os.environ['BOT_API_URL']}/bot").concurrent_updates(concurrent_updates).build()
    )
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.run_polling()


if __name__ == "__main__":
    main(int(sys.argv[1]))
