"""A fictitious force to show, test and measure the product with: no real person, place or record."""

from offendermgmt.synthetic.force import fenshire, write_extract
from offendermgmt.synthetic.story import StoryEvent, events

__all__ = ["StoryEvent", "events", "fenshire", "write_extract"]
