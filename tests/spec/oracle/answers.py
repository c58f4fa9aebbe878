"""The reports of the data contract, by counting through days one at a time."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from offendermgmt.domain.policy import Policy
from tests.spec.oracle import cases, offenders
from tests.spec.oracle.known import LEVELS, LONDON, Row, Tables, day, days, in_force, known, london_day, moment, of

Answer = list[dict[str, Any]]
ONE_DAY = timedelta(days=1)


class Oracle:
    """What was known at a moment, asked as of a day or over a range."""

    def __init__(self, tables: Tables, policies: list[Policy], known_at: datetime | None = None) -> None:
        self.facts = known(tables, known_at)
        self.policies = policies
        self.known_on = known_at.astimezone(LONDON).date() if known_at else date.max
        self._lives: dict[date, list[offenders.Life]] = {}
        self._cases: dict[date, list[cases.Case]] = {}

    def answer(self, report: str, first: date, last: date, every: str = "day") -> Answer:
        """The rows of a report; `first` matters only to reports over periods."""
        name = report.replace("-", "_")
        if report in {"overdue", "caseload", "polit"}:
            return list(getattr(self, name)(last))
        return list(getattr(self, name)(periods(first, last, every), last))

    def lives(self, last: date) -> list[offenders.Life]:
        if last not in self._lives:
            of_all = [offenders.live(self.facts, row, self.policies, last) for row in self.facts["offenders"]]
            self._lives[last] = of_all
        return self._lives[last]

    def cases(self, last: date) -> list[cases.Case]:
        if last not in self._cases:
            of_all = [cases.live(self.facts, row, self.policies, last) for row in self.facts["polit_cases"]]
            self._cases[last] = of_all
        return self._cases[last]

    def team(self, officer: str) -> str:
        rows = of(self.facts["officers"], "officer_ref", officer)
        return rows[0]["team_ref"] if rows else ""

    def overdue(self, on: date) -> Answer:
        rows = []
        for life in sorted(self.lives(on), key=lambda life: life.ref):
            now = life.days.get(on)
            if now and now.overdue:
                rows.append(
                    {
                        "offender_ref": life.ref,
                        "risk_level": now.risk,
                        "status": now.status,
                        "officer_ref": now.officer,
                        "team_ref": self.team(now.officer),
                        "last_completed_on": text(now.last_completed),
                        "due_on": text(now.due),
                        "days_overdue": now.days_overdue,
                        "band": band(now.days_overdue, offenders.policy_on(self.policies, on)),
                    }
                )
        return rows

    def backlog(self, spans: list[tuple[date, date]], last: date) -> Answer:
        lives = self.lives(last)
        rows = []
        for _, on in spans:
            late = [life.days[on] for life in lives if on in life.days and life.days[on].overdue]
            for level in LEVELS:
                at_level = [now.days_overdue for now in late if now.risk == level]
                rows.append(
                    {
                        "on": text(on),
                        "risk_level": level,
                        "overdue": len(at_level),
                        "days_overdue_total": sum(at_level),
                        "longest_days_overdue": max(at_level, default=0),
                    }
                )
        return rows

    def backlog_flow(self, spans: list[tuple[date, date]], last: date) -> Answer:
        lives = self.lives(last)
        rows = []
        for first, end in spans:
            counts = dict.fromkeys(["became_overdue", "visited", "interval_changed", "suspended", "ended"], 0)
            for life in lives:
                for today in days(first, end):
                    moved = movement(life.days.get(today - ONE_DAY), life.days.get(today))
                    if moved:
                        counts[moved] += 1
            rows.append(
                period(first, end)
                | {"opening": overdue_on(lives, first - ONE_DAY)}
                | counts
                | {"closing": overdue_on(lives, end)}
            )
        return rows

    def compliance(self, spans: list[tuple[date, date]], last: date) -> Answer:
        due = [
            (one.due, met_in_time(one))
            for life in self.lives(last)
            for one in life.obligations
            if counts(one, last, min(last, self.known_on))
        ]
        rows = []
        for first, end in spans:
            met = [in_time for on, in_time in due if first <= on <= end]
            rows.append(period(first, end) | {"due": len(met), "met": sum(met), "rate": share(sum(met), len(met))})
        return rows

    def crewing(self, spans: list[tuple[date, date]], last: date) -> Answer:
        attended = [row for row in self.facts["visits"] if row["outcome"] != "cancelled"]
        rows = []
        for first, end in spans:
            inside = [row for row in attended if first <= london_day(row["visited_at"]) <= end]
            lone = [self.lone(row) for row in inside if len(crew(row)) < 2]
            double = sum(len(crew(row)) >= 2 for row in inside)
            rows.append(
                period(first, end)
                | {
                    "attended": len(inside),
                    "completed": sum(row["outcome"] == "completed" for row in inside),
                    "double_crewed": double,
                    "lone": len(lone),
                    "lone_authorised": lone.count("authorised"),
                    "lone_authorised_late": lone.count("authorised_late"),
                    "lone_unauthorised": lone.count("unauthorised"),
                    "compliance": share(double, len(inside)),
                }
            )
        return rows

    def lone(self, visit: Row) -> str:
        """Standing of a lone visit (W2)."""
        authoriser = visit.get("lone_authorised_by", "")
        supervisor = any(
            row.get("is_supervisor") == "true" for row in of(self.facts["officers"], "officer_ref", authoriser)
        )
        assessed = visit.get("lone_risk_assessed_on")
        in_order = (
            bool(visit.get("lone_reason"))
            and bool(assessed)
            and day(str(assessed)) <= london_day(visit["visited_at"])
            and supervisor
            and authoriser not in crew(visit)
        )
        at = visit.get("lone_authorised_at")
        if not in_order or not at:  # never authorised is not authorised late
            return "unauthorised"
        return "authorised" if moment(at) <= moment(visit["visited_at"]) else "authorised_late"

    def caseload(self, on: date) -> Answer:
        policy = offenders.policy_on(self.policies, on)
        held: dict[str, list[offenders.Day]] = {}
        for life in self.lives(on):
            now = life.days.get(on)
            if now and now.status != "ended":
                held.setdefault(now.officer, []).append(now)
        rows = []
        for officer in sorted(held):
            mine = held[officer]
            high = sum(now.risk in {"high", "very_high"} for now in mine)
            fte = self.fte(officer, on)
            rows.append(
                {
                    "officer_ref": officer,
                    "team_ref": self.team(officer),
                    "cases": len(mine),
                    "active_cases": sum(now.status in offenders.RUNS for now in mine),
                    "high_risk": high,
                    "share": share(high, len(mine)),
                    "exceeds_threshold": Fraction(high, len(mine)) > policy.high_risk_share,
                    "to_move": to_move(high, len(mine), policy.high_risk_share),
                    "fte": None if fte is None else float(fte),
                    "cases_per_fte": round(len(mine) / float(fte), 2) if fte else None,
                    "exceeds_cap": None if fte is None else not fte or Fraction(len(mine)) / fte > policy.cases_per_fte,
                }
            )
        return rows

    def fte(self, officer: str, on: date) -> Fraction | None:
        """FTE available (C3), None for the unallocated."""
        if not officer:
            return None
        away = in_force(of(self.facts["officer_availability"], "officer_ref", officer), on)
        return Fraction((away or of(self.facts["officers"], "officer_ref", officer)[0])["fte"])

    def polit(self, on: date) -> Answer:
        rows = []
        for case in sorted(self.cases(on), key=lambda case: case.ref):
            now = case.days.get(on)
            if now is None or now.stage == "closed":
                continue
            waiting = now.stage in cases.BACKLOG
            rows.append(
                {
                    "case_ref": case.ref,
                    "stage": now.stage,
                    "in_backlog": waiting,
                    "risk_level": now.risk,
                    "received_on": text(case.received),
                    "age_days": (on - case.received).days,
                    "act_by": text(now.act_by) if waiting else None,
                    "days_past_limit": max((on - now.act_by).days, 0) if waiting else 0,
                    "officer_ref": now.officer,
                    "last_activity_on": text(now.last_activity),
                    "days_since_activity": (on - now.last_activity).days,
                    "children_identified": now.identified,
                    "children_awaiting": now.awaiting,
                }
            )
        return rows

    def polit_flow(self, spans: list[tuple[date, date]], last: date) -> Answer:
        every = self.cases(last)
        rows = []
        for first, end in spans:
            counts = dict.fromkeys(["received", "returned", "progressed", "closed_from_backlog"], 0)
            for case in every:
                for today in days(first, end):
                    moved = case_movement(case.days.get(today - ONE_DAY), case.days.get(today))
                    if moved:
                        counts[moved] += 1
            rows.append(
                period(first, end)
                | {"opening": waiting_on(every, first - ONE_DAY)}
                | counts
                | {"closing": waiting_on(every, end)}
            )
        return rows

    def polit_timeliness(self, spans: list[tuple[date, date]], last: date) -> Answer:
        acted = []
        for case in self.cases(last):
            first_live = min((on for on, now in case.days.items() if now.stage in cases.LIVE), default=None)
            if first_live:
                now = case.days[first_live]
                acted.append((first_live, now.risk, first_live <= now.act_by))
        rows = []
        for first, end in spans:
            for level in LEVELS:
                in_time = [ok for on, risk, ok in acted if first <= on <= end and risk == level]
                rows.append(
                    period(first, end)
                    | {
                        "risk_level": level,
                        "acted": len(in_time),
                        "in_time": sum(in_time),
                        "rate": share(sum(in_time), len(in_time)),
                    }
                )
        return rows


def periods(first: date, last: date, every: str) -> list[tuple[date, date]]:
    """Days, calendar months or Monday weeks, clipped to the range."""
    spans: list[list[date]] = []
    for today in days(first, last):
        starts = {"day": True, "week": today.weekday() == 0, "month": today.day == 1}[every]
        if starts or not spans:
            spans.append([today, today])
        spans[-1][1] = today
    return [(start, end) for start, end in spans]


def movement(before: offenders.Day | None, after: offenders.Day | None) -> str | None:
    """How an offender came into the backlog or left it overnight (B1, B2)."""
    was, now = bool(before and before.overdue), bool(after and after.overdue)
    if was == now or after is None:
        return None
    if now:
        return "became_overdue"
    if after.status == "ended":
        return "ended"
    if after.status not in offenders.RUNS:
        return "suspended"
    return "visited" if after.visited else "interval_changed"


def case_movement(before: cases.Day | None, after: cases.Day | None) -> str | None:
    """How a case came into the backlog or left it overnight (P6)."""
    was, now = bool(before and before.stage in cases.BACKLOG), bool(after and after.stage in cases.BACKLOG)
    if was == now or after is None:
        return None
    if now:
        return "returned" if before else "received"
    return "closed_from_backlog" if after.stage == "closed" else "progressed"


def overdue_on(lives: list[offenders.Life], on: date) -> int:
    return sum(on in life.days and life.days[on].overdue for life in lives)


def waiting_on(every: list[cases.Case], on: date) -> int:
    return sum(on in case.days and case.days[on].stage in cases.BACKLOG for case in every)


def counts(one: offenders.Obligation, last: date, last_known: date) -> bool:
    """Whether an obligation counts as due (B4)."""
    if one.due > last:
        return False
    if one.met_on:
        return True
    if one.paused_on and one.paused_on <= one.due:
        return False
    return one.due < last_known


def met_in_time(one: offenders.Obligation) -> bool:
    return one.met_on is not None and one.met_on <= one.due


def crew(visit: Row) -> set[str]:
    return {ref for ref in visit.get("officer_refs", "").split(";") if ref}


def to_move(high: int, held: int, threshold: Fraction) -> int:
    """The smallest number of high-risk cases that, moved away, would comply (C2)."""
    return next(n for n in range(high + 1) if held == n or Fraction(high - n, held - n) <= threshold)


def band(overdue: int, policy: Policy) -> str:
    """The band of a number of days overdue (V7)."""
    first = 1
    for end in policy.band_ends:
        if overdue <= end:
            return f"{first}-{end}"
        first = end + 1
    return f"{first}+"


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def text(on: date | None) -> str | None:
    return on.isoformat() if on else None


def period(first: date, last: date) -> dict[str, Any]:
    return {"period_start": text(first), "period_end": text(last)}
