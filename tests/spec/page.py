"""The rules page, made from the worked examples: `python -m tests.spec.page` writes docs/rules.md."""

from pathlib import Path
from textwrap import dedent
from typing import Final

from tests.spec.reading import ASSUMED, Example, Rule, Section, table
from tests.spec.rules import SECTIONS

PAGE: Final = Path(__file__).parents[2] / "docs" / "rules.md"
HEAD: Final = """\
<!-- Made from tests/spec/rules by `python -m tests.spec.page`; a test holds it true. Change the examples, not this. -->
# Calculation rules

Every figure on every page, in every report and export is one of these. Each rule says what is counted and shows it on
facts small enough to work out by hand; the same examples are tests of the product.

Facts are written as in the [data contract](data-contract.md), with only the columns that matter. What is left out:
"""
STATE: Final = (
    "`state` is not a report of the contract: it is how every managed offender stands at the end of a day, as the "
    "offender's page shows it."
)
SERIES: Final = (
    "`limits`, `signals` and `reading` are asked of a `series`, which is given by its values: where mean and limits "
    "lie and how the limits stand, which points are no common ones, and what the newest says of the measure and of its "
    "target."
)


def page() -> str:
    """The whole page."""
    return (
        "\n\n".join([HEAD.rstrip(), _assumptions(), STATE, SERIES, *(_section(section) for section in SECTIONS)]) + "\n"
    )


def _assumptions() -> str:
    return "\n".join(
        f"- `{name}`: " + ", ".join(f"{column} `{value}`" for column, value in columns.items())
        for name, columns in ASSUMED.items()
    )


def _section(section: Section) -> str:
    return "\n\n".join([f"## {section.title}", *(_rule(rule) for rule in section.rules)])


def _rule(rule: Rule) -> str:
    return "\n\n".join([f"### {rule.number} {rule.name}", rule.says, *(_example(example) for example in rule.examples)])


def _example(example: Example) -> str:
    answers = [f"`{ask}`\n\n{_answer(expected)}" for ask, expected in example.asks]
    return "\n\n".join([f"**{example.title}.** {example.sentence}", f"```text\n{_given(example)}\n```", *answers])


def _given(example: Example) -> str:
    """The facts with their columns in line, whatever the example was written like."""
    blocks: list[list[list[str]]] = []
    for line in dedent(example.given).strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if cells[0]:
            blocks.append([])
        blocks[-1].append(cells)
    return "\n".join(line for block in blocks for line in _in_line(block))


def _in_line(block: list[list[str]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*block, strict=True)]
    return [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip(" ") for row in block]


def _answer(expected: str) -> str:
    columns, rows = table(expected)
    if not rows:
        return "No rows."
    lines = [columns, ["---"] * len(columns), *([row[column] for column in columns] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
