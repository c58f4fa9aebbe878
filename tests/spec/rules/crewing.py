"""Crewing (W1, W2)."""

from tests.spec.reading import Example, Rule, Section

_PEOPLE = """
            officers | officer_ref | is_supervisor
                     | O1          | false
                     | O2          | false
                     | S1          | true
                     | S2          | true
            offenders | registered_on
                      | 2025-01-01"""

CREW = Rule(
    "W1",
    "Crew",
    "Attended = outcome `completed`, `no_reply`, `refused` or `moved`; `cancelled` is not. Crew = number of distinct "
    "officers. Double-crewed = 2 or more; any other attended visit is lone. Compliance = double-crewed / attended.",
    (
        Example(
            "Attended, and by how many",
            "A cancelled visit is not attended, and an officer named twice is one officer.",
            _PEOPLE
            + """
            visits | visited_at           | outcome   | officer_refs
                   | 2025-02-03T10:00:00Z | completed | O1;O2
                   | 2025-02-04T10:00:00Z | no_reply  | O1;O2;S1
                   | 2025-02-05T10:00:00Z | refused   | O1
                   | 2025-02-06T10:00:00Z | moved     | O2;O2
                   | 2025-02-07T10:00:00Z | cancelled | O1
            """,
            (
                (
                    "crewing from 2025-02-01 to 2025-02-28 every month",
                    """
                    attended | completed | double_crewed | lone | compliance
                    4        | 1         | 2             | 2    | 0.5
                    """,
                ),
            ),
        ),
        Example(
            "No visits, no rate",
            "Nothing was attended in March.",
            _PEOPLE,
            (
                (
                    "crewing from 2025-03-01 to 2025-03-31 every month",
                    "attended | double_crewed | compliance \n 0 | 0 |",
                ),
            ),
        ),
        Example(
            "A visit across midnight counts on its London day",
            "At 23:30 UTC on 31 July it is 1 August in London.",
            _PEOPLE
            + """
            visits | visited_at
                   | 2025-07-31T23:30:00Z
            """,
            (
                (
                    "crewing from 2025-07-31 to 2025-08-01 every day",
                    "period_end | attended \n 2025-07-31 | 0 \n 2025-08-01 | 1",
                ),
            ),
        ),
    ),
)

_ONE_BY_ONE = """
visits | visited_at       | officer_refs | lone_reason | lone_risk_assessed_on | lone_authorised_by | lone_authorised_at
       | 2025-02-03T10:00 | O1           | urgent      | 2025-02-03            | S1                 | 2025-02-03T10:00
       | 2025-02-04T10:00 | O1           | urgent      | 2025-02-04            | S1                 | 2025-02-04T10:01
       | 2025-02-05T10:00 | O1           | urgent      | 2025-02-05            | S1                 |
"""

_WANTING = """
visits | visited_at       | officer_refs | lone_reason | lone_risk_assessed_on | lone_authorised_by | lone_authorised_at
       | 2025-02-03T10:00 | O1           |             | 2025-02-03            | S1                 | 2025-02-03T09:00
       | 2025-02-04T10:00 | O1           | urgent      |                       | S1                 | 2025-02-04T09:00
       | 2025-02-05T10:00 | O1           | urgent      | 2025-02-06            | S1                 | 2025-02-05T09:00
       | 2025-02-06T10:00 | O1           | urgent      | 2025-02-06            | O2                 | 2025-02-06T09:00
       | 2025-02-07T10:00 | S1           | urgent      | 2025-02-07            | S1                 | 2025-02-07T09:00
"""

_BY_ANOTHER = """
visits | visited_at       | officer_refs | lone_reason | lone_risk_assessed_on | lone_authorised_by | lone_authorised_at
       | 2025-02-07T10:00 | S1           | urgent      | 2025-01-20            | S2                 | 2025-02-06T09:00
"""

LONE = Rule(
    "W2",
    "Lone visits",
    "A lone visit is `authorised` when it has a reason, a risk assessment dated on or before the visit's day, and an "
    "authoriser who is a supervisor, is not on the visit, and authorised at or before the time of the visit; "
    "`authorised_late` when all hold but the time; else `unauthorised`.",
    (
        Example(
            "Authorised at the minute, late, and not at all",
            "Authorised at 10:00 for a visit at 10:00; a minute after it; and never.",
            _PEOPLE + _ONE_BY_ONE,
            (
                (
                    "crewing from 2025-02-01 to 2025-02-28 every month",
                    """
                    lone | lone_authorised | lone_authorised_late | lone_unauthorised
                    3    | 1               | 1                    | 1
                    """,
                ),
            ),
        ),
        Example(
            "What leaves a lone visit unauthorised",
            "No reason; no assessment; assessed the day after; authorised by a constable; authorised by oneself.",
            _PEOPLE + _WANTING,
            (
                (
                    "crewing from 2025-02-01 to 2025-02-28 every month",
                    """
                    lone | lone_authorised | lone_authorised_late | lone_unauthorised
                    5    | 0               | 0                    | 5
                    """,
                ),
            ),
        ),
        Example(
            "A supervisor alone, authorised by another",
            "Being a supervisor does not authorise one's own visit; another may, and an earlier assessment will do.",
            _PEOPLE + _BY_ANOTHER,
            (
                (
                    "crewing from 2025-02-01 to 2025-02-28 every month",
                    "lone | lone_authorised | lone_unauthorised \n 1 | 1 | 0",
                ),
            ),
        ),
    ),
)

SECTION = Section("Crewing", (CREW, LONE))
