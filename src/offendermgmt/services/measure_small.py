"""Which counts of measures are kept from viewers outside the units, so that no sum gives one back (M8).

Small counts, and others beside them: in a month's sums, and between a team, the other teams and the whole. What another
page keeps of the same months is kept here too. Each month is settled alone, from its own numbers: what a board reads of
it is the same in whichever month's paper it stands, and two papers side by side tell nothing that one does not.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from offendermgmt.services.kept_counts import kept_counts
from offendermgmt.services.measured import Asked, Source

# The columns of a source that some figure tells.
Shown = Callable[[Source], Collection[str]]


def kept(asked: Asked, source: Source, shown: Shown) -> pd.DataFrame:
    """Which numbers of the source's table are kept from the viewer: flags, a row a month, a column a count.

    What no figure tells (`shown` says what one does) is rather kept than what one does. Of a team, whatever would be
    kept of the whole or of any team is: what is left to work out from their sum is then always two numbers or more.
    NotPermitted for an officer's figures, asked by a viewer who sees counts only.
    """
    question = asked.question
    flags = np.zeros((len(asked.months), len(source.counts)), dtype=bool)
    if not question.viewer.opens_lists:
        if question.officer_ref is not None:
            question.viewer.require_lists()
        teams = [None] if question.team_ref is None or source.unit is None else [None, *_teams(asked, source)]
        for team in teams:
            flags |= _kept_of(asked.of_team(team), source, shown).to_numpy()
    return pd.DataFrame(flags, columns=source.counts)


def _teams(asked: Asked, source: Source) -> list[str]:
    teams = asked.question.snapshot.facts.tables["teams"]
    return [str(ref) for ref in teams[(teams["unit"] == source.unit).to_numpy()]["team_ref"]]


def _kept_of(asked: Asked, source: Source, shown: Shown) -> pd.DataFrame:
    """What is kept of the whole, or of one team on its own; kept itself with the snapshot."""
    question = asked.question
    named = ("kept", question.smallest_count, *source.key(asked))
    return question.snapshot.measures.answer(named, lambda: _kept_alone(asked, source, shown))


def _kept_alone(asked: Asked, source: Source, shown: Shown) -> pd.DataFrame:
    smallest, counted, told = asked.question.smallest_count, source.counted(asked)[source.counts], shown(source)
    decided = _decided(asked, source, counted, shown)
    rows = zip(counted.to_dict(orient="records"), decided.to_dict(orient="records"), strict=True)
    lost = [_kept_of_month(source, numbers, flags, smallest, told) for numbers, flags in rows]
    return pd.DataFrame({column: [column in month for month in lost] for column in source.counts}, dtype=bool)


def _kept_of_month(
    source: Source, numbers: Mapping[Any, float], flags: Mapping[Any, bool], smallest: int, told: Collection[str]
) -> set[str]:
    counts = {str(column): int(count) for column, count in numbers.items() if not np.isnan(count)}
    # A sum with a number that has no value adds up to nothing.
    sums = [
        {total: 1, **dict.fromkeys(parts, -1)}
        for total, *parts in source.sums
        if all(column in counts for column in (total, *parts))
    ]
    decided = {str(column): flag for column, flag in flags.items() if column in counts}
    return kept_counts(counts, sums, smallest, decided=decided, cost=lambda cell: (cell in told, counts[cell]))


def _decided(asked: Asked, source: Source, counted: pd.DataFrame, shown: Shown) -> pd.DataFrame:
    """Which numbers are kept or shown already, on other pages or in other measures: columns of flags."""
    flags = pd.DataFrame(index=counted.index) if source.kept_elsewhere is None else source.kept_elsewhere(asked)
    same = {name: _kept_of(asked, other, shown)[column] for name, (other, column) in source.same_as.items()}
    steady = {name: counted[name].between(1, asked.question.smallest_count - 1) for name in source.steady}
    return flags.assign(**same, **steady)
