"""What the bot can show without understanding anything: entries, sources, topics, lists. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core.model import (
    Action,
    EntryKind,
    Fact,
    Kind,
    Knowledge,
    Reply,
    Source,
    Suggestion,
    Verified,
)
from bot.core.plain import STRONG

SMALL_TALK_GROUP = "small-talk"
WORKS_ON_A_PAGE = 10
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

    def start(self) -> Reply:
        """The welcome, with the general disclaimer."""
        suggestions = tuple(map(self._suggest_group, self._groups()[:4]))
        return self._with_general(self.text(self._says.welcome, "greeting", suggestions))

    def help(self) -> Reply:
        """What the bot can do."""
        return self._with_general(self.text(self._says.help, "help"))

    def about(self, version: str) -> Reply:
        """What the bot is, and how many of its answers a clinician has seen."""
        answers = [e for e in self._knowledge.entries.values() if e.kind is EntryKind.ANSWER]
        reviewed = sum(entry.checked.clinician for entry in answers)
        text = self._says.about.format(version=version, answers=len(answers), reviewed=reviewed)
        return self._with_general(self.text(text))

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

    def red_flags(self) -> Reply:
        """The list of warning signs, as general information."""
        flags = self._knowledge.red_flags.values()
        urgent = [flag for flag in flags if flag.action in {Action.EMERGENCY, Action.CRISIS}]
        text = "\n".join(
            [self._says.red_flags, *(f"{n}. {flag.name}" for n, flag in enumerate(urgent, start=1))]
        )
        buttons = (Suggestion(label=flag.name, utterance=f"/flag {flag.id}") for flag in urgent)
        return self.text(text, suggestions=tuple(buttons))

    def sources_of(self, name: str) -> Reply:
        """The works that an entry's facts come from."""
        entry = self._knowledge.entries[name]
        follow_ups = tuple(map(self.suggest, entry.follow_ups))
        return self.works(entry.title, entry.facts, entry.topic, follow_ups)

    def works(
        self, title: str, facts: Sequence[str], topic: str | None, follow_ups: tuple[Suggestion, ...] = ()
    ) -> Reply:
        """The works that some facts come from, below the title of what rests on them."""
        works = [self._work(source) for source in self._sources(facts)]
        text = "\n\n".join([self._says.sources_of.format(question=title), *works])
        return self.text(text, topic, follow_ups)

    def sources(self, page: int) -> Reply:
        """All works, a few at a time; pages count from 1."""
        works = [self._work(source) for source in self._knowledge.sources.values()]
        pages = -(-len(works) // WORKS_ON_A_PAGE)
        page = min(max(page, 1), pages)
        shown = works[(page - 1) * WORKS_ON_A_PAGE : page * WORKS_ON_A_PAGE]
        text = "\n\n".join([self._says.sources_all, *shown])
        turns = []
        if page > 1:
            turns.append(Suggestion(label=self._says.back, utterance=f"/sources {page - 1}"))
        if page < pages:
            turns.append(Suggestion(label=self._says.more, utterance=f"/sources {page + 1}"))
        return Reply(kind=Kind.COMMAND, text=text, suggestions=tuple(turns), in_place=True)

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

    def none_of_these(self) -> Reply:
        """The way on when no offered question was meant."""
        return self.text(self._says.rephrase, suggestions=tuple(map(self._suggest_group, self._groups())))

    def not_yet(self, topic: str) -> Reply:
        """The honest answer to a wish for something that is not built."""
        samples = self._answers_on("routine_example")
        return self.text(self._says.not_yet, topic, tuple(map(self.suggest, samples)))

    def paused(self, flag: str, topic: str) -> Reply:
        """Why there is no training now: a red flag was reported."""
        text = self._says.paused.format(sign=self._flag_name(flag))
        return self.text(text, topic, (Suggestion(label=self._says.seen_button, utterance="/seen"),))

    def ask_seen(self, flag: str) -> Reply:
        """The question whether somebody has looked at what was reported."""
        choices = (
            Suggestion(label=self._says.seen_yes, utterance="/seen yes"),
            Suggestion(label=self._says.seen_no, utterance=f"/flag {flag}"),
        )
        return self.text(self._says.ask_seen.format(sign=self._flag_name(flag)), suggestions=choices)

    def go_on(self) -> Reply:
        """The word that training may go on."""
        return replace(self._with_general(self.text(self._says.go_on)), ends_alert=True)

    def phone_button(self) -> Suggestion:
        """The button under an emergency answer that shows what to say on the phone."""
        return Suggestion(label=self._says.phone_button, utterance="/phone")

    def phone(self, flag: str | None) -> Reply:
        """What to say on the phone, and which sign was reported, if that is known."""
        known = [self._says.phone_sign.format(sign=self._flag_name(flag))] if flag else []
        return self.text("\n\n".join([self._says.phone, *known]))

    def nothing_sent(self) -> Reply:
        """The answer to a wish to stop messages when there are none."""
        return self.text(self._says.nothing_sent, "unsubscribe")

    def unknown_command(self, command: str) -> Reply:
        """What to do instead of a command that does not exist."""
        known = [f"/{name}: {description}" for name, description in self._knowledge.commands.items()]
        return self.text("\n".join([self._says.unknown_command.format(command=command), *known]))

    def _with_general(self, reply: Reply) -> Reply:
        general = self._knowledge.disclaimers.get("general")
        return Reply(
            kind=reply.kind,
            text=reply.text,
            topic=reply.topic,
            suggestions=reply.suggestions,
            disclaimers=(general,) if general else (),
        )

    def _flag_name(self, flag: str) -> str:
        known = self._knowledge.red_flags.get(flag)
        return known.name if known else flag

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

    def _sources(self, facts: Iterable[str]) -> Sequence[Source]:
        known = [self._knowledge.facts[name] for name in facts]
        names = dict.fromkeys(source for fact in known for source in fact.sources)
        return [self._knowledge.sources[name] for name in names]

    def _work(self, source: Source) -> str:
        says = {
            "article": self._says.source_article,
            "guidance": self._says.source_guidance,
            "experience": self._says.source_experience,
        }[source.kind]
        if source.kind == "experience":
            return f"• {says}"
        year = "" if source.year in {"n/d", "-"} else f", {source.year}"
        link = f"\n{source.url}" if source.url else ""
        return f"• {source.title}. {source.publisher}{year} ({says}; {source.checked}).{link}"


def _is_read(fact: Fact) -> bool:
    """Whether a fact was read in its publisher's own words, so that the publisher may be named for it."""
    return fact.verified is Verified.READ
