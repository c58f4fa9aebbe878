"""Tests, by kind: spec (rules as tables), unit, store, app, browser."""
