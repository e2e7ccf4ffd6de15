"""What the bot can show without understanding anything: entries, topics, lists, plain words. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core.model import EntryKind, Fact, Knowledge, Verified
from bot.core.plain import STRONG
from bot.core.talk import Kind, Reply, Suggestion

SMALL_TALK_GROUP = "small-talk"
PUBLISHERS_ON_A_CARD = 3
MAX_SIBLINGS = 3  # questions of the same topic that are offered in place of a wrong one

_KINDS = {kind: Kind(kind.value) for kind in EntryKind}


class Pages:
    """The replies that show a piece of the knowledge as it is."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._says = knowledge.messages

    def entry(self, name: str, *, score: float | None = None, repeat_question: bool = False) -> Reply:
        """An entry's answer with its follow-ups. `repeat_question` says first which question is answered."""
        entry = self._knowledge.entries[name]
        says_question = repeat_question and entry.kind in {EntryKind.ANSWER, EntryKind.DEFER}
        follow_ups = tuple(self.suggest(follow_up) for follow_up in entry.follow_ups)
        return Reply(
            kind=_KINDS[entry.kind],
            text=entry.answer,
            understood=self._says.understood.format(question=entry.title) if says_question else "",
            entry=name,
            topic=entry.topic,
            suggestions=(*follow_ups, self._sources_button(name)) if entry.facts else follow_ups,
            disclaimers=tuple(self._knowledge.disclaimers[name] for name in entry.disclaimers),
            score=score,
        )

    def matched(self, name: str, score: float, others: Sequence[str], *, repeat_question: bool) -> Reply:
        """An entry's answer for somebody who may have meant one of some other entries."""
        reply = self.entry(name, score=score, repeat_question=repeat_question)
        if self._knowledge.entries[name].kind not in {EntryKind.ANSWER, EntryKind.DEFER}:
            return reply
        return self.with_way_out(reply, others)

    def with_way_out(self, reply: Reply, others: Sequence[str]) -> Reply:
        """A reply with the button for somebody who may have meant one of some other entries."""
        other = Suggestion(label=self._says.not_what_i_asked, utterance=f"/other {reply.entry}")
        return replace(reply, suggestions=(*reply.suggestions, other), others=tuple(others))

    def with_other_questions(self, reply: Reply, names: Sequence[str]) -> Reply:
        """A reply with the further questions of the same message, which are a tap away."""
        also = [self.suggest(name) for name in names]
        asked = [replace(other, label=self._says.also_asked.format(question=other.label)) for other in also]
        rest = [suggestion for suggestion in reply.suggestions if suggestion.entry not in names]
        return replace(reply, suggestions=(*asked, *rest), also=tuple(also))

    def card(self, name: str) -> Reply:
        """An entry's answer as it is quoted elsewhere: with its question and the publishers behind it."""
        entry = self._knowledge.entries[name]
        reply = self.entry(name)
        text = f"{STRONG}{entry.title}{STRONG}\n{entry.answer}"
        return self.quoted(replace(reply, title=entry.title, text=text), entry.facts)

    def quoted(self, reply: Reply, facts: Iterable[str]) -> Reply:
        """A reply with the publishers behind the facts that it rests on."""
        read = [fact for fact in map(self._knowledge.facts.get, facts) if fact and _is_read(fact)]
        publishers = dict.fromkeys(self._knowledge.sources[fact.sources[0]].publisher for fact in read)
        works = self._says.card_sources.format(publishers="; ".join(list(publishers)[:PUBLISHERS_ON_A_CARD]))
        return replace(reply, text=f"{reply.text}\n\n{works}") if publishers else reply

    def other_questions(self, name: str, others: Sequence[str]) -> Reply:
        """What else may have been meant by words that an entry was no answer to."""
        if others:
            return self.clarification(others)
        entry = self._knowledge.entries.get(name)
        siblings = self._answers_on(entry.topic) if entry and entry.topic else []
        near = [sibling for sibling in siblings if sibling != name][:MAX_SIBLINGS]
        return self.clarification(near) if near else self.none_of_these()

    def suggest(self, name: str) -> Suggestion:
        """A button that opens an entry."""
        entry = self._knowledge.entries[name]
        return Suggestion(label=entry.title, utterance=f"/show {name}", entry=name, topic=entry.topic)

    def suggest_topic(self, name: str) -> Suggestion:
        """A button that opens a topic."""
        topic = self._knowledge.topics[name]
        return Suggestion(label=topic.label, utterance=f"/topics {name}", topic=name)

    def knows_entry(self, name: str) -> bool:
        """Whether there is an entry of that name to show."""
        return name in self._knowledge.entries

    def knows_subject(self, name: str) -> bool:
        """Whether there is a topic or a group of that name to browse."""
        return name in self._knowledge.topics or name in self._knowledge.groups

    def clarification(self, names: Iterable[str], score: float | None = None) -> Reply:
        """The question which of a few entries is meant."""
        none = Suggestion(label=self._says.none_of_these, utterance="/none")
        return Reply(
            kind=Kind.CLARIFICATION,
            text=self._says.which_one,
            suggestions=(*map(self.suggest, names), none),
            score=score,
        )

    def fallback(self, topics: Iterable[str], score: float | None = None) -> Reply:
        """The honest answer that this is not known, with the nearest topics."""
        suggestions = tuple(map(self.suggest_topic, topics))
        return Reply(kind=Kind.FALLBACK, text=self._says.fallback, suggestions=suggestions, score=score)

    def text(self, text: str, topic: str | None = None, suggestions: tuple[Suggestion, ...] = ()) -> Reply:
        """A reply to a command that only says something."""
        return Reply(kind=Kind.COMMAND, text=text, topic=topic, suggestions=suggestions)

    def with_general(self, reply: Reply) -> Reply:
        """A reply with the disclaimer that goes for everything."""
        general = self._knowledge.disclaimers.get("general")
        return Reply(
            kind=reply.kind,
            text=reply.text,
            topic=reply.topic,
            suggestions=reply.suggestions,
            disclaimers=(general,) if general else (),
        )

    def start(self) -> Reply:
        """The welcome, with the general disclaimer."""
        suggestions = tuple(map(self._suggest_group, self._groups()[:4]))
        return self.with_general(self.text(self._says.welcome, "greeting", suggestions))

    def help(self) -> Reply:
        """What the bot can do."""
        return self.with_general(self.text(self._says.help, "help"))

    def about(self, version: str) -> Reply:
        """What the bot is, and how many of its answers a clinician has seen."""
        answers = [e for e in self._knowledge.entries.values() if e.kind is EntryKind.ANSWER]
        reviewed = sum(entry.checked.clinician for entry in answers)
        text = self._says.about.format(version=version, answers=len(answers), reviewed=reviewed)
        return self.with_general(self.text(text))

    def topics(self, name: str) -> Reply:
        """All groups; or the topics of a group; or the questions of a topic."""
        knowledge = self._knowledge
        if name in knowledge.groups:
            topics = [topic.id for topic in knowledge.topics.values() if topic.group == name]
            if len(topics) == 1:
                return self._questions(topics[0])
            text = self._says.topics_of.format(group=knowledge.groups[name])
            return self._menu(text, map(self.suggest_topic, topics), "/topics")
        if name in knowledge.topics:
            return self._questions(name)
        return self._menu(self._says.topics, map(self._suggest_group, self._groups()))

    def privacy(self) -> Reply:
        """What is remembered, and what is not."""
        return self.text(self._says.privacy)

    def new(self) -> Reply:
        """The word that the talk begins anew."""
        subjects = tuple(map(self._suggest_group, self._groups()[:4]))
        return replace(self.text(self._says.new_talk, suggestions=subjects), ends_talk=True)

    def ask_forget(self) -> Reply:
        """The question whether everything is to be erased."""
        choices = (
            Suggestion(label=self._says.forget_yes, utterance="/forget yes"),
            Suggestion(label=self._says.forget_no, utterance="/forget no"),
        )
        return self.text(self._says.ask_forget, suggestions=choices)

    def forgotten(self) -> Reply:
        """The word that everything is erased, once it is."""
        return replace(self.text(self._says.forgotten), forgets=True)

    def kept(self) -> Reply:
        """The word that nothing is erased."""
        return self.text(self._says.kept)

    def ask_what(self) -> Reply:
        """How /ask is meant."""
        return self.text(self._says.ask_what)

    def gone(self) -> Reply:
        """What to say to a button or link that leads nowhere any more."""
        return self.text(self._says.gone, suggestions=tuple(map(self._suggest_group, self._groups())))

    def text_only(self) -> Reply:
        """What to say to pictures, voices and the like."""
        return self.text(self._says.text_only)

    def slow_down(self) -> Reply:
        """What to say, once, to somebody who asks faster than anybody reads."""
        return self.text(self._says.slow_down)

    def failed(self) -> Reply:
        """What to say when something broke."""
        return self.text(self._says.failed)

    def not_offered(self, suggestions: tuple[Suggestion, ...]) -> Reply:
        """What to say to a number that was not offered: what was, once more."""
        text = self._says.not_offered
        return Reply(kind=Kind.CLARIFICATION, text=text, suggestions=suggestions)

    def none_of_these(self) -> Reply:
        """The way on when no offered question was meant."""
        return self.text(self._says.rephrase, suggestions=tuple(map(self._suggest_group, self._groups())))

    def unknown_command(self, command: str) -> Reply:
        """What to do instead of a command that does not exist."""
        known = [f"/{name}: {description}" for name, description in self._knowledge.commands.items()]
        return self.text("\n".join([self._says.unknown_command.format(command=command), *known]))

    def _answers_on(self, topic: str) -> list[str]:
        entries = self._knowledge.entries.values()
        return [entry.id for entry in entries if entry.topic == topic and entry.kind is EntryKind.ANSWER]

    def _groups(self) -> list[str]:
        return [name for name in self._knowledge.groups if name != SMALL_TALK_GROUP]

    def _suggest_group(self, name: str) -> Suggestion:
        return Suggestion(label=self._knowledge.groups[name], utterance=f"/topics {name}")

    def _questions(self, topic: str) -> Reply:
        questions = map(self.suggest, self._answers_on(topic))
        known = self._knowledge.topics[topic]
        text = self._says.questions_of.format(topic=known.label)
        siblings = [t for t in self._knowledge.topics.values() if t.group == known.group]
        parent = f"/topics {known.group}" if len(siblings) > 1 else "/topics"
        return self._menu(text, questions, parent, topic)

    def _menu(
        self, text: str, choices: Iterable[Suggestion], parent: str = "", topic: str | None = None
    ) -> Reply:
        back = (Suggestion(label=self._says.back, utterance=parent),) if parent else ()
        suggestions = (*choices, *back)
        return Reply(kind=Kind.COMMAND, text=text, topic=topic, suggestions=suggestions, in_place=True)

    def _sources_button(self, name: str) -> Suggestion:
        return Suggestion(label=self._says.sources_button, utterance=f"/sources {name}")


def _is_read(fact: Fact) -> bool:
    """Whether a fact was read in its publisher's own words, so that the publisher may be named for it."""
    return fact.verified is Verified.READ
