"""Writes the shapes of the knowledge files as JSON Schemas, from which editors complete and check."""

import json
from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from bot.content.schema import entries as schema
from bot.content.schema import exercises as exercise_schema
from bot.content.schema import poses as pose_schema
from bot.content.schema import routines as routine_schema
from bot.content.schema import schedules as schedule_schema
from bot.content.schema import talk as talk_schema
from bot.content.schema import tips as tip_schema

SHAPES: dict[str, type[BaseModel]] = {
    "entry": schema.EntryShape,
    "red_flag": schema.RedFlagShape,
    "exercise": exercise_schema.ExerciseShape,
    "poses": pose_schema.PosesShape,
    "exercise_words": exercise_schema.ExerciseWordsShape,
    "routine_talk": talk_schema.RoutineTalkShape,
    "routine": routine_schema.RecipeShape,
    "routine_words": routine_schema.RoutineWordsShape,
    "tip_talk": tip_schema.TipTalkShape,
    "schedule_words": schedule_schema.ScheduleWordsShape,
    "place_words": schedule_schema.PlaceWordsShape,
    "messages": schema.MessagesShape,
    "vocabulary": schema.VocabularyShape,
    "wording": schema.WordingShape,
    "emergency_numbers": schema.NumbersShape,
}
TABLES = {
    "cautions": schema.CautionShape,
    "facts": schema.FactShape,
    "sources": schema.SourceShape,
    "topics": schema.TopicShape,
    "tips": tip_schema.TipShape,
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
