"""Writes the shapes of the knowledge files as JSON Schemas, from which editors complete and check."""

import json
from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from bot.content.schema.entries import (
    CautionShape,
    EntryShape,
    FactShape,
    RedFlagShape,
    SourceShape,
    TopicShape,
)
from bot.content.schema.exercises import ExerciseShape, ExerciseWordsShape
from bot.content.schema.language import MessagesShape, NumbersShape, VocabularyShape, WordingShape
from bot.content.schema.poses import PosesShape
from bot.content.schema.routines import RecipeShape, RoutineWordsShape
from bot.content.schema.schedules import PlaceWordsShape, ScheduleWordsShape
from bot.content.schema.talk import RoutineTalkShape
from bot.content.schema.tips import TipShape, TipTalkShape

SHAPES: dict[str, type[BaseModel]] = {
    "entry": EntryShape,
    "red_flag": RedFlagShape,
    "exercise": ExerciseShape,
    "poses": PosesShape,
    "exercise_words": ExerciseWordsShape,
    "routine_talk": RoutineTalkShape,
    "routine": RecipeShape,
    "routine_words": RoutineWordsShape,
    "tip_talk": TipTalkShape,
    "schedule_words": ScheduleWordsShape,
    "place_words": PlaceWordsShape,
    "messages": MessagesShape,
    "vocabulary": VocabularyShape,
    "wording": WordingShape,
    "emergency_numbers": NumbersShape,
}
TABLES = {
    "cautions": CautionShape,
    "facts": FactShape,
    "sources": SourceShape,
    "topics": TopicShape,
    "tips": TipShape,
}


def write(folder: Path) -> list[Path]:
    """Write one schema a file of the knowledge into a folder; the paths that were written."""
    schemas = {name: shape.model_json_schema() for name, shape in SHAPES.items()}
    for name, shape in TABLES.items():
        schemas[name] = TypeAdapter(dict[str, shape]).json_schema()  # type: ignore[valid-type]  # a shape is a type
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, written in schemas.items():
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
        paths.append(path)
    return paths
