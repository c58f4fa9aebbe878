"""The page of investigators, run without a browser."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.services import reports
from offendermgmt.services.access import OWN_CASES_ONLY, SYSTEM, Role, Viewer
from offendermgmt.store import Store
from tests.app.conftest import POLIT_ROLES, Made, OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import AS_OF, LOADED_AT, empty_store, kept_desk

PAGE = "../pages/investigators.py"
POLIT_PAGE = "../pages/polit.py"
COUNTS_ONLY = [role for role in POLIT_ROLES if not Viewer("", role).opens_lists]
RECEIVED = date(2025, 6, 20)


def report(store_address: str) -> pd.DataFrame:
    return reports.polit(kept_desk(store_address).question(SYSTEM, AS_OF, today=AS_OF))


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def unit(folder: Path, *, cases: int = 1, viewers: int = 0) -> str:
    """A store in which DC Ash, who has left, holds `cases`, and `viewers` officers viewed images on two days."""
    store_address = empty_store(folder)
    refs = ["0042", *(f"09{at:02}" for at in range(viewers))]
    with Store(store_address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("teams", {"team_ref": ["P"], "name": ["POLIT"], "unit": ["POLIT"]})
        who: dict[str, Any] = {"officer_ref": refs, "name": ["Ash", *("Elm" for _ in refs[1:])]}
        posts: dict[str, Any] = {"rank": ["DC"] * len(refs), "is_supervisor": [False] * len(refs)}
        left = [date(2025, 6, 25), *(None for _ in refs[1:])]
        posts |= {"team_ref": ["P"] * len(refs), "fte": [1.0] * len(refs), "to_on": left}
        work.insert("officers", {**who, **posts})
        held = [f"C{at}" for at in range(cases)]
        recorded: dict[str, Any] = {"recorded_at": [LOADED_AT] * cases}
        work.insert("polit_cases", {"case_ref": held, "received_on": [RECEIVED] * cases, **recorded})
        allocated: dict[str, Any] = {"case_ref": held, "from_on": [RECEIVED] * cases, "officer_ref": ["0042"] * cases}
        work.insert("polit_allocations", {**allocated, **recorded})
        viewed: dict[str, Any] = {"officer_ref": refs[1:] * 2, "viewed_on": [RECEIVED] * viewers + [AS_OF] * viewers}
        work.insert("image_viewing", {**viewed, "recorded_at": [LOADED_AT] * (2 * viewers)})
    return store_address


def test_the_rows_are_the_reports(look: OpenApp, small_store_address: str) -> None:
    counts = report(small_store_address)["officer_ref"].value_counts()

    app = look(small_store_address, page=PAGE)

    opened = [label for label in links(app) if ", open cases: open " in label]
    assert sorted(int(label.rsplit(" ", 1)[1]) for label in opened) == sorted(counts)
    assert figures(app)["Unallocated cases"] == str(counts.get("", 0))
    assert figures(app)["Open cases held"] == str(counts.sum() - counts.get("", 0))
    assert (list(app.exception), list(app.error)) == ([], [])


@pytest.mark.parametrize("by", ["risk", "stage"])
def test_a_number_opens_as_many_cases(look: OpenApp, small_store_address: str, by: str) -> None:
    app = look(small_store_address, page=PAGE, by=by)
    found = [(label, address) for label, address in links(app).items() if ": open " in label and "officer=" in address]
    label, address = found[-1]
    asked = dict(part.split("=", 1) for part in address.split("?", 1)[1].split("&"))

    opened = look(small_store_address, page=POLIT_PAGE, **asked)

    number = label.rsplit(" ", 1)[1]
    assert asked.get("by") is None
    assert f"Showing **{number} of " in said(opened)


def test_per_fte_no_number_claims_a_list(look: OpenApp, small_store_address: str) -> None:
    app = look(small_store_address, page=PAGE, **{"as": "per_fte"})

    assert [label for label in links(app) if ": open " in label] == []
    assert "Cases per available FTE by risk" in html(app)


def test_cases_of_somebody_who_left_are_listed(open_app: OpenApp, tmp_path: Path) -> None:
    app = open_app(unit(tmp_path, cases=2), page=PAGE)

    assert figures(app)["Held by people who are away"] == "2"
    assert figures(app)["Open cases per available FTE"] == "No value"
    assert rows(app) == ["C0", "C1"]
    assert "Left 25 Jun 2025" in html(app)
    assert "2 open cases, left 25 Jun 2025" in html(app)
    assert "back=investigators" in links(app)["Open C0"]


def test_nobody_and_nothing_is_said_in_words(look: OpenApp, empty_store_address: str) -> None:
    app = look(empty_store_address, page=PAGE)

    assert "Nobody is in post in a POLIT team here on 30 Jun 2025, and no case is open." in said(app)
    assert figures(app)["Days of viewing images"] == "No value"
    assert (list(app.exception), list(app.error)) == ([], [])


@pytest.mark.parametrize(("viewers", "shown"), [(4, "Not shown"), (5, "10 officer-days")])
def test_viewing_of_images_is_shown_of_a_group_only(
    open_app: OpenApp, tmp_path: Path, viewers: int, shown: str
) -> None:
    app = open_app(unit(tmp_path, viewers=viewers), page=PAGE)

    assert figures(app)["Days of viewing images"] == shown
    captions = "\n".join(caption.value for caption in app.caption)
    assert ("fewer than 5 officers viewed" in captions) == (viewers < 5)


def test_no_file_of_either_page_says_who_viewed(open_app: OpenApp, tmp_path: Path, offered: Made) -> None:
    store_address = unit(tmp_path, viewers=6)
    for page in (PAGE, POLIT_PAGE):
        assert "iewed" not in html(open_app(store_address, page=page))
    files = [made() for label, made in offered.items() if label.endswith("CSV")]
    assert len(files) == 2
    assert [file for file in files if b"iew" in file] == []


@pytest.mark.parametrize("role", COUNTS_ONLY)
def test_those_who_see_counts_are_sent_no_officer_and_no_case(
    look: OpenApp, small_store_address: str, role: Role
) -> None:
    refs = [ref for ref in report(small_store_address)["officer_ref"].unique() if ref]

    sent = payload(look(small_store_address, page=PAGE, role=str(role)))

    assert "sees counts, not people" in sent
    assert [ref for ref in refs if f"({ref})" in sent] == []
    assert "-P-" not in sent


@pytest.mark.parametrize("role", POLIT_ROLES, ids=str)
def test_every_role_of_the_unit_is_drawn_a_page(look: OpenApp, small_store_address: str, role: Role) -> None:
    app = look(small_store_address, page=PAGE, role=str(role))

    assert (list(app.exception), list(app.error)) == ([], [])
    assert ("Days of viewing images" in figures(app)) == (role not in OWN_CASES_ONLY)
