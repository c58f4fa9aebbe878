"""The offenders: who is on the register, since when, and how risky each is to begin with."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from offendermgmt.synthetic import names, written
from offendermgmt.synthetic.chance import Chance, Flags, Ints, choose, happens
from offendermgmt.synthetic.story import Story

GROWTH, ENDING = 0.045, 0.052
LEVELS = ("very_high", "high", "medium", "low")
_LEVEL_MIX = (0.016, 0.165, 0.265, 0.554)
_STEADY_LOW = 0.62


@dataclass(frozen=True)
class People:
    """Offenders in order of registration: day registered, on the register at the start, level, settled, team."""

    registered: Ints
    stock: Flags
    level: Ints
    steady: Flags
    team: Ints
    refs: list[str]

    def __len__(self) -> int:
        return len(self.registered)


def people(chance: Chance, story: Story, offenders: int, teams: int) -> People:
    """Those managed at the start and those registered since, so that about `offenders` are managed at the end."""
    rng = chance.stream("people")
    years = (story.end - story.start) / 365.25
    stock = round(offenders / (1 + GROWTH) ** years)
    joining = offenders - stock + round(ENDING * years * (offenders + stock) / 2)
    before = story.start - 600 - rng.integers(0, 4500, stock)
    since = rng.integers(story.start + 1, story.end - 1, joining)
    registered = np.sort(np.r_[before, since]).astype(np.int64)
    size = len(registered)
    level = choose(rng, np.tile(np.array(_LEVEL_MIX), (size, 1)))
    return People(
        registered=registered,
        stock=registered < story.start,
        level=level,
        steady=(level == LEVELS.index("low")) & happens(rng, _STEADY_LOW, size),
        team=rng.integers(teams, size=size),
        refs=written.numbered("FEN-V-", np.arange(1, size + 1), 6),
    )


def offenders_table(chance: Chance, register: People, recorded: Ints) -> pd.DataFrame:
    """The contract's `offenders`, recorded at the given minutes."""
    rng = chance.stream("identities")
    size = len(register)
    born = register.registered - rng.integers(19 * 365, 75 * 365, size)
    category = np.where(happens(rng, 0.04, size), np.where(happens(rng, 0.5, size), "2", "3"), "1")
    raised = np.where(happens(rng, 0.15, size), "3", "2")
    mappa = np.where(happens(rng, np.where(register.level < 2, 0.2, 0.02), size), raised, "1")
    return pd.DataFrame(
        {
            "offender_ref": register.refs,
            "local_ref": written.numbered("SYN-", 40000 + rng.permutation(size), 6),
            "surname": names.surnames(rng, size),
            "forenames": names.forenames(rng, size),
            "date_of_birth": written.dates(born),
            "registered_on": written.dates(register.registered),
            "mappa_category": category,
            "mappa_level": mappa,
            "recorded_at": written.moments(recorded),
        },
        dtype="str",
    )
