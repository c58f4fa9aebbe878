"""Cutting time into segments, and reading facts onto them."""

import numpy as np

from offendermgmt.domain.days import NEVER, Days
from offendermgmt.domain.segments import Dated, Segments, carried, cut

FIRST_DAY = np.array([10, NEVER, 5], dtype=np.int32)


def numbers(*values: int) -> Days:
    return np.array(values, dtype=np.int32)


def dated(*facts: tuple[int, int]) -> Dated:
    return Dated(numbers(*(subject for subject, _ in facts)), numbers(*(day for _, day in facts)))


def of(segments: Segments) -> list[tuple[int, int, int]]:
    return [(int(a), int(b), int(c)) for a, b, c in zip(segments.subject, segments.start, segments.end, strict=True)]


def test_segments_start_on_the_first_day_and_on_each_day_a_fact_falls_on() -> None:
    segments = cut(FIRST_DAY, dated((0, 12), (2, 7)), dated((0, 12), (0, 20)))
    assert of(segments) == [(0, 10, 12), (0, 12, 20), (0, 20, NEVER), (2, 5, 7), (2, 7, NEVER)]


def test_subjects_without_a_first_day_have_no_segments() -> None:
    assert 1 not in cut(FIRST_DAY).subject


def test_nobody_has_no_segments() -> None:
    assert of(cut(numbers(int(NEVER)), dated())) == []


def test_newest_fact_is_the_last_dated_by_the_start_and_never_anothers() -> None:
    facts = dated((0, 12), (0, 20))
    segments = cut(FIRST_DAY, facts, dated((2, 30)))
    assert segments.newest(facts).tolist() == [-1, 0, 1, -1, -1]


def test_the_last_of_facts_of_one_day_is_the_newest() -> None:
    facts = dated((0, 12), (0, 12))
    assert cut(FIRST_DAY, facts).newest(facts).tolist() == [-1, 1, -1]


def test_facts_are_sorted_by_what_prevails_in_the_order_given() -> None:
    recorded, level = np.array([2, 1, 2]), np.array([0, 9, 5])
    _, order = Dated.sort(numbers(0, 0, 0), numbers(7, 7, 7), recorded, level)
    assert order.tolist() == [1, 0, 2]


def test_covering_segment_is_the_one_a_day_lies_in() -> None:
    segments = cut(FIRST_DAY, dated((0, 12)))
    assert segments.covering(numbers(0, 0, 0, 2), numbers(10, 11, 12, 99)).tolist() == [0, 0, 1, 2]


def test_days_before_1970_keep_their_order() -> None:
    assert of(cut(numbers(-400), dated((0, -30), (0, 3)))) == [(0, -400, -30), (0, -30, 3), (0, 3, NEVER)]


def test_a_value_is_carried_until_the_next_is_given() -> None:
    assert carried(np.array([1, 2, 3, 4]), np.array([True, False, True, False])).tolist() == [1, 1, 3, 3]
