"""The Prevention and Vulnerability Meeting's month: children, orders and referrals; no names and no small counts."""

from app.parts.boards import board
from offendermgmt.domain.vocabulary import Board

board.show(Board.PVM)
