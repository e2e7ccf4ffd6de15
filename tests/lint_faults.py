"""Ways to write the small knowledge wrong, and what lint must say of each."""

from collections.abc import Mapping
from typing import NamedTuple

OFTEN = "en/entries/how-often.yaml"
START = "en/entries/how-to-start.yaml"
HELLO = "en/entries/hello.yaml"
FLAG = "en/red_flags/numb-saddle.yaml"
WORDS = "en/vocabulary.yaml"


class Break(NamedTuple):
    """Something written wrong in a file, and the finding that it brings, without its file and line.

    The line is the one where `at` stands in the broken file: the new words, if it does not say otherwise.
    """

    file: str
    old: str
    new: str
    finding: str
    at: str | None = None

    def expected(self, broken: str) -> str:
        """The whole finding."""
        start = broken.index(self.new if self.at is None else self.at)
        line = broken.count("\n", 0, start) + 1
        return f"knowledge/{self.file}:{line}: {self.finding}"


KEYS: Mapping[str, Break] = {
    "a misspelt key is guessed": Break(
        OFTEN, "follow_ups:", "folow_ups:", "folow_ups: The key is not known. Did you mean 'follow_ups'."
    ),
    "a key that resembles none is answered with all of them": Break(
        FLAG,
        "sources: [NHS]",
        "sources: [NHS]\nzzz: x",
        "zzz: The key is not known. Use one of: action, advice, discreet_name, examples, look_alikes, name,"
        " only_with, signs, sources.",
        at="zzz",
    ),
    "a misspelt key within a key is guessed": Break(
        OFTEN,
        "clinician: false",
        "clinician: false\n  dat: x",
        "checked.dat: The key is not known. Did you mean 'date'.",
        at="dat: x",
    ),
    "a missing key is named": Break(
        START, "title: How do I start back training?\n", "", "title: The key is missing. Add 'title: …'."
    ),
    "a missing key within a key is named": Break(
        OFTEN, "  by: the authors\n", "", "checked.by: The key is missing. Add 'by: …'.", at="checked:"
    ),
    "an empty text is no text": Break(
        HELLO, "title: Hello", "title:", "title: This is empty. Write the text after the colon."
    ),
    "null is no text": Break(
        HELLO, "title: Hello", "title: null", "title: This is empty. Write the text after the colon."
    ),
    "a list is no text": Break(
        HELLO,
        "title: Hello",
        "title: [Hello]",
        "title: This should be one text. Write the text after the colon, quoted if need be.",
    ),
    "a text is no list": Break(
        OFTEN,
        "facts: [S1, F2]",
        "facts: S1",
        "facts: This should be a list. Write each item in a line of its own after '- '.",
    ),
    "a text is no group of keys": Break(
        HELLO,
        "checked: {date: 2026-11-24, by: the authors, clinician: false}",
        "checked: yesterday",
        "checked: This should have keys of its own. Write them indented below.",
    ),
    "an unknown kind is answered with all kinds": Break(
        HELLO,
        "kind: small_talk",
        "kind: smalltalk",
        "kind: 'smalltalk' is no choice. Write 'answer', 'small_talk', 'defer' or 'fallback'.",
    ),
    "a clinician is true or false": Break(
        OFTEN,
        "clinician: false",
        "clinician: perhaps",
        "checked.clinician: 'perhaps' is neither true nor false. Write true or false.",
    ),
    "a fact is verified in one of three ways": Break(
        "facts.yaml",
        "verified: unverified",
        "verified: hearsay",
        "F3.verified: 'hearsay' is no choice. Write 'read', 'second_hand' or 'unverified'.",
    ),
    "a disclaimer is one text": Break(
        "en/disclaimers.yaml",
        "general: General",
        "list: [a, b]\ngeneral: General",
        "list: The disclaimer 'list' is no text. Write one text.",
    ),
}

