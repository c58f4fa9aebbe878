"""The performance framework: key performance questions, and the measures that answer them."""

from dataclasses import dataclass
from datetime import date

from offendermgmt.domain.vocabulary import Board, Improvement


@dataclass(frozen=True)
class KeyQuestion:
    """A key performance question, in force from a day until `to_on` (the first day it no longer is)."""

    question_ref: str
    text: str
    position: int
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True)
class Measure:
    """A measure that answers a key performance question, in force from a day until `to_on`.

    `figure` is a code of `measure_figures.FIGURES`. `target` is a fraction for a share, else in the figure's unit;
    None where there is no source for one. `owner` is a post.
    """

    measure_ref: str
    question_ref: str
    figure: str
    title: str
    improvement: Improvement
    target: float | None
    target_source: str | None
    owner: str
    boards: tuple[Board, ...]
    position: int
    from_on: date
    to_on: date | None = None
