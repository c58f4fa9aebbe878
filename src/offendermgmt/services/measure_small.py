"""Which counts of measures are kept from viewers outside the units, so that no sum gives one back (M8).

Small counts, and others beside them: in a month's sums, over the months, and between a team, the other teams and the
whole. What another page keeps of the same months is kept here too.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.services.kept_counts import kept_counts
from offendermgmt.services.measured import Asked, Source

# A column and the position of a month; all the months together are at WHOLE.
Cell = tuple[str, int]
WHOLE: Final = -1
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
    question, columns = asked.question, source.counts
    counted = source.counted(asked)[columns]
    counts = {
        (column, month): int(count)
        for column in columns
        for month, count in enumerate(counted[column])
        if not np.isnan(count)
    }
    counts |= {(column, WHOLE): int(counted[column].sum()) for column in source.adding}
    decided, told = _kept_elsewhere(asked, source, counts, shown), shown(source)
    lost = kept_counts(
        counts,
        list(_sums(source, counts)),
        question.smallest_count,
        decided=decided,
        cost=lambda cell: (cell[0] in told, counts[cell]),
    )
    months = range(len(counted))
    return pd.DataFrame({column: [(column, month) in lost for month in months] for column in columns}, dtype=bool)


def _kept_elsewhere(asked: Asked, source: Source, counts: Mapping[Cell, int], shown: Shown) -> dict[Cell, bool]:
    flags = {} if source.kept_elsewhere is None else dict(source.kept_elsewhere(asked).items())
    for column, (other, name) in source.same_as.items():
        flags[column] = _kept_of(asked, other, shown)[name]
    cells = ((str(column), month) for column, kept in flags.items() for month in np.flatnonzero(kept).tolist())
    return {cell: True for cell in cells if counts.get(cell)}


def _sums(source: Source, counts: Mapping[Cell, int]) -> Iterator[dict[Cell, int]]:
    """How the counts add up, with their signs; a sum with a number that has no value adds up to nothing."""
    months = sorted({month for _, month in counts} - {WHOLE})
    for total, *parts in source.sums:
        for month in months:
            cells = [(total, month), *((part, month) for part in parts)]
            if all(cell in counts for cell in cells):
                yield dict(zip(cells, (1, *([-1] * len(parts))), strict=True))
    for column in source.adding:
        every = [(column, month) for month in months if (column, month) in counts]
        if len(every) > 1:
            yield {(column, WHOLE): 1, **dict.fromkeys(every, -1)}
