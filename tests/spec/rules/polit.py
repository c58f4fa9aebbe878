"""POLIT cases (P1 to P7)."""

from tests.spec.reading import Example, Rule, Section

STAGE = Rule(
    "P1",
    "Stages",
    "`awaiting_development`, `awaiting_allocation`, `awaiting_enforcement` (the backlog); `under_investigation`, "
    "`awaiting_forensics`, `with_cps` (live); `closed`. The stage on D is the newest dated on or before it; before "
    "any, `awaiting_development`.",
    (
        Example(
            "From referral to the CPS",
            "Received on 1 March; a closed case is no longer listed.",
            """
            polit_cases | received_on
                        | 2025-03-01
            polit_stages | from_on    | stage
                         | 2025-03-05 | awaiting_enforcement
                         | 2025-03-20 | with_cps
                         | 2025-06-01 | closed
            """,
            (
                ("polit as of 2025-03-04", "stage | in_backlog \n awaiting_development | true"),
                ("polit as of 2025-03-05", "stage | in_backlog \n awaiting_enforcement | true"),
                ("polit as of 2025-03-20", "stage | in_backlog \n with_cps | false"),
                ("polit as of 2025-06-01", "stage | in_backlog"),
            ),
        ),
    ),
)

ACT_BY = Rule(
    "P2",
    "Act by",
    "Risk as S3. Act by = received + 1, 7, 14, 30 days for very high, high, medium, low; unassessed 7. A re-grade "
    "moves it as V3 does: max(received + new limit, due if due < C else C).",
    (
        Example(
            "By risk",
            "Five cases received on 1 March and assessed that day, one of them not at all.",
            """
            polit_cases | case_ref | received_on
                        | C1       | 2025-03-01
                        | C2       | 2025-03-01
                        | C3       | 2025-03-01
                        | C4       | 2025-03-01
                        | C5       | 2025-03-01
            polit_assessments | case_ref | assessed_on | risk_level
                              | C1       | 2025-03-01  | very_high
                              | C2       | 2025-03-01  | high
                              | C3       | 2025-03-01  | medium
                              | C4       | 2025-03-01  | low
            """,
            (
                (
                    "polit as of 2025-03-01",
                    """
                    case_ref | risk_level | act_by
                    C1       | very_high  | 2025-03-02
                    C2       | high       | 2025-03-08
                    C3       | medium     | 2025-03-15
                    C4       | low        | 2025-03-31
                    C5       | unassessed | 2025-03-08
                    """,
                ),
            ),
        ),
        Example(
            "Raised after the new limit has passed",
            "Low, raised to very high on 10 March: to be acted on that day, not on a day gone by.",
            """
            polit_cases | received_on
                        | 2025-03-01
            polit_assessments | assessed_on | risk_level
                              | 2025-03-01  | low
                              | 2025-03-10  | very_high
            """,
            (
                ("polit as of 2025-03-09", "act_by | days_past_limit \n 2025-03-31 | 0"),
                ("polit as of 2025-03-10", "act_by | days_past_limit \n 2025-03-10 | 0"),
                ("polit as of 2025-03-11", "act_by | days_past_limit \n 2025-03-10 | 1"),
            ),
        ),
        Example(
            "Raised when already past the limit",
            "Unassessed until 20 March, 12 days past its limit: it stays past it from 8 March.",
            """
            polit_cases | received_on
                        | 2025-03-01
            polit_assessments | assessed_on | risk_level
                              | 2025-03-20  | very_high
            """,
            (("polit as of 2025-03-20", "risk_level | act_by | days_past_limit \n very_high | 2025-03-08 | 12"),),
        ),
        Example(
            "Graded twice on one day",
            "The later recording of the day decides; the earlier one moves nothing.",
            """
            polit_cases | received_on
                        | 2025-03-01
            polit_assessments | assessed_on | tool   | risk_level | recorded_at
                              | 2025-03-03  | KIRAT  | very_high  | 2025-03-03T09:00:00Z
                              | 2025-03-03  | KIRAT2 | medium     | 2025-03-03T15:00:00Z
            """,
            (("polit as of 2025-03-03", "risk_level | act_by \n medium | 2025-03-15"),),
        ),
    ),
)

PAST = Rule(
    "P3",
    "Past the limit",
    "In the backlog on D and D > act by: past the limit by D - act by days. Outside the backlog there is no act-by "
    "day, and nothing is past it.",
    (
        Example(
            "The day itself, the day after, and once acted on",
            "Act by 8 March; under investigation from 12 March.",
            """
            polit_cases | received_on
                        | 2025-03-01
            polit_stages | from_on    | stage
                         | 2025-03-12 | under_investigation
            """,
            (
                ("polit as of 2025-03-08", "act_by | days_past_limit \n 2025-03-08 | 0"),
                ("polit as of 2025-03-09", "act_by | days_past_limit \n 2025-03-08 | 1"),
                ("polit as of 2025-03-12", "act_by | days_past_limit \n | 0"),
            ),
        ),
    ),
)

