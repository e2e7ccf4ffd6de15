"""The limits of the Bot API that what we say must keep. Lint and rendering hold them."""

MAX_TEXT = 4096  # characters of a message after its markup is read
MAX_CALLBACK_BYTES = 64  # UTF-8 bytes that a button carries
MAX_COMMAND_NAME = 32
MAX_COMMAND_DESCRIPTION = 256
MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120
MAX_START_PARAMETER = 64
MAX_BUTTON_LABEL = 60  # ours, not Telegram's: what a phone shows in a line
MAX_BUTTONS = 100
