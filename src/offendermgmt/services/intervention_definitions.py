"""What the register of interventions says, in the words shown beside it."""

from typing import Final

from offendermgmt.services.figures import Definition

FINDING: Final = Definition(
    "Whether an intervention worked",
    "The average of the whole months from the intervention on against the average of those before it, at most a year "
    "on either side. It worked when the change lies the way expected as surely as policy asks, and reaches the amount "
    "expected; it did not when that amount is out of reach. Else nobody can tell, or it is too early. Whatever else "
    "happened in the same months may be the cause.",
    ("M31", "M32", "M33", "M34", "M35"),
)
