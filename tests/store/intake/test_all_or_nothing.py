"""A load is all there or not at all, whatever stops it, and the command says so in a sentence."""

import io
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import event, text

from offendermgmt.commands.load import ALL_IN, IN_BUT_FOR_REFUSED, NOTHING_LOADED, load
from offendermgmt.store import Store, StoreFull
from tests.databases import FORCE
from tests.store.intake.asking import everything, loaded, news
from tests.store.intake.killed_load import Killer, killer
from tests.unit.intake.extracts import PEOPLE, VISITS, write_extract

ROOT = Path(__file__).parents[3]
MANY = VISITS + "".join(f"N{n},V1,2025-06-01T10:00Z,completed,0042,,\n" for n in range(3_000)) + "X,V9,,,,,\n"
MOMENTS = [
    "reading visits",
    "checking visits",
    "storing teams",
    "storing visits",
    "refused rows kept",
    "before the commit",
]


def said(path: Path, address: str, monkeypatch: pytest.MonkeyPatch, *, strict: bool = False) -> tuple[int, str, str]:
    """Exit code, output and errors of the command."""
    monkeypatch.setenv("OFFENDERMGMT_DATABASE_URL", address)
    monkeypatch.setenv("OFFENDERMGMT_FORCE_REF", FORCE)
    out, err = io.StringIO(), io.StringIO()
    code = load(path, strict=strict, out=Console(file=out, width=100), err=Console(file=err, width=100))
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def killing() -> Iterator[Killer]:
    """A process that starts loads and lets them be killed."""
    with killer() as started:
        yield started


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_load_leaves_the_store_as_before(
    killing: Killer, store: Store, store_address: str, tmp_path: Path, moment: str
) -> None:
    loaded(store, tmp_path / "before", visits=VISITS + "A,V1,2025-06-01T10:00Z,completed,0042,,\n")
    before, revision = everything(store), store.revision(FORCE)
    path = write_extract(tmp_path / "extract", **PEOPLE, visits=MANY)
    assert killing.load(path, store_address, moment) == -signal.SIGKILL
    assert (everything(store), store.revision(FORCE)) == (before, revision)


def test_after_a_killed_load_the_next_one_goes_through(killing: Killer, store_address: str, tmp_path: Path) -> None:
    path = write_extract(tmp_path / "extract", **PEOPLE, visits=MANY)
    killing.load(path, store_address, MOMENTS[-1])
    with Store(store_address, patience=20) as store:
        assert news(loaded(store, tmp_path / "extract", visits=MANY))["visits"] == (3_000, 0, 1)


def test_all_in_is_exit_0_with_a_summary(store_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = said(write_extract(tmp_path / "e", **PEOPLE), store_address, monkeypatch)
    assert (code, err) == (ALL_IN, "")
    (line,) = (line for line in out.splitlines() if "offenders" in line)
    assert line.replace("│", "").split() == ["offenders", "2", "2", "0", "0"]


def test_refused_rows_are_exit_3_and_listed(
    store_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = VISITS + "".join(f"N{n},V9,2025-06-01T10:00Z,completed,0042,,\n" for n in range(25))
    code, _, err = said(write_extract(tmp_path / "e", **PEOPLE, visits=bad), store_address, monkeypatch)
    assert code == IN_BUT_FOR_REFUSED
    assert "  visits.csv, line 2, offender_ref: V9 is no offender in the store" in err
    assert err.endswith("  and 5 more; all are kept in the store\n")


def test_a_list_of_refused_rows_names_nobody(
    store_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offenders = "offender_ref,surname,registered_on\nV7,Hawthorn,2025-02-31\n"
    _, out, err = said(write_extract(tmp_path / "e", offenders=offenders), store_address, monkeypatch)
    assert "offenders.csv, line 2" in err
    assert "Hawthorn" not in out + err


def test_strict_is_exit_2_and_lists_the_rows(
    store_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_extract(tmp_path / "e", **PEOPLE, visits=MANY)
    code, _, err = said(path, store_address, monkeypatch, strict=True)
    assert code == NOTHING_LOADED
    assert "visits.csv, line 3002" in err
    assert "Nothing was loaded. 1 row breaks a rule, and --strict refuses the whole load" in err


def test_what_is_no_extract_is_exit_2(store_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, err = said(tmp_path / "none", store_address, monkeypatch)
    assert (code, err.startswith("Nothing was loaded. There is nothing at ")) == (NOTHING_LOADED, True)


def test_a_second_load_at_the_same_time_is_refused(
    store: Store, store_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offendermgmt.commands.load.Store", lambda address: Store(address, patience=0.2))
    path = write_extract(tmp_path / "e", **PEOPLE)
    with store.write(FORCE, user="somebody"):
        code, _, err = said(path, store_address, monkeypatch)
    assert code == NOTHING_LOADED
    assert "Somebody else is writing to" in err


@pytest.mark.parametrize("address", ["postgresql://nobody@127.0.0.1:1/none", "sqlite:////none/at/all.db"])
def test_a_store_out_of_reach_is_exit_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    code, _, err = said(write_extract(tmp_path / "e", **PEOPLE), address, monkeypatch)
    assert code == NOTHING_LOADED
    assert "cannot be reached" in err or "There is no store at" in err


def test_a_read_only_database_is_exit_2(
    store: Store, store_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = store_address
    if store.engine.dialect.name == "sqlite":
        address = f"sqlite:///file:{store.url.database}?mode=ro&uri=true"
    else:
        with store.engine.connect() as connection:
            connection.execute(text(f'ALTER DATABASE "{store.url.database}" SET default_transaction_read_only = on'))
            connection.commit()
    code, _, err = said(write_extract(tmp_path / "e", **PEOPLE), address, monkeypatch)
    assert (code, "cannot be written to" in err) == (NOTHING_LOADED, True), err


def test_a_full_database_takes_nothing(sqlite_template: Path, tmp_path: Path) -> None:
    file = shutil.copy(sqlite_template, tmp_path / "store.db")
    with Store(f"sqlite:///{file}") as store:
        before = everything(store)
        event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 80"))
        store.engine.dispose()
        with pytest.raises(StoreFull, match="no room left"):
            loaded(store, tmp_path / "e", visits=MANY)
        assert everything(store) == before


def test_a_full_disk_is_exit_2_and_leaves_the_store_as_before(sqlite_template: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(sqlite_template, tmp_path / "store.db"))
    path = write_extract(tmp_path / "e", **PEOPLE, visits=MANY)
    code = "import sys, pathlib; from offendermgmt.commands.load import load; sys.exit(load(pathlib.Path(sys.argv[1])))"

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT,
        env={**os.environ, "OFFENDERMGMT_DATABASE_URL": f"sqlite:///{file}", "OFFENDERMGMT_FORCE_REF": FORCE},
        capture_output=True,
        text=True,
        preexec_fn=small_disk,
        check=False,
    )
    assert (done.returncode, done.stderr.startswith("Nothing was loaded. ")) == (NOTHING_LOADED, True), done.stderr
    with Store(f"sqlite:///{file}") as store:
        assert store.revision(FORCE) == 0
