"""The unit's exposure to indecent images as one aggregate: never of an officer, a team or a chosen few (Q9)."""

from dataclasses import dataclass
from datetime import date

from offendermgmt.domain.days import to_date
from offendermgmt.domain.exposure import viewing
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services import investigator_definitions as definitions
from offendermgmt.services.access import OWN_CASES_ONLY
from offendermgmt.services.figures import Figure
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question


@dataclass(frozen=True)
class Exposure:
    """Officer-days of viewing from `first` to `last`.

    The figure is suppressed, and `officers` None, where some but fewer than `group` officers viewed; it has no value,
    and `officers` is None, where no viewing was recorded up to the day.
    """

    figure: Figure
    officers: int | None
    first: date
    last: date
    group: int


def image_exposure(question: Question) -> Exposure | None:
    """The exposure in the days of policy up to the question's day; None for whom POLIT, or all but their own, is shut.

    It is of everybody who viewed, whatever the question's scope, team or officer: what two overlapping sums would tell
    by subtraction, no viewer can ask for.
    """
    if question.viewer.role in OWN_CASES_ONLY or Unit.POLIT not in question.viewer.units:
        return None
    policy = question.policy.polit_board
    first, last = question.on - policy.exposure_days + 1, question.on
    found = viewing(question.snapshot.facts, first, last)
    withheld = 0 < found.officers < policy.exposure_group
    shown = found.is_recorded and not withheld
    value = found.officer_days if shown else None
    figure = Figure(definitions.EXPOSURE, setting_of(question), value, suppressed=withheld)
    officers = found.officers if shown else None
    return Exposure(figure, officers, to_date(first), to_date(last), policy.exposure_group)
