"""Which commands there are, and what may stand behind each."""

import argparse
from pathlib import Path

from bot import __version__
from bot.command_line import checking, keeping, serving, showing
from bot.command_line.values import database, day, folds, positive


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments; each comes out with the function that does it."""
    program = argparse.ArgumentParser(
        prog="strong-back", description="Answers questions about back training."
    )
    program.add_argument("--version", action="version", version=__version__)
    program.set_defaults(command=serving.start)
    commands = program.add_subparsers(title="commands", metavar="")
    chat = commands.add_parser("chat", help="talk in the terminal")
    chat.set_defaults(command=serving.chat)
    _add_ask(commands.add_parser("ask", help="answer one question, or lines of JSON"))
    check = commands.add_parser("lint", help="check the knowledge")
    check.add_argument("--coverage", action="store_true", help="show which entries rest on which facts")
    check.add_argument("--today", type=day, default=None, help="the day that checks are held against")
    check.set_defaults(command=checking.check)
    _add_evaluate(commands.add_parser("evaluate", help="measure how well questions are understood"))
    _add_preview(commands.add_parser("preview", help="show the routines, or tips, that somebody would get"))
    _add_draw(commands.add_parser("draw", help="draw the pictures of the exercises from their poses"))
    misses = commands.add_parser("misses", help="list the questions that had no answer")
    misses.set_defaults(command=showing.misses)
    _add_keeping(commands)
    export = commands.add_parser("schema", help="write the JSON Schemas of the knowledge for editors")
    export.add_argument("folder", type=Path, help="where to write them")
    export.set_defaults(command=showing.schema)
    return program


def _add_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("question", nargs="*", help="the question")
    ask.add_argument("--explain", action="store_true", help="show how the question is understood")
    ask.add_argument("--jsonl", action="store_true", help="read a JSON object a line, answer each with one")
    ask.set_defaults(command=serving.ask)


def _add_evaluate(measure: argparse.ArgumentParser) -> None:
    add = measure.add_argument
    add("--set", type=Path, action="append", default=[], help="a file of further questions (JSON lines)")
    add("--folds", type=folds, nargs="?", const=10, help="ask the utterances too, each fold unlearned (10)")
    add("--robustness", type=int, nargs="?", const=1, metavar="SEED", help="ask disturbed questions too")
    add("--floors", type=Path, help="a JSON file of figures that must be reached")
    add("--lost", action="store_true", help="list the questions that are lost")
    add("--json", type=Path, metavar="FILE", help="write every question and all figures")
    add("--report", type=Path, metavar="FILE", help="write a page of HTML to read")
    add("--against", type=Path, metavar="FILE", help="say what changed since this JSON was written")
    add("--update", type=Path, metavar="FILE", help="fit the confidence to the questions, and write it")
    add("--safety", type=Path, metavar="FOLDER", help="measure the red flags on the messages in a folder")
    measure.set_defaults(command=checking.evaluate)


def _add_preview(show: argparse.ArgumentParser) -> None:
    add = show.add_argument
    add("--days", type=positive, default=14, metavar="N", help="for how many days (14)")
    add("--from", type=day, dest="start", metavar="DATE", help="the first day (today)")
    add(
        "--profile", nargs="*", default=[], metavar="NAME=VALUE", help="who, like level=2 equipment=band,ball"
    )
    add("--tips", type=positive, metavar="N", help="show the tips of so many days instead")
    add("--json", action="store_true", help="write a JSON object a day")
    add("--simulate", type=positive, metavar="PEOPLE", help="compose for made-up people, and count faults")
    add("--seed", type=int, default=1, help="which made-up people (1)")
    show.set_defaults(command=showing.show)


def _add_draw(drawing: argparse.ArgumentParser) -> None:
    add = drawing.add_argument
    add("exercises", nargs="*", help="their ids; all of them if none is named")
    add("--check", action="store_true", help="write nothing, say which pictures are not what would be drawn")
    add("--sheet", type=Path, metavar="FILE", help="write all stills on one page (PNG)")
    drawing.set_defaults(command=showing.draw)


def _add_keeping(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = commands.add_parser("backup", help="write everything that is remembered into a file")
    backup.add_argument("file", type=Path, help="a new file")
    backup.set_defaults(command=keeping.back_up)
    back = commands.add_parser("restore", help="fill an empty database from a backup")
    back.add_argument("file", type=Path, help="the backup")
    back.set_defaults(command=keeping.restore)
    away = commands.add_parser("move", help="copy everything from the file into PostgreSQL")
    away.add_argument("--to", type=database, required=True, metavar="ADDRESS", help="of an empty database")
    away.set_defaults(command=keeping.move)
