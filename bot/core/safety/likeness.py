"""How much a message is like those that raised a red flag before: a net under the signs.

People name signs in more ways than anybody writes down. The net learns from each flag's examples against calm
sentences: look-alikes, what people ordinarily ask, and what they say of other things.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.core.model import RedFlag, Vocabulary
from bot.core.safety.signs import Present, SignReader
from bot.core.understanding.classifier import score, softmax, train
from bot.core.understanding.ear import Ear
from bot.core.understanding.features import Features, Heard
from bot.core.understanding.opinions import SecondOpinion
from bot.core.understanding.text import normalise, split_sentences

CALM = 0  # the class of everything that raises no flag
WINDOW = 600  # characters that are weighed at once; a longer message is weighed window by window
RIDGE = 0.003  # regularisation: with ten times as much "my back hurts" was an alarm
SECOND_RIDGE = 1.0  # the same of the second opinion, and
SECOND = 0.35  # its share in the likeness
SHORTEST = 3  # letters of a word that tells something
STEP = 450  # characters from one window to the next, so that no sign falls between two
PART, PART_STEP = 12, 6  # words of a part of a message, and from one to the next: a sign is in one of them


Likeness = Mapping[str, float]  # the chance, 0 to 1, of each flag; what is left to 1 is that of calm


class LikenessCheck:
    """Compares messages with the examples of red flags."""

    def __init__(
        self,
        flags: Mapping[str, RedFlag],
        calm: Iterable[str],
        vocabulary: Vocabulary,
        signs: SignReader,
    ) -> None:
        """`calm` are sentences that raise no flag, beside the look-alikes of the flags."""
        self._signs = signs
        self._concepts = frozenset(vocabulary.red_flag_concepts)
        self._names = tuple(flags)
        self._skippable = signs.skippable
        taught = [(text, CALM) for text in calm]
        ordinary = len(taught)
        for number, flag in enumerate(flags.values(), start=1):
            taught += [(text, CALM) for text in flag.look_alikes]
            taught += [(text, number) for text in flag.examples]
        self._ear = Ear(vocabulary, [text for text, _ in taught])
        heard = [self._hear(text, signs.present(text)) for text, _ in taught]
        self._features = Features.fit(heard, vocabulary.vectors)
        labels, classes = [label for _, label in taught], len(self._names) + 1
        importance = _importance(ordinary, len(taught) - ordinary)
        rows = (self._features.row(each) for each in heard)
        self._weights = train(rows, labels, classes=classes, ridge=RIDGE, importance=importance)
        sentences = zip((each.words for each in heard), labels, strict=True)
        self._second = SecondOpinion.learned(vocabulary.encoder, sentences, classes, SECOND_RIDGE, importance)

    def compare(self, text: str, present: Present) -> Likeness:
        """The likeness of the most alarming window. `present` are the concepts that the text affirms."""
        windows = _windows(text)
        if len(windows) == 1:
            return self._weigh(text, present)
        weighed = [self._weigh(window, self._signs.present(window)) for window in windows]
        return max(weighed, key=lambda chances: sum(chances.values()))

    def nearest(self, text: str) -> float:
        """How like any flag at all, 0 to 1, the part of a message is that is most so.

        What is harmless around a sign does not thin it out here. Only short messages are looked at so
        closely; a longer one counts as 1.
        """
        if len(text) > WINDOW:
            return 1.0
        return max(sum(self._weigh(part, self._signs.present(part)).values()) for part in _parts(text))

    def _weigh(self, text: str, present: Present) -> Likeness:
        heard = self._hear(text, present)
        if not any(map(self._tells, heard.tokens)):
            return dict.fromkeys(self._names, 0.0)
        chances = softmax(score(self._features.row(heard), self._weights))
        if self._second is not None:
            chances += SECOND * (self._second.chances(heard.words) - chances)
        return dict(zip(self._names, chances[CALM + 1 :].tolist(), strict=True))

    def _tells(self, token: str) -> bool:
        """Whether a token may say anything: scraps of letters and words like "with" do not."""
        return len(token) >= SHORTEST and token not in self._skippable and self._features.knows(token)

    def _hear(self, text: str, present: Present) -> Heard:
        """The words, and as tokens their stems with the affirmed concepts of signs."""
        words, tokens = self._ear.hear(text)
        affirmed = sorted(self._concepts.intersection(present))
        return Heard(words, [*tokens, *(f"!{name}" for name in affirmed)])


def _importance(ordinary: int, others: int) -> list[float]:
    """Ordinary sentences count once; the fewer others weigh together as much as all of them."""
    return [*[1.0] * ordinary, *[max(1.0, ordinary / max(1, others))] * others]


def _parts(text: str) -> Iterator[str]:
    """A text, and a few words of each of its sentences at a time."""
    yield text
    for sentence in split_sentences(normalise(text)):
        words = sentence.split()
        for start in range(0, max(1, len(words) - PART + PART_STEP), PART_STEP):
            yield " ".join(words[start : start + PART])


def _windows(text: str) -> Sequence[str]:
    starts = range(0, max(1, len(text) - WINDOW + STEP), STEP)
    return [text[start : start + WINDOW] for start in starts]
