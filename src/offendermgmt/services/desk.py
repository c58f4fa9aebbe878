"""The desk: one store's snapshots, kept while they are true, for everyone who asks in this process."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from threading import RLock
from typing import Final

from offendermgmt.domain.facts import Recordings
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.policy import Policies
from offendermgmt.services.access import Viewer
from offendermgmt.services.policies import policies
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import Snapshot, renew, take_snapshot
from offendermgmt.store import Store
from offendermgmt.store import StoreError as StoreError
from offendermgmt.store.freshness import Freshness as Freshness
from offendermgmt.store.freshness import freshness
from offendermgmt.store.histories import people
from offendermgmt.store.policies import policy_versions
from offendermgmt.store.recordings import renew_recordings

_PAST_SNAPSHOTS: Final = 4


class Desk:
    """Snapshots of one force's store, each kept until the store's revision or the policy moves.

    One person's save shows in everyone's next question: every question asks the store for its revision first. Methods
    raise StoreUnavailable with a sentence for people where the store cannot answer.
    """

    def __init__(self, store: Store, force_ref: str) -> None:
        self.store = store
        self.force_ref = force_ref
        self._lock = RLock()
        self._recordings: Recordings | None = None
        self._freshness = Freshness(-1, (), 0)
        self._policies: Policies = policies()
        self._policy_documents: tuple[tuple[datetime, str], ...] = ()
        self._now: Snapshot | None = None
        self._past: OrderedDict[datetime, Snapshot] = OrderedDict()
        self._names: dict[str, str] = {}
        self._names_of = -1

    def snapshot(self, known_at: datetime | None = None) -> Snapshot:
        """All that is known now, or what was known at `known_at` (D3)."""
        with self._lock:
            recordings = self._catch_up()
            if known_at is not None:
                return self._known_at(recordings, known_at)
            if self._now is None:
                self._now = take_snapshot(recordings, self._policies)
            return self._now

    def freshness(self) -> Freshness:
        """The last load of each table and the refused rows that wait."""
        with self._lock:
            self._catch_up()
            return self._freshness

    def names(self, offender_refs: Iterable[str]) -> dict[str, str]:
        """`SURNAME, forenames` of each offender by reference. Who may have them is for the caller to decide."""
        with self._lock:
            recorded = len(self._catch_up().tables["offenders"])
            if recorded != self._names_of:
                persons = people(self.store, self.force_ref)
                texts = persons["surname"].fillna("").str.upper() + ", " + persons["forenames"].fillna("")
                self._names = dict(zip(persons["offender_ref"], texts.str.strip(", "), strict=True))
                self._names_of = recorded
            return {ref: self._names.get(ref, "") for ref in offender_refs}

    def question(
        self,
        viewer: Viewer,
        as_of: date,
        *,
        today: date,
        periods: Periods | None = None,
        known_at: datetime | None = None,
        team_ref: str | None = None,
        officer_ref: str | None = None,
    ) -> Question:
        """A question of the snapshot known now or at `known_at`."""
        return Question(self.snapshot(known_at), viewer, as_of, today, periods, team_ref, officer_ref)

    def _catch_up(self) -> Recordings:
        before = self._recordings
        if before is not None and self.store.revision(self.force_ref) == self._freshness.revision:
            return before
        recordings, revision = renew_recordings(self.store, self.force_ref, before)
        versions = policy_versions(self.store, self.force_ref)
        in_force = policies(version.document for version in versions)
        if before is not None and self._now is not None:
            self._now = renew(self._now, before, recordings) if in_force == self._policies else None
        self._recordings, self._policies = recordings, in_force
        self._policy_documents = tuple((version.recorded_at, version.document) for version in versions)
        # Of the revision that was read, so that a write in between is noticed at the next question.
        self._freshness = replace(freshness(self.store, self.force_ref), revision=revision)
        self._past.clear()
        return recordings

    def _known_at(self, recordings: Recordings, moment: datetime) -> Snapshot:
        if moment not in self._past:
            known = policies(document for recorded_at, document in self._policy_documents if recorded_at <= moment)
            self._past[moment] = replace(take_snapshot(recordings, known, moment), publishing=self._policies)
            while len(self._past) > _PAST_SNAPSHOTS:
                self._past.popitem(last=False)
        self._past.move_to_end(moment)
        return self._past[moment]
