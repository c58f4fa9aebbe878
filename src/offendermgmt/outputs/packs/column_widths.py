"""How wide the columns of a table are, by what stands in them."""

from collections.abc import Sequence
from typing import Final

_WIDEST: Final = 110


def column_widths(columns: Sequence[Sequence[str]], room: float, pad: float) -> list[float]:
    """The width of each column of texts, in letters, within the room of a line, `pad` beside each text.

    Each is as wide as its longest text within bounds; where that is too much together, as wide as its longest word, and
    its part of what is left; narrower only where there is no other way. They are no wider than that: figures far apart
    are read across wrongly.
    """
    wanted = [min(max(map(len, texts)) + 2, _WIDEST) + pad for texts in columns]
    words = [max((len(word) for text in texts for word in text.split()), default=0) for texts in columns]
    least = [min(word + 2 + pad, most) for word, most in zip(words, wanted, strict=True)]
    left, more = room - sum(least), sum(wanted) - sum(least)
    if left < 0:
        return [few * room / sum(least) for few in least]
    part = min(left / more, 1.0) if more else 1.0
    return [few + part * (most - few) for few, most in zip(least, wanted, strict=True)]