TIMELINESS = Rule(
    "P4",
    "Timeliness",
    "By the risk on the day: cases that first reached a live stage in the period, and how many on or before act by.",
    (
        Example(
            "In time, on the day, late, and again",
            "Three cases reach a live stage in March, on 7, 8 and 9 March with 8 March to act by. One goes back to the "
            "backlog and is live again in April: only the first time counts.",
            """
            polit_cases | case_ref | received_on
                        | C1       | 2025-03-01
                        | C2       | 2025-03-01
                        | C3       | 2025-03-01
            polit_assessments | case_ref | assessed_on | risk_level
                              | C1       | 2025-03-01  | high
                              | C2       | 2025-03-01  | high
                              | C3       | 2025-03-01  | high
            polit_stages | case_ref | from_on    | stage
                         | C1       | 2025-03-07 | under_investigation
                         | C2       | 2025-03-08 | under_investigation
                         | C3       | 2025-03-09 | under_investigation
                         | C1       | 2025-03-20 | awaiting_enforcement
                         | C1       | 2025-04-02 | under_investigation
            """,
            (
                (
                    "polit-timeliness from 2025-03-01 to 2025-04-30 every month",
                    """
                    period_end | risk_level | acted | in_time | rate
                    2025-03-31 | very_high  | 0     | 0       |
                    2025-03-31 | high       | 3     | 2       | 0.6667
                    2025-03-31 | medium     | 0     | 0       |
                    2025-03-31 | low        | 0     | 0       |
                    2025-03-31 | unassessed | 0     | 0       |
                    2025-04-30 | very_high  | 0     | 0       |
                    2025-04-30 | high       | 0     | 0       |
                    2025-04-30 | medium     | 0     | 0       |
                    2025-04-30 | low        | 0     | 0       |
                    2025-04-30 | unassessed | 0     | 0       |
                    """,
                ),
            ),
        ),
    ),
)

ACTIVITY = Rule(
    "P5",
    "Last activity",
    "The newest of receipt, stage, assessment, allocation and recorded activity dated on or before D. Stalled beyond "
    "2, 7, 14, 28 days by risk (very high to low); unassessed 7.",
    (
        Example(
            "Anything done counts",
            "Received, assessed, allocated, an activity, a stage: each is the last activity from its day.",
            """
            officers | officer_ref
                     | O1
            polit_cases | received_on
                        | 2025-03-01
            polit_assessments | assessed_on | risk_level
                              | 2025-03-03  | low
            polit_allocations | officer_ref | from_on    | to_on
                              | O1          | 2025-03-05 | 2025-03-08
            polit_activities | on
                             | 2025-03-10
            polit_stages | from_on    | stage
                         | 2025-03-12 | awaiting_enforcement
            """,
            (
                ("polit as of 2025-03-02", "last_activity_on | days_since_activity \n 2025-03-01 | 1"),
                ("polit as of 2025-03-04", "last_activity_on | days_since_activity \n 2025-03-03 | 1"),
                ("polit as of 2025-03-09", "last_activity_on | days_since_activity \n 2025-03-05 | 4"),
                ("polit as of 2025-03-11", "last_activity_on | days_since_activity \n 2025-03-10 | 1"),
                ("polit as of 2025-03-20", "last_activity_on | days_since_activity \n 2025-03-12 | 8"),
            ),
        ),
    ),
)

FLOW = Rule(
    "P6",
    "Flow",
    "Opening + received + returned (came back from a live stage or closed) - progressed (to a live stage) - closed "
    "from backlog = closing, counted at days' ends.",
    (
        Example(
            "Progressed, returned, closed",
            "Received on 1 March, live on 10 March, back in the backlog on 20 March, closed on 25 March, opened again "
            "on 5 April.",
            """
            polit_cases | received_on
                        | 2025-03-01
            polit_stages | from_on    | stage
                         | 2025-03-10 | under_investigation
                         | 2025-03-20 | awaiting_enforcement
                         | 2025-03-25 | closed
                         | 2025-04-05 | awaiting_development
            """,
            (
                (
                    "polit-flow from 2025-03-01 to 2025-04-30 every month",
                    """
                    opening | received | returned | progressed | closed_from_backlog | closing
                    0       | 1        | 1        | 1          | 1                   | 0
                    0       | 0        | 1        | 0          | 0                   | 1
                    """,
                ),
            ),
        ),
        Example(
            "Closed on the day of receipt",
            "It was never in the backlog at a day's end, so it is not in its flow.",
            """
            polit_cases | received_on
                        | 2025-03-01
            polit_stages | from_on    | stage
                         | 2025-03-01 | closed
            """,
            (
                (
                    "polit-flow from 2025-03-01 to 2025-03-31 every month",
                    """
                    opening | received | returned | progressed | closed_from_backlog | closing
                    0       | 0        | 0        | 0          | 0                   | 0
                    """,
                ),
            ),
        ),
    ),
)

CHILDREN = Rule(
    "P7",
    "Children awaiting safeguarding",
    "A child is awaiting safeguarding on D when identified on or before D and not safeguarded by D. Referral to "
    "children's social care is its own clock.",
    (
        Example(
            "Identified, safeguarded, and not yet",
            "K1 was identified on 5 March and safeguarded on 10 March; K2 was identified on 8 March and referred.",
            """
            polit_cases | received_on
                        | 2025-03-01
            polit_children | child_ref | identified_on | referred_on | safeguarded_on
                           | K1        | 2025-03-05    | 2025-03-05  | 2025-03-10
                           | K2        | 2025-03-08    | 2025-03-09  |
            """,
            (
                ("polit as of 2025-03-04", "children_identified | children_awaiting \n 0 | 0"),
                ("polit as of 2025-03-09", "children_identified | children_awaiting \n 2 | 2"),
                ("polit as of 2025-03-10", "children_identified | children_awaiting \n 2 | 1"),
            ),
        ),
    ),
)

SECTION = Section("POLIT", (STAGE, ACT_BY, PAST, TIMELINESS, ACTIVITY, FLOW, CHILDREN))
