"""Small made-up data sets, dense with events on the same few days, to hold the engine against the oracle."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from offendermgmt.domain.policy import Interval, Policy
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.policies import shipped_policy
from offendermgmt.services.reports import OVER_PERIODS, REPORTS
from tests.tables import Rows

STATUSES = ("community", "community", "abroad", "abroad", "no_fixed_abode", "missing", "custody", "reactive", "ended")
LEVELS = ("very_high", "high", "medium", "low")
STAGES = (
    *("awaiting_development", "awaiting_allocation", "awaiting_enforcement"),
    *("under_investigation", "awaiting_forensics", "with_cps", "closed"),
)
OUTCOMES = ("completed", "completed", "completed", "no_reply", "refused", "moved", "cancelled")
CLOCKS = ("T09:00:00Z", "T23:30:00Z", "T00:15:00+01:00", "T14:00:00", "T23:59:59")
OFFICERS = ("O1", "O2", "O3", "O4")
STARTS = (date(2023, 12, 20), date(2024, 2, 10), date(2025, 1, 25), date(2024, 9, 20))


Choice = TypeVar("Choice")


@dataclass(frozen=True)
class MadeUp:
    """Tables as text, the policy versions, and days worth asking about."""

    tables: Mapping[str, Rows]
    policies: tuple[Policy, ...]
    days: tuple[date, ...]

    def queries(self, random: Random) -> list[dict[str, str]]:
        """A query of every report, as of one day or over one range, all as known at the same moment or now."""
        first, last = sorted(random.choices(self.days, k=2))
        known = {"known_at": f"{random.choice(self.days)}T12:00:00Z"} if random.random() < 0.3 else {}
        spans = {"from": str(first), "to": str(last), "every": random.choice(("day", "week", "month"))}
        return [
            {"report": report, **(spans if report in OVER_PERIODS else {"as_of": str(last)}), **known}
            for report in REPORTS
        ]


def made_up(random: Random) -> MadeUp:
    """A data set of a few people and cases; facts fall on a few days, and recordings at a few moments."""
    return _Maker(random).make()


class _Maker:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.start = random.choice(STARTS)
        self.hot = [self.start]
        for _ in range(random.randint(3, 13)):
            self.hot.append(random.choice(self.hot) + timedelta(days=random.choice(_STEPS)))
        self.end = max(self.hot) + timedelta(days=20)

    def make(self) -> MadeUp:
        tables: dict[str, Rows] = {
            "teams": [{"team_ref": ref, "name": ref, "unit": "POLIT" if ref == "P1" else "MOSOVO"} for ref in _TEAMS],
            "officers": [self.officer(ref) for ref in OFFICERS],
            "officer_availability": self.some(
                3, lambda: self.dated(officer_ref=self.pick(*OFFICERS), fte=self.pick("0", "0.4"))
            ),
        }
        tables["offenders"] = [
            {"offender_ref": f"V{number}", "registered_on": str(self.day()), "recorded_at": self.early()}
            for number in range(self.random.randint(1, 4))
        ]
        tables["polit_cases"] = [
            {"case_ref": f"C{number}", "received_on": str(self.day()), "source": "nca", "recorded_at": self.early()}
            for number in range(self.random.randint(1, 3))
        ]
        for row in tables["offenders"]:
            self.offender(tables, {"offender_ref": row["offender_ref"]}, date.fromisoformat(row["registered_on"]))
        tables["image_viewing"] = self.some(
            3, lambda: {"officer_ref": self.pick(*OFFICERS), "viewed_on": str(self.day())}
        )
        for row in tables["polit_cases"]:
            self.case(tables, {"case_ref": row["case_ref"]}, date.fromisoformat(row["received_on"]))
        for name in sorted(tables.keys() - {"teams", "officers"}):
            self.record_again(tables[name])
        asked = [day + timedelta(days=shift) for day in self.hot for shift in (-1, 0, 1, 16, 40)]
        return MadeUp(tables, self.policies(), (*asked, self.end))

    def offender(self, tables: dict[str, Rows], ref: dict[str, str], after: date) -> None:
        add, day, pick = self.adder(tables), self.day, self.pick
        add("offender_statuses", 9, lambda: ref | {"from_on": str(day(after)), "status": pick(*STATUSES)})
        add("risk_assessments", 6, lambda: ref | self.assessment(after))
        add("allocations", 4, lambda: self.dated(after, **ref, officer_ref=pick(*OFFICERS)))
        add("visit_intervals", 4, lambda: self.dated(after, **ref, interval_days=pick("1", "2", "5", "12", "31", "60")))
        add("visits", 9, lambda: ref | self.visit(after, len(tables["visits"])))
        for _ in range(self.random.randint(0, 2)):
            tables["offender_statuses"] += [ref | row for row in self.stop(after)]

    def stop(self, after: date) -> Rows:
        """A stop and its end, often beginning on a day that something falls due."""
        first = self.day(after) + timedelta(days=self.pick(*_STEPS))
        back = first + timedelta(days=self.pick(1, 2, 10, 20))
        away, running = self.pick("abroad", "abroad", "custody"), self.pick("community", "missing")
        return [{"from_on": str(first), "status": away}, {"from_on": str(back), "status": running}]

    def case(self, tables: dict[str, Rows], ref: dict[str, str], after: date) -> None:
        add, day, pick = self.adder(tables), self.day, self.pick
        add("polit_stages", 7, lambda: ref | {"from_on": str(day(after)), "stage": pick(*STAGES)})
        add("polit_assessments", 5, lambda: ref | self.assessment(after) | {"tool_version": pick("", "2", "3")})
        add("polit_allocations", 3, lambda: self.dated(after, **ref, officer_ref=pick(*OFFICERS)))
        add("polit_activities", 3, lambda: ref | {"activity_ref": pick("A1", "A2", "A3"), "on": str(day(after))})
        add("polit_children", 3, lambda: ref | self.child(after))
        add("polit_enforcements", 3, lambda: ref | self.enforcement(after))
        add("polit_examinations", 3, lambda: ref | self.examination(after))
        add("polit_access", 3, lambda: ref | {"from_on": str(day(after)), "access": pick("yes", "no", "not_known")})
        add("polit_information", 3, lambda: ref | self.information(after))

    def officer(self, ref: str) -> dict[str, str]:
        team, supervisor = self.pick(*_TEAMS), self.pick("true", "false")
        return {
            "officer_ref": ref,
            "team_ref": team,
            "is_supervisor": supervisor,
            "fte": self.pick("1.0", "0.5", "0.05"),
        }

    def assessment(self, after: date) -> dict[str, str]:
        return {"assessed_on": str(self.day(after)), "tool": self.pick("ARMS", "OSP"), "risk_level": self.pick(*LEVELS)}

    def visit(self, after: date, number: int) -> dict[str, str]:
        on, crew = self.day(after), ";".join(self.random.choices(OFFICERS, k=self.random.randint(1, 2)))
        row = {"visit_ref": f"X{number}", "visited_at": f"{on}{self.pick(*CLOCKS)}", "outcome": self.pick(*OUTCOMES)}
        return row | {
            "officer_refs": crew,
            "lone_reason": self.pick("urgent", "urgent", ""),
            "lone_risk_assessed_on": self.pick(str(on), str(on), str(on + timedelta(days=1)), ""),
            "lone_authorised_by": self.pick(*OFFICERS, ""),
            "lone_authorised_at": self.pick(f"{on}T09:00:00Z", f"{on}T08:59:59", f"{on}T23:30:00Z", ""),
        }

    def child(self, after: date) -> dict[str, str]:
        found = self.day(after)
        safe = self.pick("", str(found), str(self.day(found)))
        return {"child_ref": self.pick("K1", "K2"), "identified_on": str(found), "safeguarded_on": safe}

    def enforcement(self, after: date) -> dict[str, str]:
        kind = self.pick("arrest", "voluntary_interview", "warrant")
        return {"enforcement_ref": self.pick("E1", "E2", "E3"), "on": str(self.day(after)), "kind": kind}

    def examination(self, after: date) -> dict[str, str]:
        sent = self.day(after)
        result = self.pick("", str(sent), str(self.day(sent)))
        return {"examination_ref": self.pick("X1", "X2"), "submitted_on": str(sent), "result_on": result}

    def information(self, after: date) -> dict[str, str]:
        calls = self.pick("true", "false")
        return {
            "information_ref": self.pick("I1", "I2"),
            "received_on": str(self.day(after)),
            "needs_assessment": calls,
        }

    def dated(self, after: date | None = None, **columns: str) -> dict[str, str]:
        """A row with `from_on` and sometimes `to_on` after it."""
        first = self.day(after)
        last = self.day(first)
        closes = last > first and self.random.random() < 0.5
        return columns | {"from_on": str(first), "to_on": str(last) if closes else ""}

    def policies(self) -> tuple[Policy, ...]:
        """The shipped version, and sometimes shorter ones from busy days on."""
        versions = [shipped_policy()]
        for from_on in sorted(set(self.random.choices(self.hot, k=self.random.choice((0, 0, 1, 2))))):
            lengths = (Interval(days=3), Interval(days=10), Interval(days=31), Interval(months=1), Interval(months=2))
            limits = {level: self.pick(1, 3, 10, 20) for level in RiskLevel}
            versions.append(
                replace(
                    versions[0],
                    version=str(from_on),
                    from_on=from_on,
                    visit_intervals={level: self.pick(*lengths) for level in RiskLevel},
                    initial_visit_days=self.pick(5, 15, 20),
                    band_ends=self.pick((7, 30), (1, 10, 90)),
                    cases_per_fte=self.pick(1, 2, 50),
                    polit_act_days=limits,
                    polit_stalled_days=limits,
                )
            )
        return tuple(versions)

    def adder(self, tables: dict[str, Rows]) -> Callable[[str, int, Callable[[], dict[str, str]]], None]:
        def add(name: str, most: int, row: Callable[[], dict[str, str]]) -> None:
            rows = tables.setdefault(name, [])
            for _ in range(self.random.randint(0, most)):
                rows.append(row() | {"recorded_at": self.moment()})

        return add

    def some(self, most: int, row: Callable[[], dict[str, str]]) -> Rows:
        return [row() | {"recorded_at": self.moment()} for _ in range(self.random.randint(0, most))]

    def record_again(self, rows: Rows) -> None:
        """Some rows corrected, withdrawn, or put back."""
        for row in list(rows):
            chance = self.random.random()
            if chance < 0.1:
                rows.append(row | {"is_void": "true", "recorded_at": self.moment()})
            elif chance < 0.2:
                rows.append(
                    row | {name: str(self.day()) for name in sorted(_FIRST_DAYS & row.keys())} | self.seen_again(row)
                )

    def seen_again(self, row: dict[str, str]) -> dict[str, str]:
        """A later recording of a row; a visit's moves it to another day."""
        moved = self.visit(self.start, 0) if "visit_ref" in row else {}
        return moved | {"visit_ref": row.get("visit_ref", ""), "recorded_at": self.moment()}

    def day(self, after: date | None = None) -> date:
        """One of the busy days or a day next to one, mostly not before `after`."""
        day = self.pick(*self.hot) + timedelta(days=self.pick(-1, 0, 0, 0, 1))
        return day if after is None or day >= after else after

    def moment(self) -> str:
        return self.pick("", f"{self.pick(*self.hot)}T12:00:00Z", f"{self.pick(*self.hot)}T12:00:00+01:00")

    def early(self) -> str:
        return self.pick("", "", "", self.moment())

    def pick(self, *choices: Choice) -> Choice:
        return self.random.choice(choices)


_TEAMS = ("T1", "T2", "P1")
_FIRST_DAYS = {"registered_on", "received_on"}
# Days apart that make events fall on due dates of the intervals and limits in use, and on days next to them.
_STEPS = (1, 2, 3, 5, 7, 10, 12, 14, 15, 20, 30, 31, 60, 90, 92)
