"""Planned visits: the week, the visits in it, who waits, the form, and the suggested plan."""
