"""Caseload (C1 to C4)."""

from tests.spec.reading import Example, Rule, Section


def _held(high: int, others: int, officer: str = "O1") -> str:
    """Facts of an officer who holds so many cases assessed high, and so many assessed low, on 1 February."""
    refs = [f"V{number:02}" for number in range(1, high + others + 1)]
    levels = ["high"] * high + ["low"] * others
    return "\n".join(
        [
            "offenders | offender_ref | registered_on",
            *(f"| {ref} | 2025-01-20" for ref in refs),
            "risk_assessments | offender_ref | assessed_on | risk_level",
            *(f"| {ref} | 2025-01-21 | {level}" for ref, level in zip(refs, levels, strict=True)),
            "allocations | offender_ref | officer_ref | from_on | to_on",
            *(f"| {ref} | {officer} | 2025-01-21 |" for ref in refs),
        ]
    )


_ONE_OFFICER = "officers | officer_ref | fte \n | O1 | 1 \n"

CASES = Rule(
    "C1",
    "Cases",
    "An officer's cases on D are the managed offenders held on D, in every state but `ended`. Active cases are those "
    "whose clock runs.",
    (
        Example(
            "In custody is a case, ended is not",
            "O1 holds four: one in the community, one in custody, one abroad, one ended.",
            """
            officers | officer_ref
                     | O1
            offenders | offender_ref | registered_on
                      | V1           | 2025-01-01
                      | V2           | 2025-01-01
                      | V3           | 2025-01-01
                      | V4           | 2025-01-01
            offender_statuses | offender_ref | from_on    | status
                              | V2           | 2025-01-10 | custody
                              | V3           | 2025-01-10 | abroad
                              | V4           | 2025-01-10 | ended
            allocations | offender_ref | officer_ref | from_on    | to_on
                        | V1           | O1          | 2025-01-05 |
                        | V2           | O1          | 2025-01-05 |
                        | V3           | O1          | 2025-01-05 |
                        | V4           | O1          | 2025-01-05 |
            """,
            (("caseload as of 2025-02-01", "officer_ref | cases | active_cases \n O1 | 3 | 1"),),
        ),
    ),
)

SHARE = Rule(
    "C2",
    "High-risk share",
    "High and very high cases / cases. It exceeds when above 20%; 20% itself does not. To move = the smallest number "
    "of high-risk cases that, moved away, would comply.",
    (
        Example(
            "Exactly 20%",
            "One high-risk case of five is 20%: not above it.",
            _ONE_OFFICER + _held(1, 4),
            (
                (
                    "caseload as of 2025-02-01",
                    """
              cases | high_risk | share | exceeds_threshold | to_move
              5     | 1         | 0.2   | false             | 0
              """,
                ),
            ),
        ),
        Example(
            "Above 20%",
            "Four of ten: with two moved away two of eight remain (25%), with three one of seven (14%).",
            _ONE_OFFICER + _held(4, 6),
            (
                (
                    "caseload as of 2025-02-01",
                    """
              cases | high_risk | share | exceeds_threshold | to_move
              10    | 4         | 0.4   | true              | 3
              """,
                ),
            ),
        ),
        Example(
            "Only high-risk cases",
            "Two of two: both must be moved.",
            _ONE_OFFICER + _held(2, 0),
            (
                (
                    "caseload as of 2025-02-01",
                    """
              cases | high_risk | share | exceeds_threshold | to_move
              2     | 2         | 1.0   | true              | 2
              """,
                ),
            ),
        ),
    ),
)

FTE = Rule(
    "C3",
    "Cases an FTE",
    "Cases per available FTE, against 50. FTE available = the newest availability dated on or before D unless its "
    "`to_on` has come, else the officer's FTE. Cases held at 0 FTE exceed.",
    (
        Example(
            "On leave and back",
            "Half time by contract; on leave from 1 March, back on 1 April.",
            """
            officers | officer_ref | fte
                     | O1          | 0.5
            officer_availability | officer_ref | from_on    | to_on      | fte
                                 | O1          | 2025-03-01 | 2025-04-01 | 0
            """
            + _held(0, 2),
            (
                (
                    "caseload as of 2025-02-28",
                    "officer_ref | cases | fte | cases_per_fte | exceeds_cap \n O1 | 2 | 0.5 | 4.0 | false",
                ),
                (
                    "caseload as of 2025-03-01",
                    "officer_ref | cases | fte | cases_per_fte | exceeds_cap \n O1 | 2 | 0.0 | | true",
                ),
                (
                    "caseload as of 2025-04-01",
                    "officer_ref | cases | fte | cases_per_fte | exceeds_cap \n O1 | 2 | 0.5 | 4.0 | false",
                ),
            ),
        ),
        Example(
            "At the cap and above",
            "Two cases at 0.04 FTE are 50 per FTE, which does not exceed; at 0.03 they do.",
            """
            officers | officer_ref | fte
                     | O1          | 0.04
            officer_availability | officer_ref | from_on    | to_on | fte
                                 | O1          | 2025-03-01 |       | 0.03
            """
            + _held(0, 2),
            (
                ("caseload as of 2025-02-28", "cases_per_fte | exceeds_cap \n 50.0 | false"),
                ("caseload as of 2025-03-01", "cases_per_fte | exceeds_cap \n 66.67 | true"),
            ),
        ),
    ),
)

UNALLOCATED = Rule(
    "C4",
    "Unallocated cases",
    "Unallocated cases are one row of their own, never dropped; what depends on an officer is empty in it.",
    (
        Example(
            "Nobody's cases",
            "Two offenders without a holder, one of them high risk.",
            """
            offenders | offender_ref | registered_on
                      | V1           | 2025-01-01
                      | V2           | 2025-01-01
            risk_assessments | offender_ref | assessed_on | risk_level
                             | V1           | 2025-01-05  | high
            """,
            (
                (
                    "caseload as of 2025-02-01",
                    """
                    officer_ref | cases | high_risk | share | exceeds_threshold | fte | cases_per_fte | exceeds_cap
                                | 2     | 1         | 0.5   | true              |     |               |
                    """,
                ),
            ),
        ),
    ),
)

SECTION = Section("Caseload", (CASES, SHARE, FTE, UNALLOCATED))
