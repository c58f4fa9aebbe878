"""The visit clock (V1 to V7)."""

from tests.spec.reading import Example, Rule, Section

START = Rule(
    "V1",
    "Start",
    "On the first day the clock runs after registration, or after a stop that included any state but `abroad`, a new "
    "obligation starts: due that day + 15 days, whatever the risk.",
    (
        Example(
            "Registered on 1 January",
            "The first visit is due on 16 January 2025.",
            """
            offenders | registered_on
                      | 2025-01-01
            risk_assessments | assessed_on | risk_level
                             | 2025-01-02  | very_high
            """,
            (("state as of 2025-01-02", "due_on | due_reason \n 2025-01-16 | registered"),),
        ),
        Example(
            "Released from custody",
            "In custody from 1 March, released on 1 September: due on 16 September, whatever was due before.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-03-01 | custody
                              | 2025-09-01 | community
            """,
            (
                ("overdue as of 2025-02-28", "due_on | days_overdue \n 2025-01-16 | 43"),
                ("overdue as of 2025-03-01", "due_on | days_overdue"),
                ("state as of 2025-09-01", "due_on | due_reason \n 2025-09-16 | clock_restarted"),
            ),
        ),
        Example(
            "Registered while in custody",
            "The clock first runs on release, and the first visit is due 15 days after that.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-01-01 | custody
                              | 2025-04-10 | community
            """,
            (
                ("state as of 2025-04-09", "offender_ref | due_on \n V1 |"),
                ("state as of 2025-04-10", "due_on \n 2025-04-25"),
            ),
        ),
        Example(
            "Registered while abroad",
            "There was no obligation to pause: the clock first runs on the return, and an obligation starts then.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-01-01 | abroad
                              | 2025-04-10 | community
            """,
            (("state as of 2025-04-10", "due_on \n 2025-04-25"),),
        ),
        Example(
            "Abroad, then custody, in one stop",
            "The stop included custody, so it is no mere pause: a new obligation starts on 20 May.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-05-01 | abroad
                              | 2025-05-10 | custody
                              | 2025-05-20 | community
            visits | visited_at
                   | 2025-02-10T10:00:00Z
            """,
            (("state as of 2025-05-20", "due_on | due_reason \n 2025-06-04 | clock_restarted"),),
        ),
        Example(
            "Re-graded before the first visit",
            "An obligation of this rule does not move when the interval changes.",
            """
            offenders | registered_on
                      | 2025-01-01
            risk_assessments | assessed_on | risk_level
                             | 2025-01-05  | low
                             | 2025-01-10  | very_high
            """,
            (("state as of 2025-01-10", "due_on | due_reason \n 2025-01-16 | registered"),),
        ),
    ),
)

