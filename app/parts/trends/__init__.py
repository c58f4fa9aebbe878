"""The sections of the page of trends: each draws one answer of a service, its table and the list behind a number."""
