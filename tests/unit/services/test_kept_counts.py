from offendermgmt.services.given_back import given_back
from offendermgmt.services.kept_counts import kept_counts

ROW = [("total", "a", "b", "c")]


def test_a_small_count_takes_the_next_smallest_of_its_sum_with_it() -> None:
    assert kept_counts({"total": 30, "a": 3, "b": 7, "c": 20}, ROW, 5) == {"a", "b"}


def test_two_small_counts_keep_each_other() -> None:
    assert kept_counts({"total": 26, "a": 3, "b": 3, "c": 20}, ROW, 5) == {"a", "b"}


def test_nought_is_shown_and_keeps_nothing() -> None:
    assert kept_counts({"total": 20, "a": 0, "b": 0, "c": 20}, ROW, 5) == set()


def test_the_only_part_is_kept_with_its_total() -> None:
    assert kept_counts({"total": 3, "a": 3, "b": 0, "c": 0}, ROW, 5) == {"total", "a"}


def test_what_is_kept_in_one_sum_is_made_up_for_in_the_others() -> None:
    counts = {"total": 30, "a": 3, "b": 7, "c": 20, "b again": 7, "of b": 6, "rest of b": 1}
    sums = [*ROW, ("b", "b again"), ("b again", "of b", "rest of b")]
    assert kept_counts(counts, sums, 5) == {"a", "b", "b again", "rest of b"}


def test_nothing_is_kept_where_every_count_may_be_shown() -> None:
    assert kept_counts({"total": 3, "a": 1, "b": 1, "c": 1}, ROW, 1) == set()


def test_sums_with_signs_tell_nothing_together() -> None:
    # Of each sum two are kept, and all the same they tell both: a + b = 23 and a - b = 17.
    counts = {"a": 20, "b": 3, "sum": 23, "less": 17}
    sums = [{"a": 1, "b": 1, "sum": -1}, {"a": 1, "b": -1, "less": -1}]
    assert kept_counts(counts, sums, 5, cost=["a", "less", "sum", "b"].index) == {"a", "b", "less"}


def test_what_is_decided_stands_and_others_give_way() -> None:
    counts = {"total": 30, "a": 3, "b": 7, "c": 20}
    decided = {"b": False, "total": False}
    assert kept_counts(counts, ROW, 5, decided=decided) == {"a", "c"}


def test_a_number_two_sums_tell_together_is_given_back() -> None:
    sums = [{"a": 1, "b": 1, "total": -1}, {"a": 1, "b": -1, "less": -1}, {"c": 1, "d": 1, "total": -1}]
    assert set(given_back(["a", "b", "c", "d"], sums)) == {"a", "b"}
