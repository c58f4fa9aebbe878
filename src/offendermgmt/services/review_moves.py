"""What moved between what somebody saw and what stands, figure by figure, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from offendermgmt.services.changes import ChangeRefused
from offendermgmt.services.review_document import Drawn, KeptFigure
from offendermgmt.services.wording import days_text


@dataclass(frozen=True)
class Move:
    """A figure of two moments: as it was, and as it is; None where it was not there, or is not any more.

    `figure` is the one or the other, for its title, part and code.
    """

    figure: KeptFigure
    was: KeptFigure | None
    now: KeptFigure | None

    @property
    def is_one(self) -> bool:
        """Whether the numbers differ."""
        return (self.was and self.was.seen) != (self.now and self.now.seen)

    def __str__(self) -> str:
        return f"{self.figure.title}: from {in_words(self.was)} to {in_words(self.now)}"


class FiguresMoved(ChangeRefused):
    """What was to be signed is no longer what stands: nothing was recorded, and `moves` says what differs."""

    def __init__(self, moves: tuple[Move, ...], sentence: str) -> None:
        super().__init__(sentence)
        self.moves = moves


def paired(was: Iterable[KeptFigure], now: Iterable[KeptFigure]) -> tuple[Move, ...]:
    """Every figure of both, by part and code: in the order of what is, then those that are no more."""
    before = {(figure.part, figure.code): figure for figure in was}
    after = {(figure.part, figure.code): figure for figure in now}
    every = {**before, **after}
    return tuple(Move(every[key], before.get(key), after.get(key)) for key in {**after, **before})


def moved(was: Iterable[KeptFigure], now: Iterable[KeptFigure]) -> tuple[Move, ...]:
    """The figures of `paired` whose numbers differ."""
    return tuple(each for each in paired(was, now) if each.is_one)


def require_unmoved(was: Drawn, now: Drawn) -> None:
    """Refuse to sign what is not what was on the screen: raises FiguresMoved, which says what differs."""
    moves = moved(was.figures, now.figures)
    lists = [name for name, digest in now.listed.items() if was.listed.get(name) != digest]
    if moves:
        told = "; ".join(map(str, moves))
        raise FiguresMoved(moves, f"Not signed: the figures moved while you looked. {told}. {_AGAIN}")
    if lists or was.listed.keys() != now.listed.keys():
        raise FiguresMoved((), f"Not signed: the figures are the same, but others are on the lists now. {_AGAIN}")


def in_words(figure: KeptFigure | None) -> str:
    """A kept figure's number: `12`, `3 of 12`, or why there is none."""
    if figure is None:
        return "not counted"
    if figure.suppressed:
        return "not shown"
    if figure.numerator is not None and figure.denominator is not None:
        return f"{figure.numerator:,} of {figure.denominator:,}"
    if figure.value is None:
        return "no value"
    if figure.in_days:
        return days_text(int(figure.value))
    return f"{figure.value:,.0f}" if figure.value.is_integer() else f"{figure.value:,.2f}"


_AGAIN = "What you typed is kept, and the page shows what stands now: look at it, and sign again."


def difference_in_words(move: Move) -> str:
    """How many more or fewer a figure counts now, or of how many more or fewer it does; empty where nothing differs."""
    if not move.is_one:
        return ""
    was, now = move.was, move.now
    if was is None or now is None or was.value is None or now.value is None:
        return "not to be compared"
    if was.numerator is None or now.numerator is None or was.denominator is None or now.denominator is None:
        return _signed(now.value - was.value)
    if now.numerator != was.numerator:
        return _signed(now.numerator - was.numerator)
    of = now.denominator - was.denominator
    return f"of {abs(of):,} {'more' if of > 0 else 'fewer'}"


def _signed(number: float) -> str:
    return f"{number:+,.0f}".replace("-", "\N{MINUS SIGN}")
