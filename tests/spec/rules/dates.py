"""Days, as of, as known at, corrections (D1 to D4)."""

from tests.spec.reading import Example, Rule, Section

LONDON = Rule(
    "D1",
    "Days are London days",
    "Obligations are counted in whole days in Europe/London. A timestamp belongs to its London date; one without an "
    "offset is London local time.",
    (
        Example(
            "A late visit in summer belongs to the next day",
            "In July London is an hour ahead of UTC, so a visit at 23:30 UTC happened on the day after.",
            """
            offenders | registered_on
                      | 2025-06-20
            visits | visited_at
                   | 2025-07-01T23:30:00Z
            """,
            (("state as of 2025-07-03", "last_completed_on | due_on \n 2025-07-02 | 2025-10-02"),),
        ),
        Example(
            "A late visit in winter belongs to its own day",
            "In January London is at UTC, so a visit at 23:30 UTC happened on that day.",
            """
            offenders | registered_on
                      | 2025-01-01
            visits | visited_at
                   | 2025-01-10T23:30:00Z
            """,
            (("state as of 2025-01-11", "last_completed_on | due_on \n 2025-01-10 | 2025-04-10"),),
        ),
        Example(
            "On the night summer time begins and ends",
            "Clocks go forward on 30 March 2025 and back on 26 October 2025, at 01:00 UTC: 23:30 UTC on 29 March is "
            "still that day, 23:30 UTC on 25 October is the next, and 23:30 UTC on 30 March and 26 October fall on "
            "the two sides of midnight.",
            """
            offenders | offender_ref | registered_on
                      | V1           | 2025-03-20
                      | V2           | 2025-03-20
                      | V3           | 2025-10-20
                      | V4           | 2025-10-20
            visits | offender_ref | visited_at
                   | V1           | 2025-03-29T23:30:00Z
                   | V2           | 2025-03-30T23:30:00Z
                   | V3           | 2025-10-25T23:30:00Z
                   | V4           | 2025-10-26T23:30:00Z
            """,
            (
                (
                    "state as of 2025-10-31",
                    """
                    offender_ref | last_completed_on
                    V1           | 2025-03-29
                    V2           | 2025-03-31
                    V3           | 2025-10-26
                    V4           | 2025-10-26
                    """,
                ),
            ),
        ),
        Example(
            "A time without an offset is London time",
            "A visit recorded as 23:30 in July, without an offset, happened at 23:30 in London: on that day.",
            """
            offenders | registered_on
                      | 2025-06-20
            visits | visited_at
                   | 2025-07-01T23:30:00
            """,
            (("state as of 2025-07-03", "last_completed_on \n 2025-07-01"),),
        ),
    ),
)

AS_OF = Rule(
    "D2",
    "As of a day",
    "A figure as of D describes the end of day D: facts dated D or earlier count, later ones do not, whatever today's "
    "date is. A closing date (`to_on`) is the first day the fact no longer holds. A report over a range is as of its "
    "last day.",
    (
        Example(
            "What happens later does not change an earlier day",
            "A visit in March does not make February's board any better.",
            """
            offenders | registered_on
                      | 2025-01-01
            visits | visited_at
                   | 2025-03-10T10:00:00Z
            """,
            (
                ("overdue as of 2025-02-28", "offender_ref | due_on | days_overdue \n V1 | 2025-01-16 | 43"),
                ("overdue as of 2025-03-10", "offender_ref | due_on | days_overdue"),
            ),
        ),
        Example(
            "A closing date is the first day without",
            "An allocation that ends on 1 March holds to the end of 28 February.",
            """
            officers | officer_ref
                     | O1
            offenders | registered_on
                      | 2025-01-01
            allocations | officer_ref | from_on    | to_on
                        | O1          | 2025-01-05 | 2025-03-01
            """,
            (
                ("state as of 2025-02-28", "offender_ref | officer_ref \n V1 | O1"),
                ("state as of 2025-03-01", "offender_ref | officer_ref \n V1 |"),
            ),
        ),
        Example(
            "A range is as of its last day",
            "The visit due on 10 April was not made, and on 20 April risk was lowered: it is due next January. "
            "A range that ends on 15 April has it due and not met; one that ends on 30 April does not.",
            """
            offenders | registered_on
                      | 2025-01-01
            risk_assessments | assessed_on | risk_level
                             | 2025-04-20  | low
            visits | visited_at
                   | 2025-01-10T10:00:00Z
            """,
            (
                ("compliance from 2025-04-01 to 2025-04-15 every month", "due | met | rate \n 1 | 0 | 0.0"),
                ("compliance from 2025-04-01 to 2025-04-30 every month", "due | met | rate \n 0 | 0 |"),
            ),
        ),
    ),
)

