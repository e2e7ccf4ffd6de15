"""The matcher on subjects of its own, without the knowledge."""

import pytest

from bot.core.model import Vocabulary
from bot.core.understanding.matching import Matcher
from bot.core.understanding.outcome import Match, NoMatch

BANK = {
    "balance": ["what is my balance", "how much money do I have", "show me my account balance"],
    "card_lost": ["I lost my card", "my card was stolen", "my bank card is gone"],
    "transfer": ["transfer money to a friend", "send 20 pounds to my brother", "make a payment to somebody"],
}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher.train(BANK.items(), Vocabulary(stemmer="english"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("whats my balance please", "balance"),
        ("somebody has stolen my card", "card_lost"),
        ("could you send a payment to my friend", "transfer"),
        ("i lost my crad", "card_lost"),
    ],
)
def test_any_list_of_ids_and_utterances_can_be_learned(matcher: Matcher, said: str, meant: str) -> None:
    _, hearing = matcher.match(said)
    assert hearing.ranking[0].entry == meant


def test_candidates_are_ranked_by_a_confidence_between_none_and_full(matcher: Matcher) -> None:
    _, hearing = matcher.match("how do I send money with my card")
    scores = [candidate.score for candidate in hearing.ranking]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert {candidate.entry for candidate in hearing.ranking} == set(BANK)


def test_an_utterance_word_for_word_is_certain(matcher: Matcher) -> None:
    outcome, _ = matcher.match("I LOST my card!")
    assert outcome == Match("card_lost", 1.0, exact=True)


def test_what_shares_no_word_with_any_utterance_matches_nothing(matcher: Matcher) -> None:
    outcome, _ = matcher.match("photosynthesis explained")
    assert isinstance(outcome, NoMatch)


def test_the_same_list_leads_to_the_same_confidence() -> None:
    rankings = [
        Matcher.train(BANK.items(), Vocabulary(stemmer="english")).match("my money is gone")[1].ranking
        for _ in range(2)
    ]
    assert rankings[0] == rankings[1]