VISIT = Rule(
    "V2",
    "Visit",
    "Only a visit with outcome `completed`, on a day when the clock runs, satisfies an obligation. Completed on day V "
    "it closes the obligation and opens the next: due V + the interval in force on V.",
    (
        Example(
            "High risk, visited on 31 January",
            "The next visit is due on 30 April 2025.",
            """
            offenders | registered_on
                      | 2025-01-20
            risk_assessments | assessed_on | risk_level
                             | 2025-01-21  | high
            visits | visited_at
                   | 2025-01-31T10:00:00Z
            """,
            (("state as of 2025-01-31", "due_on | due_reason \n 2025-04-30 | visited"),),
        ),
        Example(
            "A failed attempt satisfies nothing",
            "No reply on 10 January: the visit is still due on 16 January.",
            """
            offenders | registered_on
                      | 2025-01-01
            visits | visited_at           | outcome
                   | 2025-01-10T10:00:00Z | no_reply
                   | 2025-01-11T10:00:00Z | refused
                   | 2025-01-12T10:00:00Z | moved
                   | 2025-01-13T10:00:00Z | cancelled
            """,
            (("state as of 2025-01-17", "due_on | last_completed_on \n 2025-01-16 |"),),
        ),
        Example(
            "A visit while the clock is stopped",
            "Seen in custody on 10 March: it closes nothing, and is not the last completed visit.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-03-01 | custody
                              | 2025-03-20 | community
            visits | visited_at
                   | 2025-03-10T10:00:00Z
            """,
            (("state as of 2025-03-20", "due_on | last_completed_on \n 2025-04-04 |"),),
        ),
        Example(
            "A visit on the day of release",
            "The clock runs on the day of release, so a visit that day meets the obligation that starts on it.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-01-01 | custody
                              | 2025-03-20 | community
            visits | visited_at
                   | 2025-03-20T16:00:00Z
            """,
            (
                ("state as of 2025-03-20", "due_on | due_reason \n 2025-06-20 | visited"),
                ("compliance from 2025-04-01 to 2025-04-30 every month", "due | met \n 1 | 1"),
            ),
        ),
        Example(
            "A visit on the day custody begins",
            "The state at the end of the day is custody, the clock does not run, and the visit satisfies nothing.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-01-20 | custody
            visits | visited_at
                   | 2025-01-20T09:00:00Z
            """,
            (
                ("state as of 2025-01-20", "due_on | last_completed_on \n |"),
                (
                    "backlog-flow from 2025-01-01 to 2025-01-31 every month",
                    "became_overdue | visited | suspended \n 1 | 0 | 1",
                ),
            ),
        ),
        Example(
            "Two visits on one day",
            "The second closes nothing more: one obligation was met.",
            """
            offenders | registered_on
                      | 2025-01-01
            visits | visited_at
                   | 2025-01-10T10:00:00Z
                   | 2025-01-10T15:00:00Z
            """,
            (
                ("state as of 2025-01-10", "due_on \n 2025-04-10"),
                (
                    "compliance from 2025-01-01 to 2025-04-30 every month",
                    """
                  period_end | due | met
                  2025-01-31 | 1   | 1
                  2025-02-28 | 0   | 0
                  2025-03-31 | 0   | 0
                  2025-04-30 | 1   | 0
                  """,
                ),
            ),
        ),
        Example(
            "A visit on the day of a re-grade",
            "The interval in force on the day of the visit is the new one.",
            """
            offenders | registered_on
                      | 2025-01-01
            risk_assessments | assessed_on | risk_level
                             | 2025-01-02  | low
                             | 2025-02-10  | very_high
            visits | visited_at
                   | 2025-01-10T10:00:00Z
                   | 2025-02-10T10:00:00Z
            """,
            (("state as of 2025-02-10", "due_on | due_reason \n 2025-03-10 | visited"),),
        ),
    ),
)

CHANGE = Rule(
    "V3",
    "Change of interval",
    "When the interval in force changes on day C (new assessment, plan or policy) the due date moves to last visit + "
    "new interval; but it never moves to before C: if that date has passed, the visit falls due on C, unless it had "
    "already fallen due before C, and then it stays due from its old date. An obligation under V1 does not move. "
    "So raising risk never invents past days overdue, and a change never hides days that are real unless the longer "
    "interval genuinely covers them. In one formula, due' = max(last visit + interval, due if due < C else C).",
    (
        Example(
            "Raised from low to high",
            "Low, visited on 1 January; raised to high on 1 June 2025: due that day, and 1 day overdue on 2 June.",
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
                ("state as of 2025-05-31", "due_on \n 2026-01-01"),
                ("state as of 2025-06-01", "due_on | due_reason \n 2025-06-01 | interval_changed"),
                ("overdue as of 2025-06-01", "due_on | days_overdue"),
                ("overdue as of 2025-06-02", "due_on | days_overdue | band \n 2025-06-01 | 1 | 1-7"),
            ),
        ),
        Example(
            "Raised when already overdue",
            "High, visited on 1 January (due 1 April), raised to very high on 10 April: it stays due from 1 April, 9 "
            "days overdue on 10 April.",
            """
            offenders | registered_on
                      | 2024-12-20
            risk_assessments | assessed_on | risk_level
                             | 2024-12-21  | high
                             | 2025-04-10  | very_high
            visits | visited_at
                   | 2025-01-01T10:00:00Z
            """,
            (("overdue as of 2025-04-10", "risk_level | due_on | days_overdue \n very_high | 2025-04-01 | 9"),),
        ),
        Example(
            "Lowered when overdue",
            "High, visited on 1 January, lowered to low on 10 April: due on 1 January next year, and the overdue spell "
            "ends as `interval_changed`.",
            """
            offenders | registered_on
                      | 2024-12-20
            risk_assessments | assessed_on | risk_level
                             | 2024-12-21  | high
                             | 2025-04-10  | low
            visits | visited_at
                   | 2025-01-01T10:00:00Z
            """,
            (
                ("state as of 2025-04-10", "due_on | due_reason \n 2026-01-01 | interval_changed"),
                (
                    "backlog-flow from 2025-04-01 to 2025-04-30 every month",
                    """
                    opening | became_overdue | visited | interval_changed | closing
                    0       | 1              | 0       | 1                | 0
                    """,
                ),
            ),
        ),
        Example(
            "Raised before the new date has come",
            "Low, visited on 1 January; raised to medium on 1 June: due on 1 July, six months after the visit.",
            """
            offenders | registered_on
                      | 2024-12-20
            risk_assessments | assessed_on | risk_level
                             | 2024-12-21  | low
                             | 2025-06-01  | medium
            visits | visited_at
                   | 2025-01-01T10:00:00Z
            """,
            (("state as of 2025-06-01", "due_on \n 2025-07-01"),),
        ),
        Example(
            "Raised on the due date itself",
            "Due on 1 April and raised that day: it had not fallen due before, and falls due that day.",
            """
            offenders | registered_on
                      | 2024-12-20
            risk_assessments | assessed_on | risk_level
                             | 2024-12-21  | high
                             | 2025-04-01  | very_high
            visits | visited_at
                   | 2025-01-01T10:00:00Z
            """,
            (("state as of 2025-04-02", "due_on \n 2025-04-01"),),
        ),
        Example(
            "Raised, then lowered again",
            "Raised on 1 June it fell due that day; lowered on 1 July, the visit of 1 January covers a year again.",
            """
            offenders | registered_on
                      | 2024-12-20
            risk_assessments | assessed_on | risk_level
                             | 2024-12-21  | low
                             | 2025-06-01  | high
                             | 2025-07-01  | low
            visits | visited_at
                   | 2025-01-01T10:00:00Z
            """,
            (
                ("overdue as of 2025-06-30", "due_on | days_overdue \n 2025-06-01 | 29"),
                ("state as of 2025-07-01", "due_on \n 2026-01-01"),
            ),
        ),
        Example(
            "A plan's own interval ends",
            "Every 30 days from 5 January, until 1 February: from then by risk again, three months after the visit.",
            """
            offenders | registered_on
                      | 2025-01-01
            visit_intervals | from_on    | to_on      | interval_days
                            | 2025-01-05 | 2025-02-01 | 30
            visits | visited_at
                   | 2025-01-10T10:00:00Z
            """,
            (
                ("state as of 2025-01-31", "due_on \n 2025-02-09"),
                ("state as of 2025-02-01", "due_on \n 2025-04-10"),
            ),
        ),
        Example(
            "Policy changes the interval",
            "A new policy on 1 June visits low risk every three months: all of those last visited in January fall due "
            "on 1 June, none before it.",
            """
            policy | from_on    | low
                   | 2025-06-01 | 3 months
            offenders | registered_on
                      | 2024-12-20
            risk_assessments | assessed_on | risk_level
                             | 2024-12-21  | low
            visits | visited_at
                   | 2025-01-01T10:00:00Z
            """,
            (
                ("state as of 2025-05-31", "due_on | due_reason \n 2026-01-01 | visited"),
                ("state as of 2025-06-01", "due_on | due_reason \n 2025-06-01 | interval_changed"),
            ),
        ),
    ),
)

PAUSE = Rule(
    "V4",
    "Pause abroad",
    "After a stop that was only `abroad`, from P (first day stopped) to C (first day running again): the due date is "
    "last visit + interval now in force (V1 obligations: unchanged) but not before C, unless it had fallen due before "
    "P: then it stays due from its old date. In one formula with V3, due' = max(last visit + interval, due if due < P "
    "else C).",
    (
        Example(
            "Fell due while abroad",
            "Due on 10 May, abroad from 1 to 19 May, back on 20 May: due on 20 May.",
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
                ("state as of 2025-05-19", "offender_ref | due_on \n V1 |"),
                ("state as of 2025-05-20", "due_on | due_reason \n 2025-05-20 | returned"),
            ),
        ),
        Example(
            "Due on the day of leaving",
            "Due on 10 May and abroad from that day: it had not fallen due before, so it is due on the return.",
            """
            offenders | registered_on
                      | 2025-01-20
            offender_statuses | from_on    | status
                              | 2025-05-10 | abroad
                              | 2025-05-20 | community
            visits | visited_at
                   | 2025-02-10T10:00:00Z
            """,
            (("state as of 2025-05-20", "due_on | due_reason \n 2025-05-20 | returned"),),
        ),
        Example(
            "Already overdue when leaving",
            "Due on 10 April, abroad from 1 to 19 May, back on 20 May: due from 10 April, overdue again from 20 May.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-05-01 | abroad
                              | 2025-05-20 | community
            visits | visited_at
                   | 2025-01-10T10:00:00Z
            """,
            (
                ("overdue as of 2025-04-30", "due_on | days_overdue \n 2025-04-10 | 20"),
                ("overdue as of 2025-05-19", "due_on | days_overdue"),
                ("overdue as of 2025-05-20", "due_on | days_overdue \n 2025-04-10 | 40"),
                (
                    "backlog-flow from 2025-05-01 to 2025-05-31 every month",
                    """
                    opening | became_overdue | suspended | closing
                    1       | 1              | 1         | 1
                    """,
                ),
            ),
        ),
        Example(
            "Back before it falls due",
            "Due on 10 May, abroad from 1 to 9 April: still due on 10 May.",
            """
            offenders | registered_on
                      | 2025-01-20
            offender_statuses | from_on    | status
                              | 2025-04-01 | abroad
                              | 2025-04-10 | community
            visits | visited_at
                   | 2025-02-10T10:00:00Z
            """,
            (("state as of 2025-04-10", "due_on | due_reason \n 2025-05-10 | visited"),),
        ),
        Example(
            "First visit pending",
            "Registered on 1 January, due 16 January, abroad from 10 to 29 January: due on the return, 30 January.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-01-10 | abroad
                              | 2025-01-30 | community
            """,
            (("state as of 2025-01-30", "due_on | due_reason \n 2025-01-30 | returned"),),
        ),
        Example(
            "Re-graded while abroad",
            "Lowered to low while abroad: the interval now in force counts from the last visit.",
            """
            offenders | registered_on
                      | 2025-01-20
            offender_statuses | from_on    | status
                              | 2025-05-01 | abroad
                              | 2025-05-20 | community
            risk_assessments | assessed_on | risk_level
                             | 2025-05-05  | low
            visits | visited_at
                   | 2025-02-10T10:00:00Z
            """,
            (("state as of 2025-05-20", "due_on | due_reason \n 2026-02-10 | returned"),),
        ),
    ),
)

WITHDRAWN = Rule(
    "V5",
    "Withdrawn",
    "Any other stop withdraws the obligation, as of the first day stopped.",
    (
        Example(
            "Reactive management",
            "Due on 10 April and moved to reactive management on 1 April: nothing is owed, and nothing was missed.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status
                              | 2025-04-01 | reactive
            visits | visited_at
                   | 2025-01-10T10:00:00Z
            """,
            (
                ("state as of 2025-04-11", "offender_ref | due_on \n V1 |"),
                ("compliance from 2025-04-01 to 2025-04-30 every month", "due | met | rate \n 0 | 0 |"),
            ),
        ),
    ),
)

