"""What was written down of a month is read as it was, by this version of the product and by every later one."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from offendermgmt.services.closing_document import DocumentUnreadable, read_document

# As a store of the first release has it: it is never made anew, and what cannot read it cannot be released.
KEPT = (Path(__file__).parent / "closed_month_1.json").read_text(encoding="utf-8")


def test_a_document_of_the_first_format_is_read_for_ever() -> None:
    document = read_document(KEPT)
    assert (document.month_on, document.policy_version, document.smallest_count) == (date(2025, 6, 1), "shipped-1", 5)
    assert [measure.target_source for measure in document.measures] == ["Force plan 2025"]
    assert [said.text for said in document.commentary] == [("It rose.", "More unseen.", "Two lent.")]
    assert [action.what for action in document.actions] == ["Lend two officers"]
    assert [event.text.title for event in document.events] == ["Inspection"]
    assert [each.text.expected["overdue-share"].amount for each in document.interventions] == [0.1]


def test_its_figures_are_those_of_the_measures() -> None:
    frame = read_document(KEPT).figures.frame()
    assert list(frame["month_on"].dt.month) == [5, 6]
    np.testing.assert_array_equal(frame["value"], [np.nan, 0.5])
    assert frame[["is_kept", "is_so_far"]].to_numpy().tolist() == [[False, False]] * 2


@pytest.mark.parametrize("text", ["", "{}", KEPT.replace('"format": 1', '"format": 2')])
def test_what_is_no_document_of_a_known_format_is_refused_in_words(text: str) -> None:
    with pytest.raises(DocumentUnreadable, match="ask your administrator which version closed it"):
        read_document(text)
