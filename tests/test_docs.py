"""The documentation says what the code does: settings, commands, questions, links."""

import re
from pathlib import Path

import pytest
import typer

from ontology.settings import Settings
from pipeline.cli.app import command_line
from pipeline.exports.page import tables_page
from pipeline.findings.page import findings_page

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/*/README.md")])


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    shown = {
        name: (default, meaning)
        for name, default, meaning in re.findall(r"^\| `STADTZIELE_(\w+)` \| (.+?) \| (.+?) \|$", text, re.M)
    }
    expected = {
        name.upper(): ("–" if field.default is None else f"`{field.default}`", field.description)
        for name, field in Settings.model_fields.items()
    }
    assert shown == expected


def test_every_finding_stands_on_its_page() -> None:
    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert page == findings_page(), "run `make findings`"


def test_the_page_of_tables_is_that_of_the_columns() -> None:
    page = (ROOT / "docs/tables.md").read_text(encoding="utf-8")
    assert page == tables_page(), "run `make tables`"


def test_every_command_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = typer.main.get_command(command_line()).commands  # type: ignore[attr-defined]  # a group
    assert commands
    for name in commands:
        assert f"`stadtziele {name}" in readme, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert missing == []


def test_the_makefile_has_the_commands_that_the_pages_name() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {name for page in PAGES for name in re.findall(r"make ([a-z]+)\b", page.read_text("utf-8"))}
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    assert {"run", "test"} <= named
    assert named - {"it", "the", "them", "one", "sure"} <= targets


def test_every_decision_record_stands_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in folder.glob("0*.md") if p.name not in index] == []
