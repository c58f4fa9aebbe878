"""A briefing: every figure in both forms, on two sides, marked on each, naming nobody, and fit for screen readers."""

import html
import io
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pypdf import PdfReader

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.outputs.briefing.document import Briefing
from offendermgmt.outputs.briefing.figure_words import figure_line
from offendermgmt.outputs.briefing.fitting import SIDES, Form, file_name, fitted, written
from offendermgmt.outputs.briefing.lists import LISTS
from offendermgmt.outputs.briefing.tables import table
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.definitions import MOST_OVERDUE, OVERDUE, OVERDUE_SHARE
from offendermgmt.services.desk import Desk
from offendermgmt.services.figures import Figure, Setting
from offendermgmt.services.morning import Morning, Part, Since, morning
from offendermgmt.store import Store
from offendermgmt.store.freshness import Freshness, LastLoad
from tests.databases import FORCE
from tests.unit.services.force import ask, fact, offender
from tests.unit.services.polit_force import case, child

TODAY = date(2025, 6, 30)
SEVEN = datetime(2025, 6, 30, 7, tzinfo=LONDON)
SINCE = Since(date(2025, 6, 27), datetime(2025, 6, 27, 8, 30, tzinfo=LONDON))
MARKINGS = ("OFFICIAL-SENSITIVE", "SYNTHETIC DATA")
LOAD = LastLoad("visits", "extract.zip", datetime(2025, 6, 30, 4, 10, tzinfo=UTC), "analyst", loaded=10, unchanged=0)
FRESHNESS = Freshness(7, (LOAD,), 2)
SETTING = Setting(TODAY, None, {}, "shipped-1", 5)
NAME = "Quillfeather"
WORST = [("c", "Very high"), ("b", "Unassessed"), ("a", "Low")]
DI = Viewer("DI Oak", Role.DI)
# The parts that one unit alone has, or both have alike.
OF_UNIT = frozenset(Part) - {Part.CHANGES}
# One very high risk and never seen, one whose visit has become overdue since the review, one missing, one nobody's.
FEW = [
    offender("V1", "2024-01-01", "very_high", "O1"),
    offender("V2", "2025-06-13", "low", "O2"),
    offender("V3", "2024-01-01", "high", "O1"),
    fact("offender_statuses", "V3", "2025-06-01", status="missing"),
    offender("V4", "2025-06-29"),
]
CASES = [
    case("C1", "2025-05-01", "very_high"),
    child("C1", "C1-K1", "2025-05-02"),
]


