"""The review of a unit's day at the foot of its morning: signed by the inspector, answered by the chief inspector."""

from offendermgmt.services.morning import Morning


def panel(morning: Morning) -> None:
    """Draw how far the review of the morning's unit and day has come, and what the viewer may do about it."""
