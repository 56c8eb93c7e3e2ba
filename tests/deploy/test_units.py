"""The shipped units and the container file name what exists, and close what they can."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

from dashboard.__main__ import parser as dashboard_parser
from etl.__main__ import _parser as etl_parser
from tests.serving import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
COMMAND = re.compile(r"-m (etl|dashboard) ([^\n]+)")


def unit(file: Path) -> configparser.RawConfigParser:
    """Read a unit; keys may come several times, the last one is kept."""
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(file.read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("file", [*UNITS, DEPLOY / "Containerfile"], ids=lambda file: file.name)
def test_every_command_is_one_that_exists(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace('", "', " ").replace('"]', "")
    commands = COMMAND.findall(text)
    assert commands
    for module, arguments in commands:
        words = arguments.replace("%i", "8501").split()
        parser = etl_parser() if module == "etl" else dashboard_parser()
        assert parser.parse_args(words)


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_every_unit_gives_up_what_it_does_not_need(file: Path) -> None:
    service = unit(file)["Service"]
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["ProtectHome"] == "yes"
    assert service["PrivateTmp"] == "yes"
    assert service["User"] != "root"


def test_the_dashboard_reaches_nobody_and_the_publisher_alone_writes() -> None:
    dashboard = unit(DEPLOY / "doelmonitor@.service")["Service"]
    publisher = unit(DEPLOY / "doelmonitor-publish.service")["Service"]
    assert (dashboard["IPAddressDeny"], dashboard["IPAddressAllow"]) == ("any", "localhost")
    assert "ReadWritePaths" not in dashboard
    assert publisher["ReadWritePaths"] == "/srv/doelmonitor/data"
    assert dashboard["User"] != publisher["User"]


def test_installing_by_the_page_makes_the_accounts_of_the_units_and_puts_them_in_place() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    accounts = {unit(file)["Service"]["User"] for file in UNITS}
    assert set(re.findall(r"useradd --system ([\w-]+)", page)) == accounts
    folders = {unit(file)["Service"]["WorkingDirectory"] for file in UNITS}
    assert {f"cd {folder} && make setup" in page for folder in folders} == {True}
    started = re.findall(r"systemctl (?:start|enable --now) (.+?)(?:\s+#.*)?$", page, re.M)
    names = [re.sub(r"@\d+", "@", name) for line in started for name in line.split()]
    assert names
    files = [name if "." in name else f"{name}.service" for name in names]
    assert [name for name in files if not (DEPLOY / name).is_file()] == []


def test_every_file_that_the_container_copies_exists() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = [name for line in re.findall(r"^COPY (.+)$", text, re.M) for name in line.split()[:-1]]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_the_container_serves_as_somebody_without_rights_and_says_how_it_is() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert "USER doelmonitor" in text
    assert "/healthz" in text
    assert "--require-hashes" in text
    assert "STREAMLIT_SERVER_ADDRESS=0.0.0.0" in text
