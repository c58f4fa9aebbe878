"""Every report answers where there is little or nothing to answer from."""

import pytest

from offendermgmt.services.reports import OVER_PERIODS, REPORTS
from tests.spec.asking import engine_answer, oracle_answer, without_reasons
from tests.tables import Rows, recordings

VISIT = {"visit_ref": "X1", "offender_ref": "V1", "visited_at": "2025-02-01T10:00:00Z", "outcome": "completed"}
DATA: dict[str, dict[str, Rows]] = {
    "an empty store": {},
    "a withdrawn offender with a visit": {
        "offenders": [{"offender_ref": "V1", "registered_on": "2025-01-01", "is_void": "true"}],
        "visits": [VISIT | {"officer_refs": "O1"}],
    },
    "an offender and nothing else": {"offenders": [{"offender_ref": "V1", "registered_on": "2025-01-01"}]},
    "an offender who registers later": {"offenders": [{"offender_ref": "V1", "registered_on": "2026-01-01"}]},
    "a case and nothing else": {"polit_cases": [{"case_ref": "C1", "received_on": "2025-01-01"}]},
}


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("data", DATA)
def test_every_report_answers_from(data: str, report: str) -> None:
    asked = {"report": report, "as_of": "2025-04-30"}
    if report in OVER_PERIODS:
        asked = {"report": report, "from": "2025-04-01", "to": "2025-04-30", "every": "week"}
    answer = engine_answer(recordings(DATA[data]), asked)
    assert without_reasons(answer) == oracle_answer(DATA[data], asked)
