"""What is asked before the first routine, and what the answers mean. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.core.exercises.exercise import Condition


class Answer(StrEnum):
    """Something that a person answers: by its name it is kept, by its letter it travels in buttons."""

    PREGNANCY = "pregnancy"
    HERNIATED_DISC = "herniated_disc"
    AFTER_SURGERY = "after_surgery"
    OTHER_DIAGNOSIS = "other_diagnosis"
    OSTEOPOROSIS = "osteoporosis"
    UNDER_16 = "under_16"
    KNEE = "knee"
    WRIST = "wrist"
    LEG_SYMPTOMS = "leg_symptoms"
    NO_LEG_SYMPTOMS = "no_leg_symptoms"
    ADVISED_AGAINST = "advised_against"
    SERIOUS = "serious"
    TO_DISCUSS = "to_discuss"
    NEITHER = "neither"
    AGREED = "agreed"
    NOT_ASKED = "not_asked"
    FIRST_TRIMESTER = "first_trimester"
    LATER = "later"
    WEEK_UNKNOWN = "week_unknown"
    ILL = "ill"
    AFTER_BIRTH = "after_birth"


LETTERS = dict(zip("pdsxoukwlmavtnygefqib", Answer, strict=True))
LETTER_OF = {answer: letter for letter, answer in LETTERS.items()}

TICKED = (
    Answer.PREGNANCY,
    Answer.HERNIATED_DISC,
    Answer.AFTER_SURGERY,
    Answer.OTHER_DIAGNOSIS,
    Answer.OSTEOPOROSIS,
    Answer.UNDER_16,
    Answer.KNEE,
    Answer.WRIST,
)
# What may be different next time, so that it is asked again even of those who let their answers be kept.
PASSING = frozenset(
    {
        Answer.LEG_SYMPTOMS,
        Answer.NO_LEG_SYMPTOMS,
        Answer.NOT_ASKED,
        Answer.FIRST_TRIMESTER,
        Answer.ILL,
        Answer.AFTER_BIRTH,
    }
)
WITH_CLINICIAN = frozenset({Answer.HERNIATED_DISC, Answer.AFTER_SURGERY, Answer.OTHER_DIAGNOSIS})
TO_AGREE = WITH_CLINICIAN | {Answer.TO_DISCUSS, Answer.AFTER_BIRTH}
WEEKS = frozenset({Answer.FIRST_TRIMESTER, Answer.LATER})  # whoever tells of them is pregnant
OF_PREGNANCY = WEEKS | {  # what a pregnancy that is over takes with it
    Answer.PREGNANCY,
    Answer.WEEK_UNKNOWN,
    Answer.SERIOUS,
    Answer.TO_DISCUSS,
    Answer.NEITHER,
}
SUPERSEDED = frozenset(
    {Answer.ILL, Answer.UNDER_16}
)  # of these, what takes it back counts, whatever else is said
NEWS = TO_AGREE | {Answer.PREGNANCY, Answer.OSTEOPOROSIS}  # with them, an agreement must be asked anew

Answers = frozenset[Answer]


@dataclass(frozen=True, slots=True)
class Question:
    """A question by the name of its sentence, with the answers to choose from."""

    name: str
    choices: tuple[Answer, ...]


_LEG = Question("leg", (Answer.LEG_SYMPTOMS, Answer.NO_LEG_SYMPTOMS))
_ADVICE = Question("advice", (Answer.ADVISED_AGAINST, Answer.SERIOUS, Answer.TO_DISCUSS, Answer.NEITHER))
_AGREED = Question("agreed", (Answer.AGREED, Answer.NOT_ASKED))
_WEEK = Question("week", (Answer.FIRST_TRIMESTER, Answer.LATER, Answer.WEEK_UNKNOWN))

QUESTIONS = ("first", *(question.name for question in (_LEG, _ADVICE, _AGREED, _WEEK)))  # by their names
REFUSING = (
    Answer.UNDER_16,
    Answer.OSTEOPOROSIS,
    Answer.ADVISED_AGAINST,
    Answer.SERIOUS,
    Answer.LEG_SYMPTOMS,
    Answer.ILL,
    Answer.NOT_ASKED,
)

_BY_NAME = {answer.value: answer for answer in Answer}


def refusal(answers: Answers) -> Answer | None:
    """The answer for whose sake there is no routine. None: nothing speaks against one so far."""
    return next((answer for answer in REFUSING if answer in answers), None)


def clinician_is_open(answers: Answers) -> bool:
    """Whether somebody is known to need a clinician's yes, and is not known to have it."""
    return not answers.isdisjoint(TO_AGREE) and Answer.AGREED not in answers


def open_question(answers: Answers, *, asks_leg: bool = False) -> Question | None:
    """What must be asked next before there is a routine, once nothing refuses it.

    `asks_leg`: the person told not long ago of something that goes into a leg.
    """
    needed = []
    if Answer.PREGNANCY in answers:
        needed.append(_ADVICE)
    if asks_leg or not answers.isdisjoint(WITH_CLINICIAN):
        needed.append(_LEG)
    if not answers.isdisjoint(TO_AGREE):
        needed.append(_AGREED)
    if Answer.PREGNANCY in answers:
        needed.append(_WEEK)
    return next((question for question in needed if answers.isdisjoint(question.choices)), None)


def to_keep(answers: Answers) -> frozenset[str]:
    """The answers that may be kept by those who agreed, by their names."""
    return frozenset(answer.value for answer in answers - PASSING)


def read_names(names: Iterable[str]) -> Answers:
    """Answers by their names; those that nobody knows any more are left out."""
    return frozenset(_BY_NAME[name] for name in names if name in _BY_NAME)


def read_letters(letters: str) -> Answers:
    """Answers by their letters, as buttons carry them."""
    return frozenset(LETTERS[letter] for letter in letters if letter in LETTERS)


def letters(answers: Answers) -> str:
    """Answers as buttons carry them."""
    return "".join(letter for letter, answer in LETTERS.items() if answer in answers)


def conditions(answers: Answers) -> tuple[Condition, ...]:
    """What exercises must suit."""
    return tuple(condition for condition in Condition if condition.value in answers)


def with_told(answers: Answers, told: Answers) -> Answers:
    """Answers with what the person has told besides; it counts more than another answer to the same question.

    An agreement did not reach so far. Of two weeks that were told the later one counts, and either tells of a
    pregnancy.
    """
    implied = frozenset() if told.isdisjoint(WEEKS) else frozenset({Answer.PREGNANCY})
    more = (told | implied) - answers
    if Answer.LATER in told | answers:
        more -= {Answer.FIRST_TRIMESTER}
    asked = (question for question in (_LEG, _WEEK) if not more.isdisjoint(question.choices))
    outdated = {choice for question in asked for choice in question.choices}
    agreed = set() if more.isdisjoint(NEWS) else {Answer.AGREED}
    return (answers - outdated - agreed) | more
