"""The sections of POLIT's page of the day: its children, its backlog, its cases, and the files of them."""