REFERENCES: Mapping[str, Break] = {
    "a topic": Break(
        OFTEN,
        "topic: how_often",
        "topic: how_oftn",
        "topic: There is no topic 'how_oftn'. Did you mean 'how_often'.",
    ),
    "no topic": Break(
        OFTEN,
        "topic: how_often\n",
        "",
        "topic: The topic is missing. Add 'topic: …' with an id of topics.yaml.",
    ),
    "a follow-up": Break(
        OFTEN,
        "[how-to-start]",
        "[how-to-strat]",
        "follow_ups.1: There is no entry 'how-to-strat'. Did you mean 'how-to-start'.",
    ),
    "a disclaimer": Break(
        OFTEN,
        "[general]",
        "[genral]",
        "disclaimers.1: There is no disclaimer 'genral'. Did you mean 'general'.",
    ),
    "a fact": Break(OFTEN, "[S1, F2]", "[S1, F22]", "facts.2: There is no fact 'F22'. Did you mean 'F2'."),
    "a fact's source": Break(
        "facts.yaml",
        "sources: [ARTICLE]",
        "sources: [ARTICEL]",
        "S1.sources.1: There is no source 'ARTICEL'. Did you mean 'ARTICLE'.",
    ),
    "a red flag's source": Break(
        FLAG, "sources: [NHS]", "sources: [NSH]", "sources.1: There is no source 'NSH'. Did you mean 'NHS'."
    ),
    "a sign's concept": Break(
        FLAG,
        "all: [numb, saddle]",
        "all: [numb, sadle]",
        "signs.1.all: There is no concept 'sadle'. Did you mean 'saddle'.",
    ),
    "whom a red flag is for": Break(
        FLAG,
        "sources: [NHS]",
        "sources: [NHS]\nonly_with: [sadle]",
        "only_with.1: There is no concept 'sadle'. Did you mean 'saddle'.",
        at="only_with",
    ),
    "a concept in a pattern": Break(
        WORDS,
        "[numb, no feeling]",
        '[numb, "no {feling}"]',
        "red_flag_concepts.numb.2: {feling} is no concept of the vocabulary. Mend the pattern.",
    ),
    "a pattern that leads to itself": Break(
        WORDS,
        "[numb, no feeling]",
        '["{numb}"]',
        "red_flag_concepts.numb.1: '{numb}' leads back to itself. Mend the pattern.",
    ),
    "a topic's group": Break(
        "topics.yaml",
        "group: frequency",
        "group: frequenzy",
        "how_often.group: There is no group 'frequenzy'. Did you mean 'frequency'.",
    ),
}


ENTRIES: Mapping[str, Break] = {
    "too few utterances": Break(
        OFTEN,
        "  - days per week for a strong back\n",
        "",
        "utterances: There are 7 of them. Write 8 or more, as different as people are.",
        at="utterances:",
    ),
    "too few held-out questions": Break(
        OFTEN,
        "  - is once a week too little\n",
        "",
        "held_out: There are 2 of them. Write 3 or more, as different as people are.",
        at="held_out:",
    ),
    "no facts": Break(
        START,
        "facts: [F1, F2]\n",
        "",
        "facts: The answer rests on no fact. Name the facts that it rests on.",
        at="",
    ),
    "facts that nobody verified": Break(
        START,
        "facts: [F1, F2]",
        "facts: [F3]",
        "facts: Nobody verified any of these facts."
        " Rest it on a fact that somebody verified, or take the answer out.",
    ),
    "a check in the future": Break(
        OFTEN,
        "2026-11-24",
        "2026-12-24",
        "checked.date: The last check lies in the future. Write the day on which it was done.",
    ),
    "a title that fits on no button": Break(
        HELLO,
        "title: Hello",
        f"title: {'Hello and hello again, ' * 3}",
        "title: The title does not fit on a button. Shorten it to 60 characters.",
    ),
    "the same utterance in two entries": Break(
        START,
        "  - getting started",
        "  - Is twice a week enough?!",
        "utterances.4: 'Is twice a week enough?!' is an utterance of 'how-often' too."
        " Keep it in one of them.",
    ),
    "an utterance that another entry wins": Break(
        OFTEN,
        "  - days per week for a strong back",
        "  - hello, how do i start back training",
        "utterances.8: 'how-to-start' wins 'hello, how do i start back training'."
        " Say it so that it can only be meant here, or move it there.",
    ),
    "an utterance that raises a red flag": Break(
        OFTEN,
        "  - days per week for a strong back",
        "  - days per week, i am numb between my legs",
        "utterances.8: 'days per week, i am numb between my legs' raises a red flag."
        " Leave signs of emergencies out.",
    ),
    "a held-out question that is an utterance": Break(
        OFTEN,
        "  - is once a week too little",
        "  - First steps, please!",
        "held_out.3: 'First steps, please!' is an utterance of 'how-to-start'."
        " A held-out question is never an utterance: write another one.",
    ),
    "a red flag's example that is not found": Break(
        FLAG,
        "  - my saddle area is numb\nlook_alikes:\n",
        "  - my arm is numb!\nlook_alikes:\n" + 9 * "  - my arm is numb\n",
        "examples.3: 'my arm is numb!' raises no 'numb-saddle'."
        " Add a sign, or words to the concepts of its signs, or more examples like it.",
    ),
    "a red flag's look-alike that raises it": Break(
        FLAG,
        "  - my arm is numb",
        "  - my arm and my saddle area are numb",
        "look_alikes.1: 'my arm and my saddle area are numb' raises 'numb-saddle'."
        " Make the signs narrower, without losing an example.",
    ),
}