KNOWN_AT = Rule(
    "D3",
    "As known at a moment",
    "A figure as known at T uses only what had been recorded by T. Without T, all that is known now.",
    (
        Example(
            "A visit recorded late",
            "The visit of 10 January was typed in on 3 February: on 31 January the board said overdue, and the figure "
            "as known then still does.",
            """
            offenders | registered_on
                      | 2025-01-01
            visits | visited_at           | recorded_at
                   | 2025-01-10T10:00:00Z | 2025-02-03T09:00:00Z
            """,
            (
                (
                    "overdue as of 2025-01-31 known at 2025-02-03T08:59:59Z",
                    "offender_ref | due_on | days_overdue \n V1 | 2025-01-16 | 15",
                ),
                ("overdue as of 2025-01-31 known at 2025-02-03T09:00:00Z", "offender_ref | due_on | days_overdue"),
                ("overdue as of 2025-01-31", "offender_ref | due_on | days_overdue"),
            ),
        ),
        Example(
            "Nobody yet",
            "Before the offender had been recorded there was nobody to be overdue.",
            """
            offenders | registered_on | recorded_at
                      | 2025-01-01    | 2025-02-10T09:00:00Z
            """,
            (
                (
                    "backlog-flow from 2025-02-01 to 2025-02-28 every month known at 2025-02-09T12:00:00Z",
                    """
              opening | became_overdue | closing
              0       | 0              | 0
              """,
                ),
            ),
        ),
    ),
)

CORRECTION = Rule(
    "D4",
    "Corrections and withdrawals",
    "Facts are never overwritten. The same key recorded again is a correction: the newest recording stands, and the "
    "earlier ones remain for figures as known before it. A recording marked void withdraws the fact.",
    (
        Example(
            "A status corrected",
            "The status of 1 March was first recorded as custody, then corrected to abroad.",
            """
            offenders | registered_on
                      | 2025-01-01
            offender_statuses | from_on    | status  | recorded_at
                              | 2025-03-01 | custody | 2025-03-01T12:00:00Z
                              | 2025-03-01 | abroad  | 2025-03-08T12:00:00Z
            """,
            (
                ("state as of 2025-03-02 known at 2025-03-07T12:00:00Z", "status \n custody"),
                ("state as of 2025-03-02", "status \n abroad"),
            ),
        ),
        Example(
            "A visit withdrawn, and put back",
            "A visit recorded in error is withdrawn: the obligation stands as if it had never been made, until the "
            "visit is recorded again.",
            """
            offenders | registered_on
                      | 2025-01-01
            visits | visit_ref | visited_at           | recorded_at          | is_void
                   | X1        | 2025-01-10T10:00:00Z | 2025-01-10T12:00:00Z |
                   | X1        | 2025-01-10T10:00:00Z | 2025-01-20T12:00:00Z | true
                   | X1        | 2025-01-11T10:00:00Z | 2025-01-30T12:00:00Z |
            """,
            (
                ("state as of 2025-01-31 known at 2025-01-19T12:00:00Z", "due_on \n 2025-04-10"),
                ("state as of 2025-01-31 known at 2025-01-29T12:00:00Z", "due_on \n 2025-01-16"),
                ("state as of 2025-01-31", "due_on \n 2025-04-11"),
            ),
        ),
        Example(
            "The newest recording stands, whatever order it came in",
            "The recording made later on the day is the one that stands, though it was loaded first.",
            """
            offenders | registered_on
                      | 2025-01-01
            risk_assessments | assessed_on | risk_level | recorded_at
                             | 2025-01-05  | low        | 2025-01-06T15:00:00Z
                             | 2025-01-05  | high       | 2025-01-06T09:00:00Z
            """,
            (("state as of 2025-01-31", "risk_level \n low"),),
        ),
    ),
)

SECTION = Section("Dates", (LONDON, AS_OF, KNOWN_AT, CORRECTION))
