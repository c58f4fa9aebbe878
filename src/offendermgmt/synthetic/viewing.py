"""Days on which POLIT's investigators viewed indecent images."""

import numpy as np
import pandas as pd

from offendermgmt.synthetic import written
from offendermgmt.synthetic.chance import Chance, Flags, Ints
from offendermgmt.synthetic.officers import Officers
from offendermgmt.synthetic.recording import day_facts_recorded
from offendermgmt.synthetic.story import Story

_LEAST, _MOST = 4, 8
_MONTH_OF_WORK = 21


def viewing_table(chance: Chance, story: Story, staff: Officers, until: int) -> pd.DataFrame:
    """The contract's `image_viewing`: four to eight working days a month and investigator, fewer of a part-timer."""
    rng = chance.stream("image viewing")
    who = staff.of(int(staff.team.max()), "investigator", "seconded")
    days = np.arange(story.start, story.end)
    days = days[(days + 3) % 7 < 5]  # 1 January 1970 was a Thursday
    viewed = _viewed(rng, days, staff.at_work(days)[who], staff.fte[who])
    officer, place = np.nonzero(viewed)
    when, known = day_facts_recorded(rng, days[place], 0.6, until)
    return pd.DataFrame(
        {
            "officer_ref": written.labels(who[officer], staff.refs),
            "viewed_on": written.dates(days[place]),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )[known]


def _viewed(rng: np.random.Generator, days: Ints, at_work: Flags, fte: "np.typing.NDArray[np.float64]") -> Flags:
    """Whether each officer (row) viewed on each working day (column): the days drawn first of each month."""
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    drawn = rng.random(at_work.shape)
    chosen = np.zeros(at_work.shape, dtype=bool)
    for number in np.unique(month):
        within = month == number
        rank = drawn[:, within].argsort(axis=1).argsort(axis=1)
        share = fte * min(1.0, within.sum() / _MONTH_OF_WORK)
        wanted = np.round(rng.integers(_LEAST, _MOST + 1, len(fte)) * share)
        chosen[:, within] = rank < wanted[:, None]
    return chosen & at_work
