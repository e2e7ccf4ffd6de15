"""The command line: which part to start with which arguments."""

import argparse
import asyncio
import io
import json
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from telegram.error import InvalidToken, TelegramError

from bot import __version__, terminal_ui
from bot.bootstrap import (
    Conversations,
    knowledge_roots,
    load_library,
    make_assistant,
    make_conversations,
    make_telegram_bot,
    memory,
    utc_now,
)
from bot.config import ConfigError, Settings, read_settings
from bot.content import (
    calibrating,
    comparison,
    coverage,
    evaluation,
    folds,
    lint,
    preview,
    report_page,
    robustness,
    safety_report,
    schema_export,
    simulation,
)
from bot.content.findings import ContentError
from bot.content.measuring import Report
from bot.core.conversation import Conversation
from bot.core.misses import KeptMiss, report
from bot.core.plain import plain_text
from bot.core.talk import Turn
from bot.logs import configure_logging
from bot.script_ui import answer_lines, read_lines
from bot.services.ports import StoreError
from bot.storage.memory import memory_stores
from bot.telegram_ui.connecting import RefusedError
from bot.telegram_ui.doorway import CannotListenError
from bot.telegram_ui.poller import SecondPollerError
from bot.telegram_ui.transport import NoSenseError

_SAID = (ConfigError, ContentError, StoreError, CannotListenError)
UNUSABLE = 2  # exit status for settings, content or arguments that can't be used
FAULTY = 1  # exit status of a check that found something

WHEN_TELEGRAM_REFUSES: dict[type[TelegramError], str] = {
    InvalidToken: (
        "Telegram does not know this BOT_TOKEN, or no more; "
        "copy it again from @BotFather, or leave it empty to chat here."
    ),
    SecondPollerError: (
        "Another program fetches the messages of this BOT_TOKEN; stop it first, or use a token of your own."
    ),
    NoSenseError: "What answers at BOT_API_URL is no Bot API server; correct it, or leave it out.",
}


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit status."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends what Ctrl-C ends, also while it learns
    try:
        settings = read_settings()
        token = settings.bot_token.get_secret_value() if settings.bot_token else None
        configure_logging(settings.log_level, token)
        command: Callable[[argparse.Namespace, Settings], int] = options.command
        return command(options, settings)
    except (*_SAID, comparison.NoReportError, preview.PreviewError) as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except RefusedError as error:
        print(f"Telegram does not take WEBHOOK_URL ({error}); correct it, or leave it out.", file=sys.stderr)
        return UNUSABLE
    except (InvalidToken, SecondPollerError, NoSenseError) as error:
        print(WHEN_TELEGRAM_REFUSES[type(error)], file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="strong-back", description="Answers questions about back training.")
    parser.add_argument("--version", action="version", version=__version__)
    parser.set_defaults(command=_start)
    commands = parser.add_subparsers(title="commands", metavar="")
    chat = commands.add_parser("chat", help="talk in the terminal")
    chat.set_defaults(command=_chat)
    ask = commands.add_parser("ask", help="answer one question, or lines of JSON")
    ask.add_argument("question", nargs="*", help="the question")
    ask.add_argument("--explain", action="store_true", help="show how the question is understood")
    ask.add_argument("--jsonl", action="store_true", help="read a JSON object a line, answer each with one")
    ask.set_defaults(command=_ask)
    check = commands.add_parser("lint", help="check the knowledge")
    check.add_argument("--coverage", action="store_true", help="show which entries rest on which facts")
    check.add_argument("--today", type=_day, default=None, help="the day that checks are held against")
    check.set_defaults(command=_lint)
    _add_evaluate(commands.add_parser("evaluate", help="measure how well questions are understood"))
    _add_preview(commands.add_parser("preview", help="show the routines, or tips, that somebody would get"))
    _add_draw(commands.add_parser("draw", help="draw the pictures of the exercises from their poses"))
    misses = commands.add_parser("misses", help="list the questions that had no answer")
    misses.set_defaults(command=_misses)
    export = commands.add_parser("schema", help="write the JSON Schemas of the knowledge for editors")
    export.add_argument("folder", type=Path, help="where to write them")
    export.set_defaults(command=_schema)
    return parser


