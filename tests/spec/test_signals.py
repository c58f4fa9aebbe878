"""Signals on trends: the shared cases, a slow reference on made-up series, and what must hold of every series."""

import json
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from offendermgmt.domain.signals import Xmr, xmr
from tests.spec import signalling
from tests.spec.asking import shared_cases
from tests.spec.oracle import signals as oracle
from tests.spec.reading import table
from tests.spec.rules.signals import SECTION
from tests.tables import Rows

CASES: int = 60
ASKED = [
    pytest.param(example.facts["series"], *ask, id=f"{rule.number} {example.title}: {ask[0]}")
    for rule in SECTION.rules
    for example in rule.examples
    for ask in example.asks
]
ARGUMENTS = ("screen", "baseline", "rebase", "improvement", "target")
MIRRORED = {
    "above_limit": "below_limit",
    "rising": "falling",
    "near_high": "near_low",
    "run_high": "run_low",
    "high": "low",
}
MIRRORED |= {low: high for high, low in MIRRORED.items()}


def cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((shared_cases() / "spc.json").read_text(encoding="utf-8"))
    return found


def test_every_shared_case_is_asked() -> None:
    assert len(cases()) == CASES


@pytest.mark.parametrize("number", range(CASES))
def test_shared_case_has_its_answer(number: int) -> None:
    case = cases()[number]
    expected = case["expect"]
    found = xmr(case["values"], **{name: case[name] for name in ARGUMENTS})
    assert list(found.signals) == expected["signals"]
    assert (found.variation, found.assurance) == (expected["variation"], expected["assurance"])
    assert [one.first for one in found.segments] == [one["first"] for one in expected["limits"]]
    for limits in expected["limits"]:
        at = limits["first"]
        answer = {"mean": found.mean[at], "lower": found.lower[at], "upper": found.upper[at]}
        assert answer == pytest.approx({name: limits[name] for name in answer})


@pytest.mark.parametrize(("rows", "ask", "expected"), ASKED)
@pytest.mark.parametrize("answer", [signalling.engine_rows, signalling.oracle_rows])
def test_worked_examples_have_their_answer(
    answer: Callable[[dict[str, str], str], Rows], rows: Rows, ask: str, expected: str
) -> None:
    columns, wanted = table(expected)
    found = answer(rows[0], ask)
    told = [column for column in columns if answer is signalling.engine_rows or column != "limits"]
    assert [{name: row[name] for name in told} for row in found] == [
        {name: row[name] for name in told} for row in wanted
    ]


def series(random: Random) -> list[float | None]:
    """Months of a figure: level, steps, drift, ties, spikes and gaps, whole or with decimals; or of rare events."""
    scale, length = random.choice((1, 10, 100)), random.randint(0, 40)
    if random.random() < 0.1:
        return [float(random.choice((0, 0, 0, 0, 1, 2))) for _ in range(length)]
    level, drift, noise = random.randint(0, 30), random.choice((0, 0, 0, 1, -1, 2)), random.choice((0, 1, 3, 9))
    values: list[float | None] = []
    for _ in range(length):
        level += drift
        if random.random() < 0.08:
            level, drift = level + random.randint(-8, 8), random.choice((0, 1, -1))
        spike = 40 if random.random() < 0.03 else 0
        values.append(None if random.random() < 0.03 else (level + random.randint(-noise, noise) + spike) / scale)
    return values


def asked(random: Random, values: list[float | None]) -> dict[str, Any]:
    """Arguments for a series of this length."""
    places = sorted(random.sample(range(len(values) + 1), k=min(len(values), random.choice((0, 0, 1, 2)))))
    return {
        "screen": random.random() < 0.7,
        "baseline": random.choice((None, None, 1, 8, 12, 13, 99)),
        "rebase": places,
        "improvement": random.choice(("increase", "decrease", "neutral")),
        "target": random.choice((None, 5, 12.5, 30)),
    }


def by_segment(found: Xmr) -> list[tuple[int, float | None, float | None, float | None]]:
    firsts = [one.first for one in found.segments]
    return [(at, found.mean[at], found.lower[at], found.upper[at]) for at in firsts]


