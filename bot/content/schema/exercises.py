"""The shapes of exercises and of the words in which people ask about them."""

from typing import Annotated, Literal

from pydantic import Field

from bot.content.schema.base import CheckedShape, Strict, Text
from bot.core.exercises.exercise import Condition, Need, Position, Purpose, Verdict


class DoseShape(Strict):
    """How much of an exercise."""

    repetitions: Annotated[int | None, Field(ge=1, description="How many, for each set and side")] = None
    seconds: Annotated[int | None, Field(ge=1, description="Or how long, for each set and side")] = None
    sets: Annotated[int, Field(ge=1)] = 1
    per_side: Annotated[bool, Field(description="true: on the left and on the right")] = False
    seconds_per_repetition: Annotated[int, Field(ge=0, description="The tempo")] = 0
    rest: Annotated[int, Field(ge=0, description="Seconds between two sets")] = 0


class SuitabilityShape(Strict):
    """Whether an exercise is for people with a condition."""

    verdict: Verdict
    text: Annotated[
        str, Field(description="modify: the changed form; avoid: the reason; ok: what to mind, if anything")
    ] = ""
    needs: Annotated[
        list[Need],
        Field(
            default_factory=list,
            description="modify: what must be so before it stands in a routine: the treating team agreed, "
            "the person is used to it, the pregnancy is in its first three months",
        ),
    ]


class ExerciseShape(Strict):
    """One exercise: exercises/<id>.yaml."""

    name: Annotated[Text, Field(description="How the bot calls it")]
    other_names: Annotated[list[Text], Field(description="How people call it; plurals need not be written")]
    replaces: Annotated[
        list[Text],
        Field(default_factory=list, description="Moves without a file, in whose place this one may be done"),
    ]
    topic: Annotated[Text, Field(description="An id of topics.yaml")]
    purpose: Purpose
    muscles: Annotated[Text, Field(description="The group that it works on, like upper_back")]
    position: Position
    places: Annotated[list[Literal["anywhere", "desk", "floor", "gym"]], Field(min_length=1)]
    equipment: list[
        Literal["band", "ball", "dumbbells", "rowing_machine", "mat", "chair", "wall", "doorway", "table"]
    ]
    level: Annotated[int, Field(ge=1, le=3, description="1 for beginners, 3 for the practised")]
    steps: Annotated[list[Text], Field(min_length=2, description="What to do, one short order after another")]
    first_side: Annotated[
        Literal["left", "right"], Field(description="The side that its picture shows, which is done first")
    ] = "right"
    picture: Annotated[str, Field(description="What its picture shows, for those who can't see it")] = ""
    dose: DoseShape
    mistakes: Annotated[list[Text], Field(min_length=1, description="What often goes wrong, like 'rushing'")]
    make_easier: Annotated[str, Field(description="How to do the same more easily")] = ""
    make_harder: Annotated[str, Field(description="How to make more of the same")] = ""
    easier: Annotated[list[Text], Field(description="Ids of easier exercises to do instead")]
    harder: Annotated[list[Text], Field(description="Ids of harder exercises to go on to")]
    suitability: Annotated[
        dict[Condition, SuitabilityShape],
        Field(description="For pregnancy, herniated_disc, after_surgery and osteoporosis it must be said"),
    ]
    stop: Annotated[Text, Field(description="When to stop, and who leaves it out")]
    facts: Annotated[list[Text], Field(min_length=1, description="Ids of facts.yaml that all this rests on")]
    checked: CheckedShape


class ExerciseWordsShape(Strict):
    """exercise_words.yaml: how people ask about exercises, and what the bot calls their kinds."""

    forms: Annotated[
        dict[
            Literal[
                "how",
                "never",
                "again",
                "mistakes",
                "instead",
                "easier",
                "harder",
                "dose",
                "muscles",
                "suits",
                "alone",
            ],
            list[Text],
        ],
        Field(description="Phrases of each form of question; … stands for the exercise"),
    ]
    small: Annotated[list[Text], Field(description="Words that change nothing about such a question")]
    judging: Annotated[list[Text], Field(description="Words that only ask whether it suits somebody")]
    stand_ins: Annotated[list[Text], Field(description="Words like 'it', for the exercise just shown")]
    conditions: Annotated[dict[Condition, list[Text]], Field(description="How people tell of each")]
    told: Annotated[dict[str, Condition], Field(description="Decisive concepts, and what they stand for")]
    elsewhere: Annotated[
        list[Condition], Field(default_factory=list, description="Those that only entries answer about")
    ]
    topics: Annotated[
        dict[Condition, tuple[Text, Text]],
        Field(default_factory=dict, description="The topics of exercises that suit, and that do not"),
    ]
    fine: Annotated[dict[Condition, Text], Field(description="What is said where the usual form suits")]
    labels: Annotated[dict[str, Text], Field(description="Purposes, places, equipment and conditions")]
    mistakes_in: Annotated[str, Field(description="The topic of what goes wrong in an exercise")] = ""
    moves_in: Annotated[
        list[Text], Field(default_factory=list, description="Topics whose answers name exercises to do")
    ]
    for_adults: Annotated[
        list[Text], Field(default_factory=list, description="Other topics with advice on training")
    ]
    doses_in: Annotated[
        list[Text],
        Field(default_factory=list, description="Topics that say how to begin and how much to do"),
    ]