OVERDUE = Rule(
    "V6",
    "Overdue",
    "Overdue on D: the clock runs on D and the due date is before D. Days overdue = D - due. Not overdue on the due "
    "date itself. No grace days.",
    (
        Example(
            "The due date and the day after",
            "Due on 16 January: not overdue that day, one day overdue on 17 January.",
            """
            offenders | registered_on
                      | 2025-01-01
            """,
            (
                ("overdue as of 2025-01-16", "offender_ref | days_overdue"),
                ("overdue as of 2025-01-17", "offender_ref | days_overdue \n V1 | 1"),
            ),
        ),
    ),
)

BANDS = Rule(
    "V7",
    "Bands",
    "Days overdue are shown in bands: 1-7, 8-30, 31-90, 91-180, 181+ days.",
    (
        Example(
            "First and last day of each band",
            "Due on 16 January 2025.",
            """
            offenders | registered_on
                      | 2025-01-01
            """,
            (
                ("overdue as of 2025-01-23", "days_overdue | band \n 7 | 1-7"),
                ("overdue as of 2025-01-24", "days_overdue | band \n 8 | 8-30"),
                ("overdue as of 2025-02-15", "days_overdue | band \n 30 | 8-30"),
                ("overdue as of 2025-02-16", "days_overdue | band \n 31 | 31-90"),
                ("overdue as of 2025-04-16", "days_overdue | band \n 90 | 31-90"),
                ("overdue as of 2025-04-17", "days_overdue | band \n 91 | 91-180"),
                ("overdue as of 2025-07-15", "days_overdue | band \n 180 | 91-180"),
                ("overdue as of 2025-07-16", "days_overdue | band \n 181 | 181+"),
            ),
        ),
    ),
)

SECTION = Section("The visit clock", (START, VISIT, CHANGE, PAUSE, WITHDRAWN, OVERDUE, BANDS))
