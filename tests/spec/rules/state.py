"""Offender state on a day (S1 to S5)."""

from tests.spec.reading import Example, Rule, Section

MANAGED = Rule(
    "S1",
    "Managed from registration",
    "An offender is managed from `registered_on`. The state on D is the newest status dated on or before it; before "
    "any, `community`.",
    (
        Example(
            "In the community unless a status says otherwise",
            "Registered on 1 January without a status; missing from 5 February.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-02-05 | missing
            """,
            (
                ("state as of 2024-12-31", "status"),
                ("state as of 2025-01-01", "status \n community"),
                ("state as of 2025-02-04", "status \n community"),
                ("state as of 2025-02-05", "status \n missing"),
            ),
        ),
    ),
)

CLOCK = Rule(
    "S2",
    "States that run the clock, states that stop it",
    "`community`, `no_fixed_abode` and `missing` run the visit clock. `custody`, `hospital`, `abroad` and `reactive` "
    "stop it. `ended` (expired, revoked, transferred out, deceased) ends management; a later status re-opens it.",
    (
        Example(
            "A missing offender stays in the overdue figures",
            "The visit was due on 16 January; going missing on 10 January does not stop the clock.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-01-10 | missing
            """,
            (("overdue as of 2025-01-20", "status | due_on | days_overdue \n missing | 2025-01-16 | 4"),),
        ),
        Example(
            "Which states run the clock",
            "Eight offenders, one in each state since 1 March: three have a visit due.",
            """
            offenders | offender_ref | registered_on
                      | V1           | 2025-03-01
                      | V2           | 2025-03-01
                      | V3           | 2025-03-01
                      | V4           | 2025-03-01
                      | V5           | 2025-03-01
                      | V6           | 2025-03-01
                      | V7           | 2025-03-01
                      | V8           | 2025-03-01
            offender_statuses | offender_ref | from_on    | status
                              | V1           | 2025-03-01 | community
                              | V2           | 2025-03-01 | no_fixed_abode
                              | V3           | 2025-03-01 | missing
                              | V4           | 2025-03-01 | custody
                              | V5           | 2025-03-01 | hospital
                              | V6           | 2025-03-01 | abroad
                              | V7           | 2025-03-01 | reactive
                              | V8           | 2025-03-01 | ended
            """,
            (
                (
                    "state as of 2025-03-02",
                    """
                    offender_ref | status         | due_on
                    V1           | community      | 2025-03-16
                    V2           | no_fixed_abode | 2025-03-16
                    V3           | missing        | 2025-03-16
                    V4           | custody        |
                    V5           | hospital       |
                    V6           | abroad         |
                    V7           | reactive       |
                    V8           | ended          |
                    """,
                ),
            ),
        ),
        Example(
            "Ended, and opened again",
            "Management ended on 1 February and was re-opened on 10 June: the clock starts anew.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-02-01 | ended
                              | 2025-06-10 | community
            """,
            (
                ("caseload as of 2025-02-01", "officer_ref | cases"),
                ("state as of 2025-06-10", "due_on | due_reason \n 2025-06-25 | clock_restarted"),
                ("caseload as of 2025-06-10", "officer_ref | cases \n | 1"),
            ),
        ),
    ),
)

RISK = Rule(
    "S3",
    "Risk",
    "Risk is the newest assessment dated on or before D; on one day the later recording, then the higher level. "
    "Without any it is `unassessed`: shown as such, treated as high for intervals, never as compliant by default, and "
    "not counted as high risk in C2.",
    (
        Example(
            "Two tools on one day: the later recording",
            "OSP said high in the morning, ARMS said low in the afternoon.",
            """
            offenders | registered_on
                      | 2025-01-01
            risk_assessments | assessed_on | tool | risk_level | recorded_at
                             | 2025-02-01  | ARMS | low        | 2025-02-01T15:00:00Z
                             | 2025-02-01  | OSP  | high       | 2025-02-01T10:00:00Z
            """,
            (("state as of 2025-02-01", "risk_level \n low"),),
        ),
        Example(
            "Recorded at the same moment: the higher level",
            "Both assessments came in one entry.",
            """
            offenders | registered_on
                      | 2025-01-01
            risk_assessments | assessed_on | tool | risk_level | recorded_at
                             | 2025-02-01  | OSP  | high       | 2025-02-01T10:00:00Z
                             | 2025-02-01  | ARMS | low        | 2025-02-01T10:00:00Z
            """,
            (("state as of 2025-02-01", "risk_level \n high"),),
        ),
        Example(
            "The newest day, not the newest recording",
            "An older assessment recorded late does not replace a newer one.",
            """
            offenders | registered_on
                      | 2025-01-01
            risk_assessments | assessed_on | tool | risk_level | recorded_at
                             | 2025-02-01  | ARMS | medium     | 2025-02-01T10:00:00Z
                             | 2025-01-20  | OSP  | very_high  | 2025-03-05T10:00:00Z
            """,
            (("state as of 2025-03-06", "risk_level \n medium"),),
        ),
        Example(
            "Unassessed is visited as high and shown as unassessed",
            "Visited on 10 January and never assessed: the next visit is due after three months.",
            """
            offenders | registered_on
                      | 2025-01-01
            visits | visited_at
                   | 2025-01-10T10:00:00Z
            """,
            (
                ("overdue as of 2025-04-11", "risk_level | due_on | days_overdue \n unassessed | 2025-04-10 | 1"),
                ("caseload as of 2025-04-11", "cases | high_risk | exceeds_threshold \n 1 | 0 | false"),
            ),
        ),
    ),
)

INTERVAL = Rule(
    "S4",
    "The interval in force",
    "The offender's own interval from the risk management plan (in days): the newest dated on or before D, unless its "
    "`to_on` has come (an older one does not come back). Else by risk: very high 1 month, high 3, medium 6, low 12, "
    "unassessed 3. A month later is the same day of the month, or the month's last day where there is none.",
    (
        Example(
            "By risk",
            "Four offenders visited on 10 January, one at each level.",
            """
            offenders | offender_ref | registered_on
                      | V1           | 2025-01-01
                      | V2           | 2025-01-01
                      | V3           | 2025-01-01
                      | V4           | 2025-01-01
            risk_assessments | offender_ref | assessed_on | risk_level
                             | V1           | 2025-01-05  | very_high
                             | V2           | 2025-01-05  | high
                             | V3           | 2025-01-05  | medium
                             | V4           | 2025-01-05  | low
            visits | offender_ref | visited_at
                   | V1           | 2025-01-10T10:00:00Z
                   | V2           | 2025-01-10T10:00:00Z
                   | V3           | 2025-01-10T10:00:00Z
                   | V4           | 2025-01-10T10:00:00Z
            """,
            (
                (
                    "state as of 2025-01-10",
                    """
                    offender_ref | risk_level | interval  | due_on
                    V1           | very_high  | 1 month   | 2025-02-10
                    V2           | high       | 3 months  | 2025-04-10
                    V3           | medium     | 6 months  | 2025-07-10
                    V4           | low        | 12 months | 2026-01-10
                    """,
                ),
            ),
        ),
        Example(
            "Ends of months and leap years",
            "One month after 31 January is 28 February, or 29 February in a leap year; three months after 30 November "
            "is the last of February; a year after 29 February is 28 February.",
            """
            offenders | offender_ref | registered_on
                      | V1           | 2023-11-20
                      | V2           | 2023-11-20
                      | V3           | 2023-11-20
                      | V4           | 2023-11-20
            risk_assessments | offender_ref | assessed_on | risk_level
                             | V1           | 2023-11-20  | very_high
                             | V2           | 2023-11-20  | very_high
                             | V3           | 2023-11-20  | high
                             | V4           | 2023-11-20  | low
            visits | offender_ref | visited_at
                   | V1           | 2025-01-31T10:00:00Z
                   | V2           | 2024-01-31T10:00:00Z
                   | V3           | 2024-11-30T10:00:00Z
                   | V4           | 2024-02-29T10:00:00Z
            """,
            (
                (
                    "state as of 2025-01-31",
                    """
                    offender_ref | due_on
                    V1           | 2025-02-28
                    V2           | 2024-02-29
                    V3           | 2025-02-28
                    V4           | 2025-02-28
                    """,
                ),
            ),
        ),
        Example(
            "An own interval before the interval by risk",
            "The plan asks for a visit every 45 days from 5 January, whatever the risk.",
            """
            offenders | registered_on
                      | 2025-01-01
            visit_intervals | from_on    | to_on | interval_days
                            | 2025-01-05 |       | 45
            visits | visited_at
                   | 2025-01-10T10:00:00Z
            """,
            (("state as of 2025-01-10", "interval | due_on \n 45 days | 2025-02-24"),),
        ),
        Example(
            "When an own interval ends, an older one does not come back",
            "Sixty days from 5 January without an end; ten days from 1 March to 11 March; from then on by risk.",
            """
            offenders | registered_on
                      | 2025-01-01
            visit_intervals | from_on    | to_on      | interval_days
                            | 2025-01-05 |            | 60
                            | 2025-03-01 | 2025-03-11 | 10
            """,
            (
                ("state as of 2025-02-28", "interval \n 60 days"),
                ("state as of 2025-03-10", "interval \n 10 days"),
                ("state as of 2025-03-11", "interval \n 3 months"),
            ),
        ),
        Example(
            "Policy changes on its day",
            "A new policy from 1 June visits medium risk every three months.",
            """
            policy | from_on    | medium
                   | 2025-06-01 | 3 months
            offenders | registered_on
                      | 2025-01-01
            risk_assessments | assessed_on | risk_level
                             | 2025-01-05  | medium
            """,
            (
                ("state as of 2025-05-31", "interval \n 6 months"),
                ("state as of 2025-06-01", "interval \n 3 months"),
            ),
        ),
    ),
)

HOLDER = Rule(
    "S5",
    "Holder and team",
    "The holder is the newest allocation dated on or before D unless its `to_on` has come; else the offender is "
    "unallocated. The team is the holder's team.",
    (
        Example(
            "Handed over, then nobody's",
            "Held by O1, handed to O2 on 1 February; O2's allocation ends on 1 March and O1's does not come back.",
            """
            teams | team_ref | unit
                  | T1       | MOSOVO
                  | T2       | MOSOVO
            officers | officer_ref | team_ref
                     | O1          | T1
                     | O2          | T2
            offenders | registered_on
                      | 2025-01-01
            allocations | officer_ref | from_on    | to_on
                        | O1          | 2025-01-05 |
                        | O2          | 2025-02-01 | 2025-03-01
            """,
            (
                ("overdue as of 2025-01-31", "offender_ref | officer_ref | team_ref \n V1 | O1 | T1"),
                ("overdue as of 2025-02-01", "offender_ref | officer_ref | team_ref \n V1 | O2 | T2"),
                ("overdue as of 2025-03-01", "offender_ref | officer_ref | team_ref \n V1 | | "),
            ),
        ),
    ),
)

SECTION = Section("Offender state on a day", (MANAGED, CLOCK, RISK, INTERVAL, HOLDER))
