"""How replies and deliveries go out: rendered, at Telegram's pace, tried again."""
