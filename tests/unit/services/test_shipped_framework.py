"""The framework as shipped: whole, sourced, and of figures that are defined."""

from collections import Counter

import pytest

from offendermgmt.domain.vocabulary import Board, Improvement
from offendermgmt.services.framework import Measure, shipped_framework
from offendermgmt.services.framework_editing import LONGEST_QUESTION, LONGEST_TITLE
from offendermgmt.services.framework_words import reading_text, target_text, value_text
from offendermgmt.services.measure_figures import FIGURES, MeasureFigure, MeasureUnit
from offendermgmt.services.policies import shipped_policy

SHIPPED = shipped_framework()
MEASURES = {measure.measure_ref: measure for measure in SHIPPED.measures}


def test_it_asks_some_eight_questions_and_each_is_answered_and_every_board_reads_some() -> None:
    assert 6 <= len(SHIPPED.questions) <= 8
    assert all(SHIPPED.measures_of(question) for question in SHIPPED.questions)
    assert all(len(question.text) <= LONGEST_QUESTION for question in SHIPPED.questions)
    assert all(SHIPPED.of_board(board).measures for board in Board)


def test_no_reference_and_no_title_stands_twice() -> None:
    named = Counter(
        [*(one.title for one in SHIPPED.measures), *(f"{one.question_ref}?" for one in SHIPPED.questions)]
        + [f"{one.measure_ref}." for one in SHIPPED.measures]
    )
    assert [name for name, times in named.items() if times > 1] == []


@pytest.mark.parametrize("ref", MEASURES)
def test_a_shipped_measure_could_be_saved_as_it_is(ref: str) -> None:
    measure: Measure = MEASURES[ref]
    assert measure.figure in FIGURES
    assert measure.owner
    assert measure.boards
    assert len(measure.title) <= LONGEST_TITLE
    assert (measure.target is None) == (measure.target_source is None)
    if FIGURES[measure.figure].unit is MeasureUnit.SHARE:
        assert 0 <= (measure.target or 0) <= 1


def test_targets_are_those_of_policy_and_no_others() -> None:
    policy = shipped_policy()
    assert {ref: one.target for ref, one in MEASURES.items() if one.target is not None} == {
        "double-crewed": float(policy.crewing.target_share),
        "officers-over-share": 0.0,
        "polit-past-limit": 0.0,
        "polit-in-time": 1.0,
    }
    assert MEASURES["double-crewed"].improvement is Improvement.INCREASE


@pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda figure: figure.code)
def test_a_figure_says_what_it_counts_and_a_share_what_it_is_of(figure: MeasureFigure) -> None:
    definition = figure.definition(shipped_policy())
    assert definition.title
    assert definition.meaning
    assert figure.label
    assert reading_text(figure)
    if figure.unit is MeasureUnit.SHARE:
        sums = [set(parts) for total, *parts in figure.source.sums if total == figure.denominator]
        assert any(figure.numerator in parts and len(parts) > 1 for parts in sums), "what is left can be worked out"
        assert figure.counts
        assert figure.of
    assert bool(figure.value) != bool(figure.numerator)


def test_values_read_in_their_unit() -> None:
    texts = {
        "double-crewed": (0.975, "97.5%"),
        "overdue": (1204, "1,204"),
        "longest-overdue": (1, "1 day"),
        "cases-per-fte": (66.24, "66.2"),
    }
    assert {code: value_text(FIGURES[code], value) for code, (value, _) in texts.items()} == {
        code: text for code, (_, text) in texts.items()
    }
    assert target_text(MEASURES["double-crewed"]) == "100%"
    assert target_text(MEASURES["overdue"]) == ""
