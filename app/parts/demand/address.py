"""A plan in the address, so that a link reopens it: each part a parameter of its own, the default left out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from offendermgmt.services.demand_plan import Plan, Secondment, Surge

_APART: Final = "~"
_PART: Final = "_"


def written(plan: Plan, default: Plan) -> dict[str, str | None]:
    """The parameters of a plan; None for a part that is the default's."""
    values = {name: write(getattr(plan, part)) for name, (part, write, _) in _PARTS.items()}
    usual = {name: write(getattr(default, part)) for name, (part, write, _) in _PARTS.items()}
    return {name: None if value == usual[name] else value for name, value in values.items()}


def read(parameters: Mapping[str, str], default: Plan) -> tuple[Plan, list[str]]:
    """The plan that the address asks for, and in words what of it is no plan and was left at the default."""
    plan, ignored = default, []
    for name, (part, _, understand) in _PARTS.items():
        if name not in parameters:
            continue
        changes: dict[str, Any] = {}
        try:
            changes[part] = understand(parameters[name])
            plan = replace(plan, **changes).checked()
        except ValueError:
            ignored.append(f"{name.replace('_', ' ')} {parameters[name][:40]!r}")
    return plan, ignored


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"


def _spans(secondments: tuple[Secondment, ...]) -> str | None:
    return _APART.join(_span(one.fte, one.from_on, one.last_on) for one in secondments) or None


def _surge(surge: Surge | None) -> str | None:
    return None if surge is None else _span(surge.percent, surge.from_on, surge.last_on)


def _span(amount: float, first: date, last: date) -> str:
    return _PART.join((f"{amount:g}", first.isoformat(), last.isoformat()))


def _read_span(text: str) -> tuple[float, date, date]:
    amount, first, last = text.split(_PART)
    return float(amount), date.fromisoformat(first), date.fromisoformat(last)


def _read_spans(text: str) -> tuple[Secondment, ...]:
    return tuple(Secondment(*_read_span(one)) for one in text.split(_APART))


def _read_surge(text: str) -> Surge:
    percent, first, last = _read_span(text)
    return Surge(round(percent), first, last)


# Parameter: the part of the plan, how it is written (None: left out) and how it is read (ValueError for none).
_PARTS: Final[Mapping[str, tuple[str, Callable[[Any], str | None], Callable[[str], Any]]]] = {
    "investigators": ("investigators", _number, float),
    "under": ("under", _number, int),
    "within": ("months", _number, int),
    "days_per_case": ("days_per_case", _number, float),
    "seconded": ("secondments", _spans, _read_spans),
    "surge": ("surge", _surge, _read_surge),
}
