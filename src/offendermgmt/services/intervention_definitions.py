"""What the register of interventions says, in the words shown beside it."""

from typing import Final

from offendermgmt.services.figures import Definition

FINDING: Final = Definition(
    "Whether an intervention worked",
    "The average of the whole months from the intervention on against the average of those before it, at most a year "
    "on either side. It worked when the change surely lies the way expected and may be as large as expected; it did "
    "not when it cannot be. Else nobody can tell, or it is too early. Whatever else happened in the same months may be "
    "the cause.",
    ("M31", "M32", "M33", "M34", "M35"),
)
