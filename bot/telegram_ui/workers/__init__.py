"""Several workers serve one bot: which chats are whose, and order within a chat."""
