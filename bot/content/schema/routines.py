"""The shapes of recipes for routines, and of the words that explain them."""

from typing import Annotated, Literal

from pydantic import Field

from bot.content.schema.base import Strict, Text
from bot.core.exercises.exercise import Position, Purpose
from bot.core.routines.recipes import Audience


class SlotShape(Strict):
    """A place in a recipe."""

    purpose: Purpose
    count: Annotated[int, Field(ge=1, le=6, description="How many exercises of this purpose")]
    muscles: Annotated[
        list[Text], Field(default_factory=list, description="Only these groups, as exercises name them")
    ]


class RecipeShape(Strict):
    """One recipe: routines/<id>.yaml."""

    name: Annotated[Text, Field(description="How the bot calls it")]
    words: Annotated[list[Text], Field(min_length=1, description="What people call it")]
    place: Literal["anywhere", "desk", "floor", "gym"]
    equipment: Annotated[
        list[Literal["band", "ball", "dumbbells", "rowing_machine"]], Field(description="What it is about")
    ]
    minutes: Annotated[int, Field(ge=5, le=8, description="How long it takes if no time was asked for")]
    audience: Annotated[Audience, Field(description="Who gets it without asking for it by name")]
    positions: Annotated[
        list[Position], Field(default_factory=list, description="The only positions in it; left out: all")
    ]
    slots: Annotated[list[SlotShape], Field(min_length=1, description="What is done, in this order")]
    facts: Annotated[list[Text], Field(min_length=1, description="Ids of facts.yaml that its order rests on")]


class RoutineWordsShape(Strict):
    """routine_words.yaml: why a move is in a routine, what was changed, and the words that fill that in."""

    reasons: Annotated[dict[str, Text], Field(description="A sentence for each rule that chooses a move")]
    labels: Annotated[dict[str, Text], Field(description="Muscle groups, positions and the like")]
    refusals: Annotated[dict[str, Text], Field(description="Why there is no routine, and what to do instead")]
    notes: Annotated[dict[str, Text], Field(description="What is said before some routines")]
