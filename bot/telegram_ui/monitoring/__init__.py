"""Whether the bot is well: figures, a page that shows them, and what is told of failures."""
