"""The commands that show or write something out of the knowledge, and what had no answer."""

import argparse
import asyncio
import json
from collections.abc import Sequence

from bot.bootstrap import knowledge_roots, load_library, memory, utc_now
from bot.command_line.values import FAULTY
from bot.config import Settings
from bot.content.preview import forecast, simulation
from bot.content.schema import export
from bot.core.misses import KeptMiss, report


def show(options: argparse.Namespace, settings: Settings) -> int:
    """Show what somebody would get."""
    knowledge = load_library(settings)[settings.language].knowledge
    start = options.start or utc_now().date()
    if options.simulate:
        tally = simulation.simulate(knowledge, options.simulate, options.days, options.seed, start)
        print("\n".join(tally.lines()))
        return FAULTY if tally.faults.total() else 0
    person = forecast.read_person(options.profile, knowledge)
    if options.tips:
        for day, tip in forecast.tips(knowledge, person, start, options.tips):
            shown = [json.dumps(forecast.tip_as_json(day, tip), ensure_ascii=False)] if options.json else []
            print("\n".join(shown or forecast.tip_in_words(knowledge, day, tip)))
        return 0
    for day, routine in forecast.days(knowledge, person, start, options.days):
        if options.json:
            print(json.dumps(forecast.as_json(day, routine), ensure_ascii=False))
        else:
            print("\n".join(forecast.in_words(knowledge, day, routine)))
    return 0


def draw(options: argparse.Namespace, settings: Settings) -> int:
    """Draw the pictures of the exercises."""
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


def misses(_: argparse.Namespace, settings: Settings) -> int:
    """List the questions that had no answer."""
    kept = asyncio.run(_kept_misses(settings))
    print(report(kept, load_library(settings)[settings.language].knowledge.topics))
    return 0


async def _kept_misses(settings: Settings) -> Sequence[KeptMiss]:
    async with memory(settings, keeps_talks=True) as stores:
        return await stores.misses.all()


def schema(options: argparse.Namespace, _: Settings) -> int:
    """Write the JSON Schemas of the knowledge."""
    for path in export.write(options.folder):
        print(path)
    return 0
