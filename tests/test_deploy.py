"""What the files for operators name is what there is."""

import asyncio
import re
from pathlib import Path

import pytest
import yaml
from telegram import Bot

from bot.config import Settings
from bot.services.ports import Vitals
from bot.telegram_ui.monitoring.metrics import Metrics
from bot.telegram_ui.monitoring.monitor import Monitor
from bot.telegram_ui.receiving.webhook_watch import WebhookWatch

ROOT = Path(__file__).parent.parent
FILES = ["Dockerfile", "compose.yaml", "deploy/strong-back.service"]
NOT_OURS = {"PATH", "XDG_CACHE_HOME", "POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "WEBHOOK_HOST"}


def _read(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
def test_only_settings_that_exist_are_set(file: str) -> None:
    named = set(re.findall(r"\b([A-Z]+_[A-Z_]+)\b(?=[=:])", _read(file)))
    known = {name.upper() for name in Settings.model_fields}
    assert {name for name in named if not name.startswith("PYTHON")} - NOT_OURS <= known


async def _nobody_looks() -> Vitals:
    return Vitals(inbox=0, overdue=0, is_known=True)


def test_alerts_and_the_docs_name_only_figures_that_there_are() -> None:
    metrics = Metrics()
    Monitor(metrics, _nobody_looks)
    metrics.show("in_work", "", lambda: 0)
    WebhookWatch(Bot("1:a"), lambda: True, asyncio.sleep, metrics)
    there = set(re.findall(r"# TYPE (\w+) ", metrics.page().decode()))
    there |= {f"{name}_bucket" for name in there}
    for file in ("deploy/alerts.yaml", "docs/operating.md"):
        assert set(re.findall(r"strong_back_[a-z_]+", _read(file))) - {"strong_back_"} <= there, file


def test_every_alert_says_what_is_wrong() -> None:
    rules = yaml.safe_load(_read("deploy/alerts.yaml"))["groups"][0]["rules"]
    assert all(rule["annotations"]["summary"].endswith((".", "?")) for rule in rules)


def test_the_image_has_no_rights_and_the_workers_write_nothing() -> None:
    assert "\nUSER bot\n" in _read("Dockerfile")
    worker = yaml.safe_load(_read("compose.yaml"))["services"]["bot"]
    assert (worker["read_only"], worker["cap_drop"], worker["deploy"]["replicas"]) == (True, ["ALL"], 2)
