"""The committed sample: a small Fenshire of fixed size, seed and last day, for `sample_data/`.

`python -m offendermgmt.synthetic.sample FOLDER` writes it anew.
"""

import sys
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from offendermgmt.synthetic.force import fenshire, write_extract

SEED: Final = 150
ENDS_ON: Final = date(2026, 10, 31)
OFFENDERS: Final = 140


def sample() -> dict[str, pd.DataFrame]:
    """Every table of the sample: two offender management teams, POLIT, about 150 offenders, three years."""
    return fenshire(seed=SEED, ends_on=ENDS_ON, offenders=OFFENDERS)


if __name__ == "__main__":
    write_extract(sample(), Path(sys.argv[1]))
