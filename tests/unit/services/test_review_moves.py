"""What moved between two moments, in words, and what of it keeps a day from being signed."""

import pandas as pd
import pytest

from offendermgmt.services.morning import Part, Section
from offendermgmt.services.review_document import Drawn, KeptFigure
from offendermgmt.services.review_moves import (
    FiguresMoved,
    difference_in_words,
    in_words,
    moved,
    paired,
    require_unmoved,
)


def figure(
    code: str, value: float | None, of: tuple[int, int] | None = None, *, suppressed: bool = False
) -> KeptFigure:
    numerator, denominator = of or (None, None)
    return KeptFigure(
        part="backlog",
        code=code,
        title=code.capitalize(),
        value=value,
        numerator=numerator,
        denominator=denominator,
        suppressed=suppressed,
    )


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (figure("size", 1200.0), "1,200"),
        (figure("ratio", 43.25), "43.25"),
        (figure("share", 0.5, (3, 6)), "3 of 6"),
        (figure("share", None, (0, 0)), "0 of 0"),
        (figure("longest", None), "no value"),
        (figure("size", None, suppressed=True), "not shown"),
        (None, "not counted"),
    ],
)
def test_a_kept_figure_in_words(kept: KeptFigure | None, said: str) -> None:
    assert in_words(kept) == said


def test_figures_pair_by_code_and_one_that_is_no_more_comes_last() -> None:
    was = [figure("gone", 1.0), figure("size", 2.0), figure("share", 0.5, (1, 2))]
    now = [figure("size", 2.0), figure("share", 0.5, (2, 4)), figure("new", 7.0)]
    assert [move.figure.code for move in paired(was, now)] == ["size", "share", "new", "gone"]
    assert [str(move) for move in moved(was, now)] == [
        "Share: from 1 of 2 to 2 of 4",
        "New: from not counted to 7",
        "Gone: from 1 to not counted",
    ]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (figure("size", 12.0), figure("size", 9.0), "\N{MINUS SIGN}3"),
        (figure("size", 1000.0), figure("size", 2001.0), "+1,001"),
        (figure("share", 0.5, (1, 2)), figure("share", 0.5, (2, 4)), "+1"),
        (figure("share", 0.5, (1, 2)), figure("share", 0.25, (1, 4)), "of 2 more"),
        (figure("share", 1.0, (22, 22)), figure("share", 1.0, (20, 20)), "\N{MINUS SIGN}2"),
        (figure("share", 0.0, (0, 13)), figure("share", 0.0, (0, 11)), "of 2 fewer"),
        (figure("share", None, (0, 0)), figure("share", 0.0, (0, 1)), "not to be compared"),
        (figure("longest", 3.0), figure("longest", None), "not to be compared"),
        (figure("same", 1.0), figure("same", 1.0), ""),
    ],
)
def test_a_difference_is_of_what_is_counted(was: KeptFigure, now: KeptFigure, said: str) -> None:
    [move] = paired([was], [now])
    assert difference_in_words(move) == said


def test_a_title_that_was_reworded_moves_nothing() -> None:
    reworded = figure("size", 2.0).model_copy(update={"title": "Overdue"})
    assert moved([figure("size", 2.0)], [reworded]) == ()
    require_unmoved(Drawn((figure("size", 2.0),), {}), Drawn((reworded,), {}))


def listing(*offender_refs: str) -> Drawn:
    rows = pd.DataFrame({"offender_ref": pd.Series(offender_refs, dtype="str")})
    return Drawn((), {Part.BACKLOG: Section(Part.BACKLOG, {}, {"size": rows})})


def test_a_list_in_another_order_moves_nothing() -> None:
    require_unmoved(listing("V1", "V2"), listing("V2", "V1"))


def test_a_list_that_came_or_went_keeps_a_day_from_being_signed() -> None:
    one, none = listing("V1"), Drawn((), {})
    for was, now in ((one, none), (none, one), (one, listing("V2"))):
        with pytest.raises(FiguresMoved, match="others are on the lists now"):
            require_unmoved(was, now)
