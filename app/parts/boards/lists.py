"""Where the people behind a measure are listed, for readers who may open lists."""

from collections.abc import Mapping
from typing import Final

from app.navigation import (
    ASSESSMENTS,
    CASELOAD,
    CREWING,
    DATA_QUALITY,
    OVERDUE,
    POLIT,
    Place,
    places_for,
)
from app.parts.links import address
from app.session import current_view
from offendermgmt.services.board_types import BoardView, MeasureView
from offendermgmt.services.measure_figures import FIGURES
from offendermgmt.services.measured import Source
from offendermgmt.services.measured_data import REFUSED
from offendermgmt.services.measured_offenders import ASSESSED
from offendermgmt.services.measured_offenders import CASELOAD as HELD
from offendermgmt.services.measured_polit import CASES, CHILDREN
from offendermgmt.services.measured_visits import CREWS, FINDINGS, VISITS

_LISTED: Final[Mapping[str, Place]] = {
    source.name: place
    for source, place in (
        (VISITS, OVERDUE),
        (CREWS, CREWING),
        (FINDINGS, CREWING),
        (HELD, CASELOAD),
        (ASSESSED, ASSESSMENTS),
        (CASES, POLIT),
        (CHILDREN, POLIT),
        (REFUSED, DATA_QUALITY),
    )
}


def of(view: BoardView, measure: MeasureView) -> tuple[Place, str] | None:
    """The page that lists what the measure counts, and its address for the month's last day.

    None where no page does, where the reader may not open lists or that page, and of a paper without small counts.
    """
    viewer = current_view().viewer
    place = _LISTED.get(_source(measure).name)
    if view.is_suppressed or place is None or not viewer.opens_lists or place not in places_for(viewer):
        return None
    plain = dict.fromkeys(("month", "months", "charts", "measure"))
    return place, address(place.url_path, **{**plain, "as_of": view.setting.as_of.isoformat()})


def _source(measure: MeasureView) -> Source:
    return FIGURES[measure.measure.figure].source
