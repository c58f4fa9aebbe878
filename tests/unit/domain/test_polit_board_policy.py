"""What the policy of POLIT's board refuses."""

from typing import Any

import pytest

from offendermgmt.domain.polit_board_policy import PolitBoardPolicy
from offendermgmt.services.policies import shipped_policy

SECTION: dict[str, Any] = {"past_band_ends": [7, 30], "exposure_days": 30, "exposure_group": 5}


def test_bands_are_named_by_their_first_and_last_day() -> None:
    assert PolitBoardPolicy.from_document(SECTION).past_bands == ("1-7", "8-30", "31+")


def test_as_shipped_viewing_by_fewer_than_five_officers_is_not_shown() -> None:
    assert shipped_policy().polit_board.exposure_group == 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("past_band_ends", []),
        ("past_band_ends", [0, 7]),
        ("past_band_ends", [7, 7]),
        ("exposure_days", 0),
        ("exposure_group", 1),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=name):
        PolitBoardPolicy.from_document(SECTION | {name: value})
