"""The policy in force: the shipped version, and the force's own after it."""

import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from offendermgmt.domain.policy import Policies, Policy
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.store import Store
from offendermgmt.store.policies import append_policy

# Sections that came after the first release: a document recorded before then has the shipped values for them.
ADDED_SECTIONS: Final = (
    "crewing",
    "workload",
    "assessments",
    "triage",
    "decisions",
    "lone_findings",
    "morning",
    "planning",
    "recording",
    "reviews",
    "board_actions",
    "evaluation",
    "publication",
    "polit_board",
    "polit_priority",
    "polit_demand",
    "signals",
    "framework",
    "prevention",
)


@cache
def shipped_policy() -> Policy:
    """The version that ships with the product and holds until a force records its own."""
    return Policy.from_document(_shipped_document())


@lru_cache(maxsize=64)
def read_policy(document: str) -> Policy:
    """The policy a TOML document describes, with the shipped values for `ADDED_SECTIONS` it does not have.

    KeyError or ValueError names what is missing or wrong.
    """
    shipped = _shipped_document()
    return Policy.from_document({name: shipped[name] for name in ADDED_SECTIONS} | tomllib.loads(document))


@cache
def _shipped_document() -> dict[str, Any]:
    text = files("offendermgmt.services").joinpath("shipped_policy.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def policies(documents: Iterable[str] = ()) -> Policies:
    """The shipped policy followed by the versions in `documents` (TOML), each in force from its own day.

    A later document for the same day replaces the earlier one. KeyError or ValueError names what a document lacks.
    """
    versions = {policy.from_on: policy for policy in map(read_policy, documents)}
    shipped = shipped_policy()
    return Policies((shipped, *(versions[day] for day in sorted(versions) if day > shipped.from_on)))


def record_policy(store: Store, force_ref: str, viewer: Viewer, document: str, *, reason: str, source_note: str) -> int:
    """Put a new version of policy (TOML) on record, in force from the day it names; its number.

    NotPermitted for anyone but an administrator; ValueError says what the document, reason or source lacks.
    """
    if viewer.role is not Role.ADMINISTRATOR:
        raise NotPermitted("Policy is changed by an administrator. Ask one, with the reason and the source.")
    if not reason.strip() or not source_note.strip():
        raise ValueError("A change of policy needs a reason and a note of its source.")
    try:
        policy = read_policy(document)
    except KeyError as error:
        raise ValueError(
            f"The policy does not say {error}: every value of the shipped policy must be there."
        ) from error
    with store.write(force_ref, user=viewer.name, source="policy") as work:
        return append_policy(work, document, from_on=policy.from_on, reason=reason, source_note=source_note)
