"""PVP senior leadership's month: what stands out, why the risk moved, capacity, decisions and whether they worked."""

from app.parts.boards import board
from offendermgmt.domain.vocabulary import Board

board.show(Board.SLT)
