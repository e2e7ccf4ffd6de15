"""The commands that judge: is the knowledge sound, are questions understood."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from bot.bootstrap import knowledge_roots, learned, load_library, make_conversations, utc_now
from bot.command_line.values import FAULTY
from bot.config import Settings
from bot.content import lint
from bot.content.evaluation import (
    asking,
    calibrating,
    comparison,
    folds,
    report_page,
    robustness,
    safety_report,
)
from bot.content.evaluation.measuring import Report
from bot.content.rules import coverage
from bot.core.conversation import Conversation


def check(options: argparse.Namespace, settings: Settings) -> int:
    """Say what is wrong with the knowledge."""
    roots = knowledge_roots(settings)
    today = options.today or utc_now().date()
    findings = lint.check(roots, today, lambda knowledge: learned(settings)[knowledge.language])
    for finding in findings:
        print(finding)
    if options.coverage and not findings:
        print(coverage.table(load_library(settings)[settings.language]))
    print(f"{len(findings)} finding(s).")
    return FAULTY if findings else 0


def evaluate(options: argparse.Namespace, settings: Settings) -> int:
    """Measure how well questions are understood."""
    conversation = make_conversations(settings)[settings.language]
    asked = asking.questions(conversation.knowledge, options.set)
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
    options: argparse.Namespace, conversation: Conversation, asked: Sequence[asking.Question]
) -> Report:
    answered = asking.evaluate(conversation, asked)
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
