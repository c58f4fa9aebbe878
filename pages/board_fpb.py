"""The Force Performance Board's month: trends with their signals, teams compared; no names and no small counts."""

from app.parts.boards import board
from offendermgmt.domain.vocabulary import Board

board.show(Board.FPB)