def _add_evaluate(measure: argparse.ArgumentParser) -> None:
    add = measure.add_argument
    add("--set", type=Path, action="append", default=[], help="a file of further questions (JSON lines)")
    add("--folds", type=_folds, nargs="?", const=10, help="ask the utterances too, each fold unlearned (10)")
    add("--robustness", type=int, nargs="?", const=1, metavar="SEED", help="ask disturbed questions too")
    add("--floors", type=Path, help="a JSON file of figures that must be reached")
    add("--lost", action="store_true", help="list the questions that are lost")
    add("--json", type=Path, metavar="FILE", help="write every question and all figures")
    add("--report", type=Path, metavar="FILE", help="write a page of HTML to read")
    add("--against", type=Path, metavar="FILE", help="say what changed since this JSON was written")
    add("--update", type=Path, metavar="FILE", help="fit the confidence to the questions, and write it")
    add("--safety", type=Path, metavar="FOLDER", help="measure the red flags on the messages in a folder")
    measure.set_defaults(command=_evaluate)


def _add_preview(show: argparse.ArgumentParser) -> None:
    add = show.add_argument
    add("--days", type=_positive, default=14, metavar="N", help="for how many days (14)")
    add("--from", type=_day, dest="start", metavar="DATE", help="the first day (today)")
    add(
        "--profile", nargs="*", default=[], metavar="NAME=VALUE", help="who, like level=2 equipment=band,ball"
    )
    add("--tips", type=_positive, metavar="N", help="show the tips of so many days instead")
    add("--json", action="store_true", help="write a JSON object a day")
    add("--simulate", type=_positive, metavar="PEOPLE", help="compose for made-up people, and count faults")
    add("--seed", type=int, default=1, help="which made-up people (1)")
    show.set_defaults(command=_preview)


def _add_draw(drawing: argparse.ArgumentParser) -> None:
    add = drawing.add_argument
    add("exercises", nargs="*", help="their ids; all of them if none is named")
    add("--check", action="store_true", help="write nothing, say which pictures are not what would be drawn")
    add("--sheet", type=Path, metavar="FILE", help="write all stills on one page (PNG)")
    drawing.set_defaults(command=_draw)


def _day(text: str) -> date:
    """A day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day. Write one like 2026-11-24.") from None


def _positive(text: str) -> int:
    """A whole number of at least one."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("write a whole number, 1 or more")
    return int(text)


def _folds(text: str) -> int:
    """A number of folds: two or more."""
    if not text.isdecimal() or int(text) < 2:  # noqa: PLR2004  # one fold would leave nothing to learn
        raise argparse.ArgumentTypeError("write a whole number, 2 or more")
    return int(text)


def _start(options: argparse.Namespace, settings: Settings) -> int:
    if settings.bot_token is None:
        return _chat(options, settings)
    token = settings.bot_token.get_secret_value()
    asyncio.run(_serve(settings, make_conversations(settings), token))
    return 0


async def _serve(settings: Settings, conversations: Conversations, token: str) -> None:
    async with memory(settings, keeps_talks=True) as stores:
        await make_telegram_bot(settings, conversations, stores).run(token, settings.bot_api_url)


def _chat(_: argparse.Namespace, settings: Settings) -> int:
    asyncio.run(_talk(settings, make_conversations(settings)))
    return 0


async def _talk(settings: Settings, conversations: Conversations) -> None:
    messages = conversations[settings.language].knowledge.messages
    async with memory(settings, keeps_talks=True) as stores:
        await terminal_ui.chat(make_assistant(settings, conversations, stores), messages, utc_now)


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    conversations = make_conversations(settings)
    if options.jsonl:
        asyncio.run(_answer_lines(settings, conversations))
        return 0
    question = " ".join(options.question)
    if not question.strip():
        raise ConfigError('Write the question behind "ask", like: ask "how often should I train?"')
    if options.explain:
        print(conversations[settings.language].explain(question))
        return 0
    assistant = make_assistant(settings, conversations, memory_stores())
    reply = asyncio.run(assistant.respond(Turn(text=question, now=utc_now())))
    print(plain_text(reply))
    for suggestion in reply.suggestions:
        print(f"- {suggestion.label}")
    return 0


async def _answer_lines(settings: Settings, conversations: Conversations) -> None:
    output = io.TextIOWrapper(sys.stdout.buffer, encoding="ascii", newline="\n")
    async with memory(settings, keeps_talks=False) as stores:
        assistant = make_assistant(settings, conversations, stores)
        await answer_lines(assistant, read_lines(sys.stdin.buffer), output, utc_now)


