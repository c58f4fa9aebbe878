"""Every definition of the product, by the page that shows it."""

from collections.abc import Mapping
from types import ModuleType

from offendermgmt.domain.policy import AssessmentPolicy
from offendermgmt.services import (
    board_action_definitions,
    board_definitions,
    board_page,
    caseload_definitions,
    crewing_definitions,
    decision_definitions,
    demand_definitions,
    intervention_definitions,
    investigator_definitions,
    measure_definitions,
    month_definitions,
    morning_definitions,
    my_day_definitions,
    planning_definitions,
    polit_case_definitions,
    polit_definitions,
    polit_flow_definitions,
    priority_definitions,
    record_definitions,
    refused,
    review_definitions,
    trend_definitions,
    triage_definitions,
)
from offendermgmt.services import definitions as overdue_definitions
from offendermgmt.services.assessment_definitions import GROUPED
from offendermgmt.services.assessment_definitions import definitions as assessment_definitions
from offendermgmt.services.figures import Definition


def glossary(policy: AssessmentPolicy) -> Mapping[str, tuple[Definition, ...]]:
    """The definitions by the page's name in the address, in the menu's order; limits are those of the policy."""
    concerns = assessment_definitions(policy)
    return {
        "morning": _written_in(morning_definitions),
        "my-day": _written_in(my_day_definitions),
        "decisions": _written_in(decision_definitions),
        "reviews": _written_in(review_definitions),
        "overdue": _written_in(overdue_definitions),
        "triage": _written_in(triage_definitions),
        "planned": _written_in(planning_definitions),
        "offender": _written_in(record_definitions),
        "assessments": tuple(concerns[concern] for concern in GROUPED),
        "caseload": _written_in(caseload_definitions),
        "crewing": _written_in(crewing_definitions),
        "trends": _written_in(trend_definitions),
        "polit": _written_in(polit_definitions),
        "polit-order": _written_in(priority_definitions),
        "polit-case": _written_in(polit_case_definitions),
        "investigators": _written_in(investigator_definitions),
        "polit-flow": _written_in(polit_flow_definitions),
        "polit-demand": _written_in(demand_definitions),
        "performance-board": (*_written_in(board_page), *_written_in(board_definitions)),
        "actions": _written_in(board_action_definitions),
        "interventions": _written_in(intervention_definitions),
        "months": _written_in(month_definitions),
        "framework": _written_in(measure_definitions),
        "data-quality": _written_in(refused),
    }


def _written_in(module: ModuleType) -> tuple[Definition, ...]:
    """The definitions a module names, alone or in a mapping, in its order."""
    held = [value.values() if isinstance(value, Mapping) else (value,) for value in vars(module).values()]
    return tuple(each for group in held for each in group if isinstance(each, Definition))
