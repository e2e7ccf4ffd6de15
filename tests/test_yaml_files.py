"""Files that can't be read as knowledge bring one readable finding each: no traceback, no hang."""

import os
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pytest
from command import run_bot
from hypothesis import given, settings
from hypothesis import strategies as st
from lint_faults import OFTEN
from trees import Tree, entry

from bot.command_line import run
from bot.content.findings import Finding
from bot.content.yaml_source import Document, read_yaml

SECONDS = 2.0  # far more than any file needs, far less than a hang
QUOTES = "Check quotes, colons and indentation around this line; quote a text that contains ': ' or ' #'"
BEGIN = "Begin with a key and a colon, like 'title: …'"
FLAT = "The lists are nested too deeply. Write them flat"
ALIAS = "A YAML alias (*name) is used. Write the text out where it is needed"
UTF_8 = "The file is not in UTF-8. Save it with the encoding UTF-8"
TAB = "Indent with blanks, never with tabs"

UNREADABLE = {
    "an empty file": (b"", f"1: The file is no mapping. {BEGIN}."),
    "nothing but a comment": (b"# to do\n", f"1: The file is no mapping. {BEGIN}."),
    "null": (b"null\n", f"1: The file is no mapping. {BEGIN}."),
    "a list": (b"\n- a\n", f"2: The file is no mapping. {BEGIN}."),
    "a text": (b"hello\n", f"1: The file is no mapping. {BEGIN}."),
    "a key that stands twice": (
        b"title: a\ntopic: b\ntitle: c\n",
        "3: title: The key stands twice (first in line 1). Keep one of them.",
    ),
    "a key within a key that stands twice": (
        b"checked:\n  by: a\n  by: b\n",
        "3: by: The key stands twice (first in line 2). Keep one of them.",
    ),
    "a key that is a list": (b"[a]: b\n", "1: A key is no plain word. Write 'key: value'."),
    "Latin-1": ("title: a\ntopic: café\n".encode("latin-1"), f"2: {UTF_8}."),
    "UTF-16": ("title: a".encode("utf-16"), f"1: {UTF_8}."),
    "a tab before a key": (
        b"title: a\n\ttopic: b\n",
        f"2: This is not valid YAML (found a tab character that violates indentation). {TAB}.",
    ),
    "a tab before an item": (
        b"facts:\n\t- S1\n",
        f"2: This is not valid YAML (found character that cannot start any token). {TAB}.",
    ),
    "a quote that is never closed": (
        b'title: "a\ntopic: b\n',
        f"1: This is not valid YAML (found unexpected end of stream). {QUOTES}.",
    ),
    "a colon in a text": (
        b"title: Note: a\n",
        f"1: This is not valid YAML (mapping values are not allowed in this context). {QUOTES}.",
    ),
    "a null byte": (
        b"title: a\ntopic: b\x00\n",
        "2: There is an invisible control character ('\\x00'). Take it out.",
    ),
    "an escaped lone surrogate": (
        b'title: "\\ud800"\n',
        f"1: This is not valid YAML (found invalid Unicode character escape code). {QUOTES}.",
    ),
    "aliases that explode": (
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        f"2: b.1: {ALIAS}.",
    ),
    "an alias of itself": (b"a: &a [*a]\n", f"1: a.1: {ALIAS}."),
    "an alias of nothing": (b"a: *b\n", f"1: a: {ALIAS}."),
    "a merged alias": (b"a: &a {b: c}\nd:\n  <<: *a\n", f"3: d.<<: {ALIAS}."),
    "a tag that runs programs": (
        b"a: !!python/object/apply:os.system [ls]\n",
        (
            "1: a: A YAML tag (tag:yaml.org,2002:python/object/apply:os.system) is used."
            " Write the text without it."
        ),
    ),
    "a second document": (b"a: b\n---\nc: d\n", "2: A second document begins with '---'. Take the line out."),
    "flow lists without an end": (b"a: " + b"[" * 400_000, f"1: a{'.1' * 11}: {FLAT}."),
    "flow lists with an end": (b"a: " + b"[" * 9_000 + b"]" * 9_000, f"1: a{'.1' * 11}: {FLAT}."),
    "dash after dash": (b"a:\n  " + b"- " * 200_000, f"2: a{'.1' * 11}: {FLAT}."),
    "key in key in key": (
        b"".join(b" " * depth + b"a:\n" for depth in range(500)),
        f"13: a{'.a' * 11}: {FLAT}.",
    ),
    "question mark after question mark": (b"? " * 200_000, "1: A key is no plain word. Write 'key: value'."),
    "more than a megabyte": (
        b"a: " + b"x" * 1_000_000,
        "1: The file is larger than 1 MB. Split it, or take out what is no knowledge.",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_brings_one_finding(name: str, tmp_path: Path) -> None:
    raw, said = UNREADABLE[name]
    path = tmp_path / "x.yaml"
    path.write_bytes(raw)
    started = perf_counter()
    assert str(read_yaml(path, "x.yaml")) == f"x.yaml:{said}"
    assert perf_counter() - started < SECONDS


@pytest.mark.parametrize("name", UNREADABLE)
def test_lint_says_no_more_of_an_unreadable_entry_than_that(name: str, small: Tree) -> None:
    raw, said = UNREADABLE[name]
    small.change(OFTEN, "topic: how_often", "topic: how_oftn")
    (small.root / "en/entries/how-to-start.yaml").write_bytes(raw)
    assert small.findings() == [
        f"knowledge/{OFTEN}:2: topic: There is no topic 'how_oftn'. Did you mean 'how_often'.",
        f"knowledge/en/entries/how-to-start.yaml:{said}",
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("sources.yaml", "facts.yaml", "topics.yaml", "en/messages.yaml", "en/vocabulary.yaml"),
        *("en/wording.yaml", "en/disclaimers.yaml", "en/red_flags/numb-saddle.yaml"),
    ],
)
def test_a_file_that_others_lean_on_brings_one_finding_too(name: str, small: Tree) -> None:
    assert small.write(name, "- a\n").findings() == [f"knowledge/{name}:1: The file is no mapping. {BEGIN}."]


@pytest.mark.parametrize(
    "name",
    [
        *("sources.yaml", "facts.yaml", "topics.yaml", "en/messages.yaml", "en/vocabulary.yaml"),
        *("en/wording.yaml", "en/disclaimers.yaml"),
    ],
)
def test_a_missing_file_is_named(name: str, small: Tree) -> None:
    (small.root / name).unlink()
    assert small.findings() == [f"knowledge/{name}:1: The file is missing. Restore it."]


def test_a_folder_and_a_pipe_are_no_files(small: Tree) -> None:
    (small.root / "en/entries/folder.yaml").mkdir()
    os.mkfifo(small.root / "en/entries/pipe.yaml")
    assert small.findings() == [
        f"knowledge/en/entries/{name}.yaml:1: This is no file. Give it a name that does not end in .yaml."
        for name in ("folder", "pipe")
    ]


def test_a_link_to_nowhere_is_no_file(small: Tree) -> None:
    (small.root / "en/entries/link.yaml").symlink_to("nowhere.yaml")
    assert small.findings() == [
        (
            "knowledge/en/entries/link.yaml:1: The file can't be read (No such file or directory)."
            " Check that it exists and may be read."
        )
    ]


def test_hidden_files_of_editors_are_passed_over(small: Tree) -> None:
    small.write("en/entries/.how-often.yaml", "{").write("en/entries/.DS_Store", "x").write(
        ".git/x.yaml", "{"
    )
    assert small.findings() == []


def test_a_language_without_entries_brings_findings_and_no_traceback(small: Tree) -> None:
    for path in (small.root / "en/entries").iterdir():
        path.unlink()
    assert small.findings() == ["en/entries:1: There is nothing in this folder. Write a first file."]


def test_a_language_whose_entries_are_all_broken_brings_findings_and_no_traceback(small: Tree) -> None:
    for path in (small.root / "en/entries").iterdir():
        path.write_text("- a", encoding="utf-8")
    assert len(small.findings()) == 3


def test_words_and_numbers_stay_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("no: no\nat: 7:30\nday: 2026-11-24\nempty:\nnull: ~\nquoted: 'null'\nlist: [1, yes]\n")
    document = read_yaml(path, "x.yaml")
    assert isinstance(document, Document)
    assert list(document.data.values()) == ["no", "7:30", "2026-11-24", "", "", "null", ["1", "yes"]]


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbftitle: a\r\n")
    document = read_yaml(path, "x.yaml")
    assert isinstance(document, Document)
    assert document.data == {"title": "a"}


@settings(deadline=timedelta(seconds=SECONDS))
@given(raw=st.binary(max_size=200) | st.text("ab:-?[]{}&*!|>'\"%@#\n\t ,~", max_size=200).map(str.encode))
def test_any_bytes_are_a_document_or_one_finding(
    raw: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(raw)
    assert isinstance(read_yaml(path, "any.yaml"), Document | Finding)


def test_the_start_stops_with_one_message_and_no_traceback(
    overlay: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    overlay.write("en/entries/owl.yaml", entry("owl")).write("en/entries/crow.yaml", "title: [")
    monkeypatch.chdir(overlay.root)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(overlay.root))
    assert run(["ask", "hello"]) == 2
    shown = capsys.readouterr()
    first, *found = shown.err.splitlines()
    assert (shown.out, first, len(found)) == ("", "The knowledge has 1 fault(s):", 1)
    assert found[0].startswith("  overlay/en/entries/crow.yaml:")


def test_a_file_that_cant_be_read_stops_the_start_with_one_message_and_no_traceback(
    overlay: Tree, tmp_path: Path
) -> None:
    (overlay.root / "en/entries").mkdir(parents=True)
    (overlay.root / "en/entries/owl.yaml").symlink_to("/proc/self/mem")  # even root can't read its start
    ended = run_bot("ask", "hello", cwd=tmp_path, KNOWLEDGE_DIR=str(overlay.root))
    assert (ended.status, ended.out) == (2, "")
    first, *found = ended.err.splitlines()
    assert (first, len(found)) == ("The knowledge has 1 fault(s):", 1)
    assert found[0].startswith("  overlay/en/entries/owl.yaml:1: The file can't be read (")
