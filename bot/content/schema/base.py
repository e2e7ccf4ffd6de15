"""What the shapes of all knowledge files share."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A shape that knows all of its keys."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class CheckedShape(Strict):
    """The last content check."""

    date: Annotated[dt.date, Field(description="The day of the check, like 2026-11-24")]
    by: Annotated[Text, Field(description="Who held the answer against its facts")]
    clinician: Annotated[bool, Field(description="true only if that person is a clinician")]
