"""What all tests share; `settings`, `knowledge`, `assistant` and the like stand in bot_fixtures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from house import DATA_OF_THE_TEST
from trees import Tree, plant_small

from bot.bootstrap import make_conversations
from bot.config import Settings
from bot.core.conversation import Conversation

pytest_plugins = ("bot_fixtures", "databases")

LONGEST = ("test_self_test.py",)  # files that take minutes: they begin first, so that no core waits for them


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first, the others in their order."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session", autouse=True)
def learned(pytestconfig: pytest.Config) -> Iterator[None]:
    """What the bot learns is kept beside pytest's own cache: once for this process and those it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(pytestconfig.cache.mkdir("learned")))
        yield


@pytest.fixture(scope="session")
def conversation(settings: Settings, learned: None) -> Conversation:
    return make_conversations(settings)["en"]


@pytest.fixture(autouse=True)
def _data_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test remembers what another one was told, in processes of their own neither."""
    monkeypatch.setenv(DATA_OF_THE_TEST, str(tmp_path / "data"))


@pytest.fixture
def small(tmp_path: Path) -> Tree:
    """A small sound knowledge, to be broken."""
    return plant_small(tmp_path / "knowledge")


@pytest.fixture
def overlay(tmp_path: Path) -> Tree:
    """An empty folder to lay over another knowledge."""
    root = tmp_path / "overlay"
    root.mkdir()
    return Tree(root)
