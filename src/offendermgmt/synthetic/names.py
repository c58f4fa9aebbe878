"""Invented names: surnames that read like the mixed names of a county, none taken from a record."""

import numpy as np

from offendermgmt.synthetic.chance import Ints

SURNAMES = (
    "Abberwick", "Aldershawe", "O'Farraghty", "O'Dunnigan", "Ap Gwynfryn", "Llewelthorpe", "Cadwgarth", "Brânmor",
    "Siânwell", "McTavenny", "MacIlroyd", "Fitzhallow", "Nowakczyk", "Wiśnieczak", "Zielónka", "Kowalczewski",
    "Szymborak", "Chaudrani", "Patelwar", "Rahmanzai", "Singhara", "Kaurwal", "Begumpur", "Okonjoye", "Adebanwo",
    "Mensahene", "Fenwright", "Marlsedge", "Dykesworth", "Reedham-Lode", "Sluicegate", "Washbourne-Ely", "Harrowmere",
    "Tansyfield", "Quillbeck", "Brackenholt", "Pellingdon", "Thistlecombe", "Wexmarsh", "Yarrowden", "Copperthwick",
    "Dunmallow", "Eskerling", "Farthingloe", "Grimblesby", "Hollowick", "Ivelstoke", "Jessamyne", "Kettlewray",
    "Lodesmere", "Mossgrave", "Nettleship-Fen", "Osierbank", "Pashlerton", "Ravelsby", "Saltfleetby", "Turvelock",
    "Umberleigh", "Vellacotte", "Withypole", "D'Arcanne", "Müllerby", "Nguyenhart", "Popescara", "Ionescule",
)  # fmt: skip
FORENAMES = (
    "Alun", "Bryn", "Ciarán", "Déaglán", "Eamon", "Finbar", "Gethin", "Siôn", "Huw", "Padraig", "Paweł", "Łukasz",
    "Tomasz", "Mateusz", "Zbigniew", "Imran", "Tariq", "Harjit", "Gurpreet", "Rajesh", "Anil", "Femi", "Kwame",
    "Martin", "Stephen", "Graham", "Colin", "Trevor", "Nigel", "Derek", "Barry", "Keith", "Darren", "Wayne", "Craig",
    "Jason", "Lee", "Gareth", "Callum", "Ryan", "Jordan", "Liam", "Susan", "Tracey", "Denise", "Zoë",
)  # fmt: skip


def surnames(rng: np.random.Generator, size: int) -> list[str]:
    """`size` invented surnames."""
    return _drawn(rng, SURNAMES, size)


def forenames(rng: np.random.Generator, size: int) -> list[str]:
    """`size` forenames, a third of them with a second one."""
    first, second = _drawn(rng, FORENAMES, size), _drawn(rng, FORENAMES, size)
    both = rng.random(size) < 1 / 3
    return [f"{a} {b}" if two and a != b else a for a, b, two in zip(first, second, both, strict=True)]


def _drawn(rng: np.random.Generator, names: tuple[str, ...], size: int) -> list[str]:
    places: Ints = rng.integers(len(names), size=size)
    return [names[place] for place in places]
