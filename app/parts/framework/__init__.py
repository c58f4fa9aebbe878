"""Parts of the page of the performance framework."""
