"""What a page, a report or an export may ask, scoped to its viewer."""
