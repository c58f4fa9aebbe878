"""Pages stand outside every package, where import-linter does not look: they ask services and draw with app's parts."""

import ast
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*.py"))
OURS = ("app", "offendermgmt.services", "offendermgmt.outputs", "offendermgmt.domain")


def imported(page: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(page.read_text(encoding="utf-8"))))
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return named | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_knows_neither_store_nor_intake_nor_sql(page: Path) -> None:
    ours = {name for name in imported(page) if name.split(".")[0] in {"app", "offendermgmt"}}
    assert not {name for name in ours if not name.startswith(OURS)}
    assert not {name.split(".")[0] for name in imported(page)} & {"sqlalchemy", "alembic", "sqlite3"}
