"""The sections of the page of demand ahead: each draws one answer of a service, its table and its file."""
