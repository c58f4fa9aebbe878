"""What may be downloaded of the page on double crewing."""

from collections.abc import Mapping

import pandas as pd

from app.parts import downloads
from app.parts.crew_tables import BY, PAGE, for_reading, rows_at_once
from offendermgmt.domain.periods import Every
from offendermgmt.domain.vocabulary import LoneVisit
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services import crewing_definitions as definitions
from offendermgmt.services.crew_groups import By
from offendermgmt.services.crew_lists import with_reasons
from offendermgmt.services.crewing import setting_of
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import offender_names
from offendermgmt.services.lone_findings import Findings, with_findings
from offendermgmt.services.question import Question
from offendermgmt.services.wording import LONE, RISK

_STANDINGS = [ListColumn(f"lone_{kind}", LONE[kind], "number") for kind in reversed(LoneVisit)]
_OF_ALONE = (definitions.AUTHORISED, definitions.AUTHORISED_LATE, definitions.UNAUTHORISED)

_FOUND = (definitions.FOUND, definitions.WAITING)


def offer_trend(rows: pd.DataFrame, every: Every, question: Question) -> None:
    """Offer `crewing.trend`."""
    downloads.offer(
        lambda: rows,
        [
            ListColumn("period_start", "From", "day"),
            ListColumn("period_end", "To", "day", "The last period may not be over."),
            ListColumn("attended", "Attended", "number"),
            ListColumn("double_crewed", "Double-crewed", "number"),
            ListColumn("compliance", "Share double-crewed", "share"),
            ListColumn("lone", "Made alone", "number"),
            *_STANDINGS,
        ],
        page=PAGE,
        title=f"Double crewing by {every}",
        count=len(rows),
        setting=setting_of(question),
        definitions=(definitions.COMPLIANCE, definitions.LONE, *_OF_ALONE),
    )


def offer_breakdown(counts: pd.DataFrame, by: By, names: Mapping[str, str], question: Question) -> None:
    """Offer `crew_groups.breakdown`."""
    rows = counts.assign(group=[names[value] for value in counts.index])
    downloads.offer(
        lambda: rows,
        [
            ListColumn("group", BY[by]),
            ListColumn("attended", "Attended", "number"),
            ListColumn("lone", "Made alone", "number"),
            ListColumn("share", "Share made alone", "share"),
            *_STANDINGS,
        ],
        page=PAGE,
        title=f"Visits made alone by {BY[by].lower()}",
        count=len(rows),
        setting=setting_of(question),
        definitions=(definitions.BREAKDOWN, *_OF_ALONE),
    )


def offer_visits(
    visits: pd.DataFrame,
    found: Findings,
    desk: Desk,
    question: Question,
    officers: Mapping[str, str],
    filters: Mapping[str, str],
) -> None:
    """Offer the whole of `crew_lists.visit_list`, with reasons, findings and, for who sees them, names."""

    def whole() -> pd.DataFrame:
        names = offender_names(desk, question, visits["offender_ref"])
        judged = with_findings(question, found, visits)
        rows = for_reading(with_reasons(desk, question, judged), names, officers)
        return rows.assign(risk=rows["risk_level"].map(RISK), holder=rows["holder_ref"].map(officers))

    downloads.offer(
        whole,
        [
            ListColumn("visit_ref", "Visit"),
            ListColumn("offender_ref", "Offender"),
            ListColumn("name", "Name", personal=True),
            ListColumn("risk", "Risk", meaning="On the day of the visit."),
            ListColumn("holder", "Held by", meaning="On the day of the visit."),
            ListColumn("visited_at", "Visited at", "moment"),
            ListColumn("outcome_name", "Outcome"),
            ListColumn("notice", "Announced", meaning="Empty where it is not recorded."),
            ListColumn("crew", "Officers"),
            ListColumn("standing_name", "Crew"),
            ListColumn("reason", "Reason for going alone"),
            ListColumn("assessed_on", "Risk of going alone assessed on", "day"),
            ListColumn("authoriser", "Authorised by"),
            ListColumn("authorised_at", "Authorised at", "moment"),
            ListColumn("lacking", "What is missing", meaning="What the visit lacks of rule W2."),
            ListColumn("finding_name", "Finding", meaning="Whether going alone was found to be appropriate, and why."),
            ListColumn("text", "What was found", personal=True),
            ListColumn("finder", "Found by"),
            ListColumn("found_at", "Found at", "moment"),
            ListColumn("find_by", "Finding due by", "day"),
        ],
        page=PAGE,
        title="Visits and their crews",
        count=len(visits),
        setting=setting_of(question),
        definitions=(definitions.COMPLIANCE, definitions.LONE, *_OF_ALONE, definitions.UNANNOUNCED, *_FOUND),
        filters=filters,
    )


def offer_settled(rows: pd.DataFrame, officers: Mapping[str, str], question: Question) -> None:
    """Offer `crew_lists.settled_pairs`."""
    named = rows.assign(officer=rows["officer_ref"].map(officers), partner=rows["partner_ref"].map(officers))
    downloads.offer(
        lambda: named,
        [
            ListColumn("officer", "Officer"),
            ListColumn("partner", "Mostly with"),
            ListColumn("together", "Together", "number"),
            ListColumn("visits", "Crewed visits", "number"),
            ListColumn("share", "Share with the same partner", "share"),
        ],
        page=PAGE,
        title="Crews seldom mixed",
        count=len(rows),
        setting=setting_of(question),
        definitions=(definitions.SETTLED,),
    )


def offer_at_once(rows: pd.DataFrame, desk: Desk, officers: Mapping[str, str], question: Question) -> None:
    """Offer the whole of `crew_lists.visits_at_once` with, for who sees them, names."""

    def whole() -> pd.DataFrame:
        people = {*rows["first_offender_ref"], *rows["second_offender_ref"]}
        return rows_at_once(rows, offender_names(desk, question, people), officers)

    downloads.offer(
        whole,
        [
            ListColumn("officer", "Officer on both"),
            ListColumn("minutes_apart", "Minutes apart", "number"),
            *_one_of_two("first"),
            *_one_of_two("second"),
        ],
        page=PAGE,
        title="Recorded at two visits at once",
        count=len(rows),
        setting=setting_of(question),
        definitions=(definitions.AT_ONCE,),
    )


def _one_of_two(which: str) -> list[ListColumn]:
    return [
        ListColumn(f"{which}_visit_ref", f"{which.capitalize()} visit"),
        ListColumn(f"{which}_offender_ref", f"{which.capitalize()} offender"),
        ListColumn(f"{which}_name", f"{which.capitalize()} name", personal=True),
        ListColumn(f"{which}_at", f"{which.capitalize()} visit at", "moment"),
        ListColumn(f"{which}_crew_names", f"{which.capitalize()} crew"),
    ]
