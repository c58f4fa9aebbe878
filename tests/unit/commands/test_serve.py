import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config

from offendermgmt.commands.serve import (
    THIS_MACHINE,
    CannotServe,
    chosen_port,
    configuration,
    dotted,
    pages_folder,
    serve,
)
from offendermgmt.store import StoreNotReady

PAGES = pages_folder()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind((THIS_MACHINE, 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_another_program_has_is_refused_with_what_to_do(taken_port: int) -> None:
    with pytest.raises(CannotServe, match=rf"Port {taken_port} on 127.0.0.1 .* --port"):
        chosen_port(THIS_MACHINE, taken_port)


def test_when_the_usual_port_is_taken_a_free_one_is_chosen(taken_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offendermgmt.commands.serve.USUAL_PORT", taken_port)

    assert chosen_port(THIS_MACHINE, None) not in {0, taken_port}


def test_an_address_of_another_machine_cannot_be_served() -> None:
    with pytest.raises(CannotServe, match="not an address of this machine"):
        chosen_port("192.0.2.1", None)


def test_a_missing_store_is_said_before_anything_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFENDERMGMT_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")

    with pytest.raises(StoreNotReady, match="offendermgmt init"):
        serve()


def test_the_pages_lie_where_serve_looks_for_them() -> None:
    assert (PAGES / "app" / "server.py").is_file()
    assert (PAGES / "pages").is_dir()


def test_nested_options_are_named_by_their_path() -> None:
    assert dotted({"theme": {"light": {"textColor": "#000"}, "font": "serif"}}) == {
        "theme.light.textColor": "#000",
        "theme.font": "serif",
    }


def test_every_shipped_option_is_one_that_streamlit_has() -> None:
    shipped = configuration(PAGES, THIS_MACHINE, 8501)

    assert set(shipped) <= set(config.get_config_options())


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("browser.gatherUsageStats", False),
        ("client.showErrorDetails", "none"),
        ("server.enableXsrfProtection", True),
        ("server.enableCORS", True),
        ("client.disableDataExport", True),
    ],
)
def test_the_pages_are_served_guarded(option: str, value: object) -> None:
    assert configuration(PAGES, THIS_MACHINE, 8501)[option] == value
