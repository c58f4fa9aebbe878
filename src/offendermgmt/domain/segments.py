"""Cutting time into segments in which nothing changes, and reading facts onto them.

Subjects (offenders, POLIT cases) are int32 codes. Segments are sorted by subject and start, and each subject's
segments follow each other without gaps from its first day on.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from offendermgmt.domain.days import NEVER, Days

Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

_DAY_BITS = 32
_DAY_OFFSET = np.int64(2**30)


@dataclass(frozen=True)
class Dated:
    """Facts of one kind: whose and from which day, in an order in which later rows of a day prevail."""

    subject: Codes
    day: Days

    @classmethod
    def sort(cls, subject: Codes, day: Days, *prevailing: npt.NDArray[Any]) -> tuple["Dated", Rows]:
        """The facts in order of subject, day and then `prevailing`, first given first; with the row order used."""
        order = np.lexsort((*reversed(prevailing), _moments(subject, day))) if prevailing else _order(subject, day)
        return cls(subject[order], day[order]), order


@dataclass(frozen=True)
class Segments:
    """Segments [start, end) of the subjects that have a first day."""

    subject: Codes
    start: Days

    def __len__(self) -> int:
        return len(self.subject)

    @cached_property
    def opens_subject(self) -> Flags:
        """Whether each segment is the first of its subject."""
        opens = np.ones(len(self), dtype=bool)
        opens[1:] = self.subject[1:] != self.subject[:-1]
        return opens

    @cached_property
    def end(self) -> Days:
        """First day after each segment, `NEVER` for a subject's last."""
        end = np.full(len(self), NEVER, dtype=np.int32)
        end[:-1] = np.where(self.opens_subject[1:], NEVER, self.start[1:])
        return end

    @cached_property
    def moments(self) -> npt.NDArray[np.int64]:
        """Subject and start as one sortable number."""
        return _moments(self.subject, self.start)

    def newest(self, facts: Dated) -> Rows:
        """Position of the newest fact dated on or before each segment's start, -1 where there is none."""
        if not len(facts.subject):
            return np.full(len(self), -1, dtype=np.intp)
        found = self._at(facts)
        newest = np.full(len(self), -1, dtype=np.intp)
        rows = np.arange(len(facts.subject))
        newest[found] = rows
        newest = np.maximum.accumulate(newest)
        return np.where((newest >= 0) & (facts.subject[newest] == self.subject), newest, -1)

    @cached_property
    def first_day(self) -> Days:
        """First day of each segment's subject."""
        return carried(self.start, self.opens_subject)

    def newest_day(self, facts: Dated) -> Days:
        """Day of the newest fact dated on or before each segment's start, `NEVER` where there is none."""
        return np.append(facts.day, NEVER)[self.newest(facts)].astype(np.int32)

    def starting(self, facts: Dated) -> Flags:
        """Whether a fact is dated on each segment's start."""
        starting = np.zeros(len(self), dtype=bool)
        starting[self._at(facts)] = True
        return starting

    def covering(self, subject: Codes, day: Days) -> Rows:
        """Position of the segment each subject is in on a day; the day must not be before the subject's first."""
        return np.searchsorted(self.moments, _moments(subject, day), side="right") - 1

    def _at(self, facts: Dated) -> Rows:
        return np.searchsorted(self.moments, _moments(facts.subject, facts.day))


def cut(first_day: Days, *facts: Dated) -> Segments:
    """Segments of every subject with a first day (`first_day` by code, `NEVER` = none), cut where a fact is dated."""
    subjects = np.flatnonzero(first_day < NEVER).astype(np.int32)
    moments = [_moments(subjects, first_day[subjects]), *(_moments(fact.subject, fact.day) for fact in facts)]
    every = np.sort(np.concatenate(moments))
    distinct = every[np.concatenate(([True], every[1:] != every[:-1]))] if len(every) else every
    subject = (distinct >> _DAY_BITS).astype(np.int32)
    day = ((distinct & (2**_DAY_BITS - 1)) - _DAY_OFFSET).astype(np.int32)
    return Segments(subject, day)


def carried(values: npt.NDArray[Any], given: Flags) -> npt.NDArray[Any]:
    """Each value where given, else the last given before it; the first row must be given."""
    at = np.maximum.accumulate(np.where(given, np.arange(len(given)), 0))
    result: npt.NDArray[Any] = values[at]
    return result


def _moments(subject: Codes, day: Days) -> npt.NDArray[np.int64]:
    return (subject.astype(np.int64) << _DAY_BITS) | (day + _DAY_OFFSET)


def _order(subject: Codes, day: Days) -> Rows:
    return np.argsort(_moments(subject, day), kind="stable")
