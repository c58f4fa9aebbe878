"""The backlog of visits (B1 to B4)."""

from tests.spec.reading import Example, Rule, Section

SPELLS = Rule(
    "B1",
    "Spells",
    "A spell is a run of consecutive days overdue. It leaves the backlog on the first day not overdue, by one cause: "
    "`visited`, `interval_changed`, `suspended` (clock stopped) or `ended`. The causes are shown apart: a backlog that "
    "falls because risk was re-graded or visits were suspended has not been visited away.",
    (
        Example(
            "Four ways out",
            "Four offenders overdue since January leave the backlog in May, each by another cause.",
            """
            offenders | offender_ref | registered_on
                      | V1           | 2024-09-20
                      | V2           | 2024-09-20
                      | V3           | 2024-09-20
                      | V4           | 2024-09-20
            visits | offender_ref | visited_at
                   | V1           | 2024-10-01T10:00:00Z
                   | V1           | 2025-05-05T10:00:00Z
                   | V2           | 2024-10-01T10:00:00Z
                   | V3           | 2024-10-01T10:00:00Z
                   | V4           | 2024-10-01T10:00:00Z
            risk_assessments | offender_ref | assessed_on | risk_level
                             | V2           | 2025-05-06  | low
            offender_statuses | offender_ref | from_on    | status
                              | V3           | 2025-05-07 | hospital
                              | V4           | 2025-05-08 | ended
            """,
            (
                (
                    "backlog-flow from 2025-05-05 to 2025-05-08 every day",
                    """
                    period_end | opening | visited | interval_changed | suspended | ended | closing
                    2025-05-05 | 4       | 1       | 0                | 0         | 0     | 3
                    2025-05-06 | 3       | 0       | 1                | 0         | 0     | 2
                    2025-05-07 | 2       | 0       | 0                | 1         | 0     | 1
                    2025-05-08 | 1       | 0       | 0                | 0         | 1     | 0
                    """,
                ),
            ),
        ),
        Example(
            "Visited and re-graded on one day",
            "A completed visit that day is the cause: the case was visited away.",
            """
            offenders | registered_on
                      | 2025-01-01
            risk_assessments | assessed_on | risk_level
                             | 2025-05-05  | low
            visits | visited_at
                   | 2025-01-10T10:00:00Z
                   | 2025-05-05T10:00:00Z
            """,
            (
                (
                    "backlog-flow from 2025-05-01 to 2025-05-31 every month",
                    "opening | visited | interval_changed | closing \n 1 | 1 | 0 | 0",
                ),
            ),
        ),
        Example(
            "A re-grade that changes nothing",
            "Raised while overdue: the spell goes on, and nothing leaves or enters.",
            """
            offenders | registered_on
                      | 2025-01-01
            risk_assessments | assessed_on | risk_level
                             | 2025-05-05  | very_high
            visits | visited_at
                   | 2025-01-10T10:00:00Z
            """,
            (
                (
                    "backlog-flow from 2025-05-01 to 2025-05-31 every month",
                    "opening | became_overdue | interval_changed | closing \n 1 | 0 | 0 | 1",
                ),
            ),
        ),
    ),
)

FLOW = Rule(
    "B2",
    "Flow",
    "Opening (overdue the day before the period starts) + became overdue - the four causes = closing.",
    (
        Example(
            "A quarter by month",
            "Due on 16 January, visited on 10 February; the next, due on 10 May, is outside.",
            """
            offenders | registered_on
                      | 2025-01-01
            visits | visited_at
                   | 2025-02-10T10:00:00Z
            """,
            (
                (
                    "backlog-flow from 2025-01-01 to 2025-03-31 every month",
                    """
                    period_start | period_end | opening | became_overdue | visited | closing
                    2025-01-01   | 2025-01-31 | 0       | 1              | 0       | 1
                    2025-02-01   | 2025-02-28 | 1       | 0              | 1       | 0
                    2025-03-01   | 2025-03-31 | 0       | 0              | 0       | 0
                    """,
                ),
            ),
        ),
        Example(
            "Weeks begin on Monday and are clipped",
            "The range starts on a Wednesday and ends on a Tuesday; the visit became overdue on Friday 17 January.",
            """
            offenders | registered_on
                      | 2025-01-01
            """,
            (
                (
                    "backlog-flow from 2025-01-15 to 2025-01-28 every week",
                    """
                    period_start | period_end | opening | became_overdue | closing
                    2025-01-15   | 2025-01-19 | 0       | 1              | 1
                    2025-01-20   | 2025-01-26 | 1       | 0              | 1
                    2025-01-27   | 2025-01-28 | 1       | 0              | 1
                    """,
                ),
            ),
        ),
    ),
)

TREND = Rule(
    "B3",
    "Trend",
    "At the end of a day, by risk level: number overdue, sum of days overdue, longest.",
    (
        Example(
            "Two overdue at one level",
            "On 31 January one is 15 days overdue and one 5; neither has been assessed.",
            """
            offenders | offender_ref | registered_on
                      | V1           | 2025-01-01
                      | V2           | 2025-01-11
            """,
            (
                (
                    "backlog from 2025-01-31 to 2025-01-31 every day",
                    """
                    on         | risk_level | overdue | days_overdue_total | longest_days_overdue
                    2025-01-31 | very_high  | 0       | 0                  | 0
                    2025-01-31 | high       | 0       | 0                  | 0
                    2025-01-31 | medium     | 0       | 0                  | 0
                    2025-01-31 | low        | 0       | 0                  | 0
                    2025-01-31 | unassessed | 2       | 20                 | 15
                    """,
                ),
            ),
        ),
    ),
)

