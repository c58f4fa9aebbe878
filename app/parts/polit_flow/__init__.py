"""The sections of the page of POLIT's flow: each draws one set of figures, its tables and the list behind a number."""