def _lint(options: argparse.Namespace, settings: Settings) -> int:
    roots = knowledge_roots(settings)
    findings = lint.check(roots, options.today or utc_now().date())
    for finding in findings:
        print(finding)
    if options.coverage and not findings:
        print(coverage.table(load_library(settings)[settings.language]))
    print(f"{len(findings)} finding(s).")
    return FAULTY if findings else 0


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    conversation = make_conversations(settings)[settings.language]
    asked = evaluation.questions(conversation.knowledge, options.set)
    if options.safety:
        print("\n".join(safety_report.report(conversation, options.safety)))
        return 0
    if options.update:
        calibrating.write(calibrating.calibrate(conversation, asked), options.update)
        print(f"Wrote {options.update}.")
        return 0
    earlier = comparison.Earlier.read(options.against) if options.against else None
    report = _measure(options, conversation, asked)
    print(report.table())
    if options.lost:
        print("\n".join(report.lost))
    changed = comparison.compare(earlier, report) if earlier else None
    if changed:
        print("", *changed.lines(), sep="\n")
    _keep(options, report, changed)
    below = report.below(json.loads(options.floors.read_text(encoding="utf-8"))) if options.floors else []
    if options.floors:
        print("\n".join(below) if below else "Every floor is reached.")
    return FAULTY if below else 0


def _measure(
    options: argparse.Namespace, conversation: Conversation, asked: Sequence[evaluation.Question]
) -> Report:
    answered = evaluation.evaluate(conversation, asked)
    lost = options.robustness
    losses = [] if lost is None else list(robustness.robustness(conversation, answered, lost))
    if options.folds:
        answered += folds.across_folds(conversation, options.folds)
    return Report(answered, losses)


def _keep(options: argparse.Namespace, report: Report, changed: comparison.Comparison | None) -> None:
    if options.json:
        _write(options.json, json.dumps(report.as_json(), indent=1, ensure_ascii=False) + "\n")
    if options.report:
        _write(options.report, report_page.page(report, changed))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"Wrote {path}.")


def _preview(options: argparse.Namespace, settings: Settings) -> int:
    knowledge = load_library(settings)[settings.language].knowledge
    start = options.start or utc_now().date()
    if options.simulate:
        tally = simulation.simulate(knowledge, options.simulate, options.days, options.seed, start)
        print("\n".join(tally.lines()))
        return FAULTY if tally.faults.total() else 0
    person = preview.read_person(options.profile, knowledge)
    if options.tips:
        for day, tip in preview.tips(knowledge, person, start, options.tips):
            shown = [json.dumps(preview.tip_as_json(day, tip), ensure_ascii=False)] if options.json else []
            print("\n".join(shown or preview.tip_in_words(knowledge, day, tip)))
        return 0
    for day, routine in preview.days(knowledge, person, start, options.days):
        if options.json:
            print(json.dumps(preview.as_json(day, routine), ensure_ascii=False))
        else:
            print("\n".join(preview.in_words(knowledge, day, routine)))
    return 0


def _draw(options: argparse.Namespace, settings: Settings) -> int:
    from bot.content import draughtsman  # noqa: PLC0415  # Pillow costs a tenth of a start; only drawing needs it

    roots = knowledge_roots(settings)
    motions = draughtsman.chosen(load_library(settings)[settings.language].motions, options.exercises)
    if options.sheet:
        draughtsman.write_sheet(motions, options.sheet)
        print(f"Wrote {options.sheet}.")
        return 0
    changed = 0
    for path in draughtsman.draw_all(motions, roots, is_check=options.check):
        changed += 1
        print(f"{path} is not what would be drawn." if options.check else f"Drew {path}.")
    print(f"{len(motions)} exercise(s), {changed} picture(s) {'to be drawn' if options.check else 'drawn'}.")
    return FAULTY if options.check and changed else 0


def _misses(_: argparse.Namespace, settings: Settings) -> int:
    kept = asyncio.run(_kept_misses(settings))
    print(report(kept, load_library(settings)[settings.language].knowledge.topics))
    return 0


async def _kept_misses(settings: Settings) -> Sequence[KeptMiss]:
    async with memory(settings, keeps_talks=True) as stores:
        return await stores.misses.all()


def _schema(options: argparse.Namespace, _: Settings) -> int:
    for path in schema_export.write(options.folder):
        print(path)
    return 0
