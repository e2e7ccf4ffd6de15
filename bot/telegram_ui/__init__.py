"""The front end in Telegram."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # times as the library will give them; else each 429 warns
