"""Makes values out of what a language says and hears as a whole, once its shape is known to be sound."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TypeVar

from spellchecker import SpellChecker

from bot.content.schema.language import CalibrationShape, NumbersShape, VocabularyShape
from bot.core.model import EmergencyNumbers, Vocabulary
from bot.core.understanding.calibration import Calibration, Evidence

COMMON_FROM = 500  # occurrences in pyspellchecker's corpus from which a word counts as common (28,000 words)


_Name = TypeVar("_Name", bound=str)


def calibration(shape: CalibrationShape) -> Calibration:
    """How sure the matcher may be; what says nothing of a part of the evidence gives it no weight."""
    parts = ("constant", *Evidence._fields)
    return Calibration(
        weights=tuple(shape.weights.get(part, 0.0) for part in parts),
        answer_from=shape.answer_from,
        offer_from=shape.offer_from,
    )


def numbers(shape: NumbersShape) -> EmergencyNumbers:
    """The emergency numbers that the texts name, and those of countries."""
    return EmergencyNumbers(usual=shape.usual, countries=shape.countries)


def vocabulary(shape: VocabularyShape, language: str) -> Vocabulary:
    """How the people of a language say things, with the words that they use often."""
    return _with_talk(_with_denials(_words(shape, language), shape), shape)


def _words(shape: VocabularyShape, language: str) -> Vocabulary:
    """Words and what they stand for."""
    return Vocabulary(
        stemmer=shape.stemmer,
        own_forms=frozenset(shape.own_forms),
        concepts=_tuples(shape.concepts),
        red_flag_concepts=_tuples(shape.red_flag_concepts),
        decisive=tuple(shape.decisive),
        elsewhere=tuple(shape.elsewhere),
        own_subject=tuple(shape.own_subject),
        opposites={
            name: (tuple(pair.one), tuple(pair.other), tuple(pair.neither))
            for name, pair in shape.opposites.items()
        },
        contractions=shape.contractions,
        misspellings=shape.misspellings,
        openers=tuple(shape.openers),
        swearing=tuple(shape.swearing),
        other_languages={name: frozenset(words) for name, words in shape.other_languages.items()},
        common_words=_common_words(language),
    )


def _with_denials(vocabulary: Vocabulary, shape: VocabularyShape) -> Vocabulary:
    """What makes a sign count, or not: fillers, denials, and questions in general."""
    return replace(
        vocabulary,
        fillers=frozenset(shape.fillers),
        subjects=frozenset(shape.subjects),
        turns=frozenset(shape.turns),
        negations=tuple(shape.negations),
        false_negations=tuple(shape.false_negations),
        connectors=frozenset(shape.connectors),
        reassurances=tuple(shape.reassurances),
        general_questions=tuple(shape.general_questions),
        general_joiners=frozenset(shape.general_joiners),
        affected=frozenset(shape.affected),
    )


def _with_talk(vocabulary: Vocabulary, shape: VocabularyShape) -> Vocabulary:
    """How messages lean on a talk, and what people tell of themselves."""
    return replace(
        vocabulary,
        leaning=frozenset(shape.leaning),
        askers=frozenset(shape.askers),
        joiners=frozenset(shape.joiners),
        bare=frozenset(shape.bare),
        leads=tuple(shape.leads),
        choices=_tuples(shape.choices),
        endings=_tuples(shape.endings),
        beside_endings=frozenset(shape.beside_endings),
        acceptances=tuple(shape.acceptances),
        confessions=tuple(shape.confessions),
        recoveries=_tuples(shape.recoveries),
        notes=shape.notes,
        named_notes=_tuples(shape.named_notes),
    )


def _tuples(lists: Mapping[_Name, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(each) for name, each in lists.items()}


@cache
def _common_words(language: str) -> frozenset[str]:
    """The words that people of this language use often; none where the library has no list of it."""
    try:
        counts = SpellChecker(language=language).word_frequency.dictionary
    except ValueError:
        return frozenset()
    return frozenset(word for word, count in counts.items() if count >= COMMON_FROM)
