"""A list offered for download: the file is made when asked for, and leaves only once that is on record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import pandas as pd

from offendermgmt.outputs.list_csv import as_csv
from offendermgmt.outputs.listing import ListColumn, Listing, file_name
from offendermgmt.outputs.methodology import Methodology
from offendermgmt.outputs.workbook import as_workbook
from offendermgmt.services.access import ROLE_TITLES, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.desk import Desk
from offendermgmt.services.disclosures import Disclosure, record_disclosure
from offendermgmt.services.figures import Definition, Setting
from offendermgmt.store.freshness import Freshness

Form = Literal["csv", "xlsx"]


@dataclass(frozen=True)
class Offer:
    """A list as it was read for a page (`page_ref` in the address), for `viewer`; `rows` gives the whole of it.

    `filters` narrow it beyond those of `setting`; `columns` are only those that the viewer may have. `subject` is
    whose record it is of, if one person's or case's.
    """

    desk: Desk
    viewer: Viewer
    page_ref: str
    page: str
    title: str
    columns: Sequence[ListColumn]
    rows: Callable[[], pd.DataFrame]
    setting: Setting
    filters: Mapping[str, str]
    definitions: Sequence[Definition]
    freshness: Freshness
    markings: Sequence[str]
    subject: Subject | None = None

    @property
    def has_names(self) -> bool:
        """Whether people are named in the list."""
        return any(column.personal for column in self.columns)

    @property
    def needs_reason(self) -> bool:
        """Whether it leaves only with why, and to whom: it names people, or is of one record."""
        return self.has_names or self.subject is not None

    def file_name(self, form: Form) -> str:
        """The file's name: marking, page, list and day."""
        return file_name(self.markings, self.page_ref, self.title, self.setting.as_of, form)

    def file(self, form: Form, reason: str) -> bytes:
        """The file, once its record is written; raises what either raises (`record_disclosure`), and gives nothing."""
        listing = Listing(self.title, self.columns, self.rows())
        made = self._made(listing, form, reason)
        record_disclosure(self.desk, self.viewer, self.setting, self._disclosure(len(listing.rows), form, reason))
        return made

    def _made(self, listing: Listing, form: Form, reason: str) -> bytes:
        if form == "csv":
            return as_csv(listing, self.markings)
        return as_workbook(listing, self._methodology(len(listing.rows), reason))

    def _disclosure(self, rows: int, form: Form, reason: str) -> Disclosure:
        filters = self._every_filter()
        return Disclosure(self.page_ref, self.title, form, rows, self.has_names, filters, reason, self.subject)

    def _every_filter(self) -> dict[str, str]:
        return {**self.setting.filters, **self.filters}

    def _methodology(self, rows: int, reason: str) -> Methodology:
        return Methodology(
            markings=self.markings,
            page=self.page,
            title=self.title,
            rows=rows,
            as_of=self.setting.as_of,
            known_at=self.setting.known_at,
            filters=self._every_filter(),
            policy_version=self.setting.policy_version,
            freshness=self.freshness,
            definitions=self.definitions,
            made_at=datetime.now(UTC),
            made_by=f"{self.viewer.name}, {ROLE_TITLES[self.viewer.role]}",
            reason=reason,
            columns=self.columns,
        )
