"""The sections of the morning page, in the order in which they are read."""