COMPLIANCE = Rule(
    "B4",
    "Compliance",
    "Of the obligations whose final due date lies in the period and that still stood on that day with the clock "
    "running (or had been met by then), the share met by a completed visit on or before it. Not met yet and due on the "
    "last day known: not counted. A share with nothing under it has no value, never 0% or 100%; numerator and "
    "denominator are always shown with it.",
    (
        Example(
            "Met, met on the day, met late, not met",
            "Four visits due on 10 April: made on 1 April, on 10 April, on 11 April, and never.",
            """
            offenders | offender_ref | registered_on
                      | V1           | 2025-01-01
                      | V2           | 2025-01-01
                      | V3           | 2025-01-01
                      | V4           | 2025-01-01
            visits | offender_ref | visited_at
                   | V1           | 2025-01-10T10:00:00Z
                   | V1           | 2025-04-01T10:00:00Z
                   | V2           | 2025-01-10T10:00:00Z
                   | V2           | 2025-04-10T10:00:00Z
                   | V3           | 2025-01-10T10:00:00Z
                   | V3           | 2025-04-11T10:00:00Z
                   | V4           | 2025-01-10T10:00:00Z
            """,
            (("compliance from 2025-04-01 to 2025-04-30 every month", "due | met | rate \n 4 | 2 | 0.5"),),
        ),
        Example(
            "Due on the last day known",
            "Due on 16 January and not met by then: on that day it is not counted yet, the day after it is.",
            """
            offenders | registered_on
                      | 2025-01-01
            """,
            (
                ("compliance from 2025-01-01 to 2025-01-16 every month", "due | met | rate \n 0 | 0 |"),
                ("compliance from 2025-01-01 to 2025-01-17 every month", "due | met | rate \n 1 | 0 | 0.0"),
            ),
        ),
        Example(
            "Met on the last day known",
            "Due and visited on 16 January: counted that day, as met.",
            """
            offenders | registered_on
                      | 2025-01-01
            visits | visited_at
                   | 2025-01-16T10:00:00Z
            """,
            (("compliance from 2025-01-01 to 2025-01-16 every month", "due | met | rate \n 1 | 1 | 1.0"),),
        ),
        Example(
            "A share of nothing",
            "Nothing was due in February: there is no rate.",
            """
            offenders | registered_on
                      | 2025-02-20
            """,
            (("compliance from 2025-02-01 to 2025-02-28 every month", "due | met | rate \n 0 | 0 |"),),
        ),
        Example(
            "The final due date counts, not the first",
            "Due in January next year, brought forward to 1 June by a re-grade: it counts in June only.",
            """
            offenders | registered_on
                      | 2024-12-20
            risk_assessments | assessed_on | risk_level
                             | 2024-12-21  | low
                             | 2025-06-01  | high
            visits | visited_at
                   | 2025-01-01T10:00:00Z
            """,
            (
                ("compliance from 2025-06-01 to 2025-06-30 every month", "due | met \n 1 | 0"),
                ("compliance from 2026-01-01 to 2026-01-31 every month", "due | met \n 0 | 0"),
            ),
        ),
        Example(
            "A visit on the day a re-grade brings it forward",
            "The re-grade of 1 June moves the due date to that day, and that day's visit meets it: it counts in June.",
            """
            offenders | registered_on
                      | 2024-12-20
            risk_assessments | assessed_on | risk_level
                             | 2024-12-21  | low
                             | 2025-06-01  | high
            visits | visited_at
                   | 2025-01-01T10:00:00Z
                   | 2025-06-01T10:00:00Z
            """,
            (("compliance from 2025-06-01 to 2025-06-30 every month", "due | met \n 1 | 1"),),
        ),
        Example(
            "Abroad on the due date",
            "Due on 10 May and abroad from 1 May. While the stop lasts the obligation does not count in May; back on "
            "20 May it is due that day.",
            """
            offenders | registered_on
                      | 2025-01-20
            offender_statuses | from_on    | status
                              | 2025-05-01 | abroad
                              | 2025-05-20 | community
            visits | visited_at
                   | 2025-02-10T10:00:00Z
            """,
            (
                ("compliance from 2025-05-01 to 2025-05-19 every month", "due | met \n 0 | 0"),
                ("compliance from 2025-05-01 to 2025-05-31 every month", "due | met \n 1 | 0"),
            ),
        ),
        Example(
            "Custody after the due date",
            "Due on 16 January, custody from 20 January: it stood on its day and was not met.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-01-20 | custody
            """,
            (("compliance from 2025-01-01 to 2025-01-31 every month", "due | met \n 1 | 0"),),
        ),
        Example(
            "Custody on the due date",
            "Due on 16 January, custody from that day: it did not stand with the clock running.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-01-16 | custody
            """,
            (("compliance from 2025-01-01 to 2025-01-31 every month", "due | met \n 0 | 0"),),
        ),
        Example(
            "A due date moved back into a stop that is over",
            "Overdue since 10 April, abroad from 1 to 19 May. On 1 June the plan's interval of 120 days makes the due "
            "date 10 May, a day spent abroad. Only a stop that withdrew the obligation, or is not over by the end of "
            "the range, would leave it out: it counts in May, not met.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-05-01 | abroad
                              | 2025-05-20 | community
            visit_intervals | from_on    | to_on | interval_days
                            | 2025-06-01 |       | 120
            visits | visited_at
                   | 2025-01-10T10:00:00Z
            """,
            (
                ("state as of 2025-06-01", "due_on | due_reason \n 2025-05-10 | interval_changed"),
                (
                    "compliance from 2025-05-01 to 2025-06-30 every month",
                    """
                  period_end | due | met
                  2025-05-31 | 1   | 0
                  2025-06-30 | 0   | 0
                  """,
                ),
            ),
        ),
    ),
)

SECTION = Section("Backlog of visits", (SPELLS, FLOW, TREND, COMPLIANCE))