@pytest.fixture
def desk(sqlite_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a store without plans, flags, decisions or findings."""
    with Store(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'store.db')}") as store:
        yield Desk(store, FORCE)


def of(desk: Desk, parts: Any, unit: Unit = Unit.MOSOVO, since: Since | None = SINCE, **asked: Any) -> Morning:
    return morning(desk, ask(parts, TODAY.isoformat(), **asked), unit, since, SEVEN)


def drawn(shown: Morning, form: Form = Form.PDF) -> Briefing:
    return fitted(shown, FRESHNESS, MARKINGS, SEVEN, form)


def pdf(shown: Morning) -> PdfReader:
    return PdfReader(io.BytesIO(written(drawn(shown), Form.PDF)))


def sheets(shown: Morning) -> list[str]:
    """The text of each side, blanks of any kind as one."""
    return [" ".join(page.extract_text().split()) for page in pdf(shown).pages]


def markup(shown: Morning) -> str:
    return written(drawn(shown, Form.HTML), Form.HTML).decode("utf-8")


def text_of(markup: str) -> str:
    body = re.sub(r"<[^>]+>", " ", markup.split("</head>")[1])
    return " ".join(html.unescape(body).split())


def squeezed(text: str) -> str:
    """Text without blanks: a PDF keeps none where a line breaks."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(("parts", "unit"), [(FEW, Unit.MOSOVO), (CASES, Unit.POLIT), ([], Unit.MOSOVO)])
def test_every_figure_of_the_morning_stands_in_both_forms(desk: Desk, parts: Any, unit: Unit) -> None:
    shown = of(desk, parts, unit)

    lines = [figure_line(figure) for section in shown.sections.values() for figure in section.figures.values()]
    paper, screen = squeezed(" ".join(sheets(shown))), squeezed(text_of(markup(shown)))
    assert len(lines) > 15
    for title, value in lines:
        line = squeezed(f"{title}: {value}")
        assert line in paper, line
        assert line in screen, line


def test_a_share_stands_with_what_it_is_of_and_has_no_value_of_nobody() -> None:
    assert figure_line(Figure.share(OVERDUE_SHARE, SETTING, 1234, 5000))[1] == "1,234 of 5,000 (24.7%)"
    assert figure_line(Figure.share(OVERDUE_SHARE, SETTING, 0, 0))[1] == "0 of 0 (no value)"


def test_a_count_of_days_says_so_and_what_is_not_known_has_no_value() -> None:
    assert figure_line(Figure(OVERDUE, SETTING, 1234)) == ("Visits overdue", "1,234")
    assert figure_line(Figure(MOST_OVERDUE, SETTING, 1)) == ("Most overdue", "1 day")
    assert figure_line(Figure(MOST_OVERDUE, SETTING, None))[1] == "No value"


def test_a_small_count_that_is_kept_stays_kept() -> None:
    kept = Figure.share(OVERDUE_SHARE, SETTING, 3, 40).shown_to(Viewer("board", Role.BOARD))
    assert figure_line(kept)[1] == "Not shown: counts under 5 stay in the unit"


def test_a_force_with_3000_overdue_takes_two_sides_and_says_where_the_rest_is(desk: Desk) -> None:
    levels = ("very_high", "high", "medium", "low")
    many = [offender(f"FEN-V-{number:06}", "2024-01-01", levels[number % 4], "O1") for number in range(3000)]
    shown = of(desk, many)

    made = drawn(shown)
    [triage] = [table for block in made.blocks for table in block.tables if table.caption.startswith("In triage")]
    assert len(sheets(shown)) == SIDES
    assert triage.caption == "In triage, worst first (3,000)"
    assert triage.more == f"and {3000 - len(triage.rows):,} more: see Triage"
    assert len(triage.rows) >= 4
    assert squeezed(triage.more) in squeezed(" ".join(sheets(shown)))


def test_the_worst_come_first(desk: Desk) -> None:
    shown = of(desk, FEW)
    [triage] = [table for block in drawn(shown).blocks for table in block.tables if table.headings[0] == "Place"]
    assert [row[1:3] for row in triage.rows] == [("V1", "O1"), ("V3", "O1"), ("V4", "Unallocated"), ("V2", "O2")]


def test_a_force_without_anybody_is_told_in_words(desk: Desk) -> None:
    told = text_of(markup(of(desk, [], since=None)))
    assert "Visits overdue: 0" in told
    assert told.count("Nothing to list.") == 7
    assert "No earlier review is signed, so nothing is said to have changed." in told
    assert len(sheets(of(desk, [], since=None))) <= SIDES


def test_one_person_is_one_row_in_each_of_their_lists(desk: Desk) -> None:
    made = drawn(of(desk, FEW[:1]))
    lists = {table.caption: table for block in made.blocks for table in block.tables}
    assert lists["In triage, worst first (1)"].rows[0][1] == "V1"
    assert {table.more for table in lists.values()} == {""}


@pytest.mark.parametrize("unit", Unit)
def test_the_marking_and_the_number_stand_on_each_side(desk: Desk, unit: Unit) -> None:
    many = [offender(f"V{number}", "2024-01-01", "high", "O1") for number in range(60)]
    many += [case(f"C{number}", "2025-01-01", "high") for number in range(60)]
    shown = of(desk, many, unit)

    pages = sheets(shown)
    assert len(pages) == SIDES
    for number, page in enumerate(pages, start=1):
        assert page.count("OFFICIAL-SENSITIVE · SYNTHETIC DATA") == 2
        assert f"Page {number} of 2" in page


def test_html_bears_the_marking_at_head_and_foot_and_on_each_printed_side(desk: Desk) -> None:
    made = markup(of(desk, FEW))
    assert text_of(made).startswith("OFFICIAL-SENSITIVE · SYNTHETIC DATA")
    assert text_of(made).endswith("OFFICIAL-SENSITIVE · SYNTHETIC DATA")
    for place in ("@top-center", "@bottom-center"):
        assert re.search(place + r" \{ content: \"OFFICIAL-SENSITIVE \\00B7  SYNTHETIC DATA\"", made)


def test_it_says_whose_day_known_when_from_what_and_by_which_policy(desk: Desk) -> None:
    known_at = datetime(2025, 6, 30, 5, 45, tzinfo=UTC)
    shown = of(desk, FEW, team_ref="T1", known_at=known_at)
    assert dict(drawn(shown).about) == {
        "Whose": "MOSOVO, team North (T1)",
        "Day": "As of the end of 30 Jun 2025",
        "As known at": "30 Jun 2025 06:45",
        "Last review": "Of 27 Jun 2025, as known at 27 Jun 2025 08:30",
        "Data": "Last loaded 30 Jun 2025 05:10; 2 refused rows waiting",
        "Policy": "shipped-1",
        "Names": "None: this may lie on a desk or a phone, so it has references only. The record has the name.",
    }


def test_without_a_moment_it_is_as_known_when_it_was_made(desk: Desk) -> None:
    about = dict(drawn(of(desk, FEW, since=None)).about)
    assert about["As known at"] == "30 Jun 2025 07:00, when this was made"
    assert about["Whose"] == "MOSOVO, whole force"
    assert about["Last review"] == "None is signed"


def test_nobody_is_named_whoever_makes_it(desk: Desk) -> None:
    named = {"offenders": [{"offender_ref": "V9", "registered_on": "2024-01-01", "surname": NAME}]}
    staffed = {"officers": [{"officer_ref": "O9", "name": "Thistlewood", "team_ref": "T1", "fte": "1"}]}
    shown = of(desk, [named, staffed, fact("allocations", "V9", "2024-01-01", officer_ref="O9")], viewer=DI)
    for told in (" ".join(sheets(shown)), markup(shown)):
        assert "V9" in told
        assert [name for name in (NAME, "Thistlewood", "DI Oak") if name.lower() in told.lower()] == []


def test_text_of_an_extract_is_never_markup(desk: Desk) -> None:
    hostile = offender("<b>V1</b> & #sys.inputs $x$ *y*", "2024-01-01", "very_high", "O1")
    shown = of(desk, [hostile])
    made = markup(shown)
    assert "<b>V1" not in made
    assert "&lt;b&gt;V1&lt;/b&gt; &amp; #sys.inputs $x$ *y*" in made
    assert squeezed("<b>V1</b> & #sys.inputs $x$ *y*") in squeezed(" ".join(sheets(shown)))


def test_a_sign_that_the_fonts_lack_does_not_keep_the_briefing_back(desk: Desk) -> None:
    shown = of(desk, [offender("V\N{GRINNING FACE}\N{CJK UNIFIED IDEOGRAPH-6F22}1", "2024-01-01", "very_high", "O1")])
    assert "V??1" in " ".join(sheets(shown))
    assert "V\N{GRINNING FACE}\N{CJK UNIFIED IDEOGRAPH-6F22}1" in markup(shown)


def test_the_pdf_has_a_title_a_language_and_tags(desk: Desk) -> None:
    made = pdf(of(desk, FEW))
    catalog: Any = made.trailer["/Root"]
    assert made.metadata is not None
    assert made.metadata.title == "Briefing MOSOVO, Monday 30 Jun 2025"
    assert catalog["/Lang"] == "en-GB"
    assert catalog["/MarkInfo"]["/Marked"]
    tags = {node["/S"] for node in nodes(catalog["/StructTreeRoot"])}
    assert {"/H1", "/Table", "/TH", "/TD", "/Caption"} <= tags
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data()


def nodes(element: Any) -> Iterator[Any]:
    children = element.get("/K", [])
    for each in children if isinstance(children, list) else [children]:
        node = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(node, dict) and "/S" in node:
            yield node
            yield from nodes(node)


@pytest.mark.parametrize("form", Form)
def test_the_same_morning_at_the_same_moment_is_the_same_file(desk: Desk, form: Form) -> None:
    first, second = (written(drawn(of(desk, FEW), form), form) for _ in range(2))
    assert first == second


class Outline(HTMLParser):
    """The tags of a document in order, with their attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *wanted: str) -> list[tuple[str, dict[str, str | None]]]:
        return [each for each in self.tags if each[0] in wanted]


@pytest.mark.parametrize(("parts", "unit"), [(FEW, Unit.MOSOVO), (CASES, Unit.POLIT)])
def test_html_reads_well_aloud_and_needs_nothing_from_elsewhere(desk: Desk, parts: Any, unit: Unit) -> None:
    made = markup(of(desk, parts, unit))
    outline = Outline(made)
    headings = [tag for tag, _ in outline.all("h1", "h2", "h3")]
    assert headings[0] == "h1"
    assert set(headings[1:]) == {"h2"}
    assert outline.all("html") == [("html", {"lang": "en-GB"})]
    assert len(outline.all("caption")) == len(outline.all("table")) > 3
    assert {attributes.get("scope") for _, attributes in outline.all("th")} == {"row", "col"}
    assert outline.all("script", "link", "img", "iframe", "object") == []
    assert re.findall(r"https?:|url\(|@import", made) == []


def test_every_list_on_paper_is_one_of_a_morning_and_has_its_columns(desk: Desk) -> None:
    mornings = [of(desk, [*FEW, *CASES], unit) for unit in Unit]
    sections = {part: section for shown in mornings for part, section in shown.sections.items() if part in OF_UNIT}
    changes = [shown.sections[Part.CHANGES] for shown in mornings]
    for (part, code), listed in LISTS.items():
        [rows] = [
            each.lists[code] for each in ([sections[part]] if part in sections else changes) if code in each.lists
        ]
        assert len(table(listed, rows, most=3).headings) == len(listed.columns), (part, code)


def test_a_list_is_cut_and_says_so(desk: Desk) -> None:
    listed = LISTS[Part.CONTACT, "unallocated"]
    rows = pd.DataFrame({"offender_ref": list("abcde"), "risk_level": ["high"] * 5, "days_overdue": [1234, 0, 0, 0, 0]})
    cut = table(listed, rows, most=2)
    assert cut.caption == "Unallocated (5)"
    assert cut.rows == (("a", "High", "1,234"), ("b", "High", "0"))
    assert cut.more == "and 3 more: see Caseload"
    assert table(listed, rows, most=5).more == ""


def test_a_list_in_order_of_day_is_put_worst_first() -> None:
    listed = LISTS[Part.CHANGES, "became_overdue"]
    rows = pd.DataFrame({"offender_ref": list("abcd"), "risk_level": ["low", "unassessed", "very_high", "low"]})
    told = table(listed, rows.assign(due_on=pd.Timestamp("2025-06-29"), officer_ref=""), most=3)
    assert told.rows == tuple((ref, risk, "29 Jun 2025", "Unallocated") for ref, risk in WORST)
    assert told.more == "and 1 more: see Morning"


def test_figures_come_before_rows_where_both_do_not_fit(desk: Desk) -> None:
    listed = LISTS[Part.CONTACT, "unallocated"]
    rows = pd.DataFrame({"offender_ref": ["a"], "risk_level": ["high"], "days_overdue": [1]})
    assert table(listed, rows, most=0).rows == ()
    assert table(listed, rows, most=0).more == "and 1 more: see Caseload"


def test_the_files_name_is_marked_and_says_whose_day_it_is(desk: Desk) -> None:
    name = file_name(of(desk, FEW, team_ref="T1"), MARKINGS, Form.PDF)
    assert name == "OFFICIAL-SENSITIVE_SYNTHETIC-DATA_morning_briefing-mosovo-t1_2025-06-30.pdf"
