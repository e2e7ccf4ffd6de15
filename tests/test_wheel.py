"""The wheel brings everything along: it answers from any folder, with the knowledge inside it."""

import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest
from house import clean_environment

from bot.core.model import Knowledge

PROJECT = Path(__file__).parent.parent
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-input")
QUESTION = "How often should I train my back?"
KEPT = {".py", ".yaml", ".png", ".gif"}  # what of git a wheel brings along
SHOW_PLACE = "import bot, pathlib; print(pathlib.Path(bot.__file__).parent)"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    _do(
        *PIP,
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--wheel-dir",
        str(folder),
        str(PROJECT),
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel is installed."""
    folder = tmp_path_factory.mktemp("installed")
    _do(*PIP, "install", "--no-deps", "--no-index", "--target", str(folder), str(wheel))
    return folder


def _do(*command: str, cwd: Path | None = None, **settings: str) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env=clean_environment(**settings), check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_wheel_answers_from_elsewhere(installed: Path, tmp_path: Path, knowledge: Knowledge) -> None:
    path = {"PYTHONPATH": str(installed)}
    assert _do(sys.executable, "-c", SHOW_PLACE, cwd=tmp_path, **path).strip() == str(installed / "bot")
    said = _do(sys.executable, "-m", "bot", "ask", QUESTION, cwd=tmp_path, **path)
    assert any(entry.answer.replace("**", "") in said for entry in knowledge.entries.values())


def test_the_installed_command_runs(installed: Path, tmp_path: Path) -> None:
    command = installed / "bin" / "strong-back"
    assert _do(str(command), "--version", cwd=tmp_path, PYTHONPATH=str(installed)).strip()


def test_the_wheel_declares_its_command_and_holds_what_git_holds(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        (declared,) = (name for name in names if name.endswith("entry_points.txt"))
        parser = ConfigParser()
        parser.read_string(archive.read(declared).decode())
    assert dict(parser["console_scripts"]) == {"strong-back": "bot.__main__:main"}
    files = [
        path for folder in ("bot", "knowledge") for path in (PROJECT / folder).rglob("*") if path.is_file()
    ]
    kept = {path.relative_to(PROJECT).as_posix() for path in files if path.suffix in KEPT}
    inside = {name.removeprefix("bot/") if name.startswith("bot/knowledge/") else name for name in names}
    assert kept <= inside
    assert not [name for name in names if name.startswith("tests") or "__pycache__" in name or ".env" in name]
