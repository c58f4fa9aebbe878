"""The rules page says what the examples say."""

from tests.spec.page import PAGE, page


def test_rules_page_is_made_from_the_examples() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/rules.md is out of date: run python -m tests.spec.page"