@pytest.mark.parametrize("seed", range(20))
def test_made_up_series_have_the_answer_of_the_reference(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    for _ in range(25):
        values = series(random)
        arguments = asked(random, values)
        found, expected = xmr(values, **arguments), oracle.chart(values, **arguments)
        said = (found.variation, found.assurance, list(found.signals))
        assert said == (expected.variation, expected.assurance, expected.signals), (values, arguments)
        for mine, theirs in zip(by_segment(found), expected.limits, strict=True):
            assert mine == pytest.approx(tuple(None if one is None else float(one) for one in theirs), abs=1e-9)


def test_made_up_series_show_every_signal_and_every_standing_of_limits() -> None:
    signals: Counter[str | None] = Counter()
    states: Counter[str] = Counter()
    for seed in range(20):
        random = Random(seed)  # noqa: S311
        for _ in range(25):
            values = series(random)
            found = xmr(values, **asked(random, values))
            signals.update(found.signals)
            states.update(one.state for one in found.segments)
    assert (len(signals), len(states)) == (10, 5)
    assert min(*signals.values(), *states.values()) >= 20


counts = st.lists(st.integers(1, 60), min_size=1, max_size=40)


@given(counts, st.integers(1, 1000), st.booleans())
def test_the_same_more_in_every_month_moves_mean_and_limits_and_no_signal(
    values: list[int], more: int, screen: bool
) -> None:
    found, moved = xmr(values, screen=screen), xmr([value + more for value in values], screen=screen)
    assert moved.signals == found.signals
    for line in ("mean", "lower", "upper", "near_lower", "near_upper"):
        own = [None if one is None else one + more for one in getattr(found, line)]
        assert list(getattr(moved, line)) == pytest.approx(own)


@given(counts, st.booleans())
def test_a_series_upside_down_has_high_for_low(values: list[int], screen: bool) -> None:
    found, turned = xmr(values, screen=screen), xmr([-value for value in values], screen=screen)
    assert [MIRRORED.get(str(one), str(one)) for one in found.signals] == [str(one) for one in turned.signals]
    assert found.variation == MIRRORED.get(str(turned.variation), turned.variation)
    own = [None if one is None else -one for one in found.lower]
    assert list(turned.upper) == pytest.approx(own)


@given(counts)
def test_screening_never_widens_limits(values: list[int]) -> None:
    screened, plain = xmr(values), xmr(values, screen=False)
    for with_it, without in zip(screened.segments, plain.segments, strict=True):
        assert with_it.mean == without.mean
        if with_it.limits is not None and without.limits is not None:
            assert with_it.limits.upper <= without.limits.upper
            assert with_it.limits.lower >= without.limits.lower


@given(counts, st.data())
def test_a_rebase_makes_two_series_of_one(values: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(values)))
    whole, before, after = xmr(values, rebase=[at]), xmr(values[:at]), xmr(values[at:])
    for line in ("mean", "lower", "upper", "signals"):
        assert getattr(whole, line) == getattr(before, line) + getattr(after, line)


@given(counts, st.integers(0, 5))
def test_a_baseline_of_all_points_or_more_is_none(values: list[int], beyond: int) -> None:
    assert xmr(values, baseline=len(values) + beyond) == xmr(values)


@given(counts, st.integers(1, 40), st.lists(st.integers(1, 60), max_size=10))
def test_what_comes_after_a_baseline_moves_no_limit(values: list[int], baseline: int, later: list[int]) -> None:
    assume(baseline <= len(values))
    before, after = xmr(values, baseline=baseline), xmr([*values, *later], baseline=baseline)
    assert (after.mean[0], after.lower[0], after.upper[0]) == (before.mean[0], before.lower[0], before.upper[0])


@settings(max_examples=100)
@given(counts, st.floats(1, 100), st.sampled_from(["increase", "decrease"]))
def test_what_passes_one_way_fails_the_other(values: list[int], target: float, improvement: str) -> None:
    other = {"increase": "decrease", "decrease": "increase"}[improvement]
    found, turned = (xmr(values, target=target, improvement=one).assurance for one in (improvement, other))
    assert turned == {"pass": "fail", "fail": "pass"}.get(str(found), found)
