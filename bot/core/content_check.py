"""When the content was last checked, and by whom. Pure values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentCheck:
    """Who last held an answer against its facts, and when."""

    date: date
    by: str
    clinician: bool
