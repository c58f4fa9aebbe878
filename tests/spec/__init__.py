"""The rules as tables, and the engine held against them."""
