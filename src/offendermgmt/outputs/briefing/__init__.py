"""The morning of a unit on paper: one document, written as HTML and as PDF."""
