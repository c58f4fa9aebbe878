"""first tables

Revision ID: 0001
Revises:
Created: 2026-11-22 00:14:36.083172+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forces",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("force_ref", name=op.f("pk_forces")),
    )
    op.create_table(
        "audit_records",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("audit_ref", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_ref", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=True),
        sa.Column("subject_ref", sa.String(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_audit_records_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "audit_ref", name=op.f("pk_audit_records")),
    )
    op.create_index("ix_audit_records_at", "audit_records", ["force_ref", "at"])
    op.create_index("ix_audit_records_subject", "audit_records", ["force_ref", "subject_kind", "subject_ref", "at"])
    op.create_table(
        "case_identities",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_case_identities_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "case_ref", name=op.f("pk_case_identities")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_identities_order", "case_identities", ["force_ref", "recording_id"])
    op.create_table(
        "load_batches",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.String(), nullable=False),
        sa.Column("is_strict", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("loaded", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("row_counts", sa.JSON(), nullable=False),
        sa.Column("notices", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_load_batches_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "batch_id", name=op.f("pk_load_batches")),
    )
    op.create_table(
        "offender_identities",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_offender_identities_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "offender_ref", name=op.f("pk_offender_identities")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_offender_identities_order", "offender_identities", ["force_ref", "recording_id"])
    op.create_table(
        "officer_identities",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("officer_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_officer_identities_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "officer_ref", name=op.f("pk_officer_identities")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_officer_identities_order", "officer_identities", ["force_ref", "recording_id"])
    op.create_table(
        "policy_versions",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source_note", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_policy_versions_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "version", name=op.f("pk_policy_versions")),
    )
    op.create_table(
        "store_revision",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("last_recording_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_store_revision_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", name=op.f("pk_store_revision")),
    )
    op.create_table(
        "team_identities",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("team_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_team_identities_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "team_ref", name=op.f("pk_team_identities")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_team_identities_order", "team_identities", ["force_ref", "recording_id"])
    op.create_table(
        "allocations",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("officer_ref", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_allocations_to_on")),
        sa.ForeignKeyConstraint(
            ["force_ref", "offender_ref"],
            ["offender_identities.force_ref", "offender_identities.offender_ref"],
            name=op.f("fk_allocations_offender_ref"),
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "officer_ref"],
            ["officer_identities.force_ref", "officer_identities.officer_ref"],
            name=op.f("fk_allocations_officer_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_allocations")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_allocations_key", "allocations", ["force_ref", "offender_ref", "from_on", "recorded_at"])
    op.create_table(
        "offender_statuses",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "status IN ('community', 'no_fixed_abode', 'missing', "
            "'custody', 'hospital', 'abroad', 'reactive', 'ended')",
            name=op.f("ck_offender_statuses_status"),
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "offender_ref"],
            ["offender_identities.force_ref", "offender_identities.offender_ref"],
            name=op.f("fk_offender_statuses_offender_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_offender_statuses")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_offender_statuses_key", "offender_statuses", ["force_ref", "offender_ref", "from_on", "recorded_at"]
    )
    op.create_table(
        "offenders",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=False),
        sa.Column("local_ref", sa.String(), nullable=True),
        sa.Column("surname", sa.String(), nullable=True),
        sa.Column("forenames", sa.String(), nullable=True),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("mappa_category", sa.String(), nullable=True),
        sa.Column("mappa_level", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["force_ref", "offender_ref"],
            ["offender_identities.force_ref", "offender_identities.offender_ref"],
            name=op.f("fk_offenders_offender_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_offenders")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_offenders_key", "offenders", ["force_ref", "offender_ref", "recorded_at"])
    op.create_table(
        "officer_availability",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("officer_ref", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("fte", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("fte >= 0 AND fte <= 1", name=op.f("ck_officer_availability_fte")),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_officer_availability_to_on")),
        sa.ForeignKeyConstraint(
            ["force_ref", "officer_ref"],
            ["officer_identities.force_ref", "officer_identities.officer_ref"],
            name=op.f("fk_officer_availability_officer_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_officer_availability")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_officer_availability_key", "officer_availability", ["force_ref", "officer_ref", "from_on", "recorded_at"]
    )
    op.create_table(
        "officers",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("officer_ref", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("rank", sa.String(), nullable=True),
        sa.Column("is_supervisor", sa.Boolean(), nullable=False),
        sa.Column("team_ref", sa.String(), nullable=True),
        sa.Column("fte", sa.Double(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("fte > 0 AND fte <= 1", name=op.f("ck_officers_fte")),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_officers_to_on")),
        sa.ForeignKeyConstraint(
            ["force_ref", "officer_ref"],
            ["officer_identities.force_ref", "officer_identities.officer_ref"],
            name=op.f("fk_officers_officer_ref"),
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "team_ref"],
            ["team_identities.force_ref", "team_identities.team_ref"],
            name=op.f("fk_officers_team_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_officers")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_officers_key", "officers", ["force_ref", "officer_ref", "recorded_at"])
    op.create_table(
        "polit_activities",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("activity_ref", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["force_ref", "case_ref"],
            ["case_identities.force_ref", "case_identities.case_ref"],
            name=op.f("fk_polit_activities_case_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_polit_activities")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_polit_activities_key", "polit_activities", ["force_ref", "case_ref", "activity_ref", "recorded_at"]
    )
    op.create_table(
        "polit_allocations",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("officer_ref", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_polit_allocations_to_on")),
        sa.ForeignKeyConstraint(
            ["force_ref", "case_ref"],
            ["case_identities.force_ref", "case_identities.case_ref"],
            name=op.f("fk_polit_allocations_case_ref"),
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "officer_ref"],
            ["officer_identities.force_ref", "officer_identities.officer_ref"],
            name=op.f("fk_polit_allocations_officer_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_polit_allocations")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_polit_allocations_key", "polit_allocations", ["force_ref", "case_ref", "from_on", "recorded_at"]
    )
    op.create_table(
        "polit_assessments",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("risk_level", sa.String(), nullable=False),
        sa.Column("assessor_ref", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "risk_level IN ('very_high', 'high', 'medium', 'low')", name=op.f("ck_polit_assessments_risk_level")
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "case_ref"],
            ["case_identities.force_ref", "case_identities.case_ref"],
            name=op.f("fk_polit_assessments_case_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_polit_assessments")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_polit_assessments_key", "polit_assessments", ["force_ref", "case_ref", "assessed_on", "tool", "recorded_at"]
    )
    op.create_table(
        "polit_cases",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["force_ref", "case_ref"],
            ["case_identities.force_ref", "case_identities.case_ref"],
            name=op.f("fk_polit_cases_case_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_polit_cases")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_polit_cases_key", "polit_cases", ["force_ref", "case_ref", "recorded_at"])
    op.create_table(
        "polit_children",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("child_ref", sa.String(), nullable=False),
        sa.Column("identified_on", sa.Date(), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("safeguarded_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["force_ref", "case_ref"],
            ["case_identities.force_ref", "case_identities.case_ref"],
            name=op.f("fk_polit_children_case_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_polit_children")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_polit_children_key", "polit_children", ["force_ref", "case_ref", "child_ref", "recorded_at"])
    op.create_table(
        "polit_stages",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('awaiting_development', 'awaiting_allocation', 'awaiting_enforcement', "
            "'under_investigation', 'awaiting_forensics', 'with_cps', 'closed')",
            name=op.f("ck_polit_stages_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "case_ref"],
            ["case_identities.force_ref", "case_identities.case_ref"],
            name=op.f("fk_polit_stages_case_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_polit_stages")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_polit_stages_key", "polit_stages", ["force_ref", "case_ref", "from_on", "recorded_at"])
    op.create_table(
        "refused_rows",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("refused_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("last_batch_id", sa.BigInteger(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("column", sa.String(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("natural_key", sa.String(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="open", nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f("ck_refused_rows_closed_at")),
        sa.CheckConstraint("state IN ('open', 'fixed', 'dismissed')", name=op.f("ck_refused_rows_state")),
        sa.ForeignKeyConstraint(
            ["force_ref", "batch_id"],
            ["load_batches.force_ref", "load_batches.batch_id"],
            name=op.f("fk_refused_rows_batch_id"),
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "last_batch_id"],
            ["load_batches.force_ref", "load_batches.batch_id"],
            name=op.f("fk_refused_rows_last_batch_id"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "refused_id", name=op.f("pk_refused_rows")),
    )
    op.create_index("ix_refused_rows_state", "refused_rows", ["force_ref", "state", "table_name", "content_hash"])
    op.create_table(
        "risk_assessments",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("risk_level", sa.String(), nullable=False),
        sa.Column("assessor_ref", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "risk_level IN ('very_high', 'high', 'medium', 'low')", name=op.f("ck_risk_assessments_risk_level")
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "offender_ref"],
            ["offender_identities.force_ref", "offender_identities.offender_ref"],
            name=op.f("fk_risk_assessments_offender_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_risk_assessments")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_risk_assessments_key",
        "risk_assessments",
        ["force_ref", "offender_ref", "assessed_on", "tool", "recorded_at"],
    )
    op.create_table(
        "teams",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("team_ref", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("unit IN ('MOSOVO', 'POLIT')", name=op.f("ck_teams_unit")),
        sa.ForeignKeyConstraint(
            ["force_ref", "team_ref"],
            ["team_identities.force_ref", "team_identities.team_ref"],
            name=op.f("fk_teams_team_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_teams")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_teams_key", "teams", ["force_ref", "team_ref", "recorded_at"])
    op.create_table(
        "visit_intervals",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("interval_days BETWEEN 1 AND 731", name=op.f("ck_visit_intervals_interval_days")),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_visit_intervals_to_on")),
        sa.ForeignKeyConstraint(
            ["force_ref", "offender_ref"],
            ["offender_identities.force_ref", "offender_identities.offender_ref"],
            name=op.f("fk_visit_intervals_offender_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_visit_intervals")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_visit_intervals_key", "visit_intervals", ["force_ref", "offender_ref", "from_on", "recorded_at"]
    )
    op.create_table(
        "visits",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("visit_ref", sa.String(), nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("officer_refs", sa.String(), nullable=True),
        sa.Column("lone_reason", sa.Text(), nullable=True),
        sa.Column("lone_risk_assessed_on", sa.Date(), nullable=True),
        sa.Column("lone_authorised_by", sa.String(), nullable=True),
        sa.Column("lone_authorised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('completed', 'no_reply', 'refused', 'moved', 'cancelled')", name=op.f("ck_visits_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "lone_authorised_by"],
            ["officer_identities.force_ref", "officer_identities.officer_ref"],
            name=op.f("fk_visits_lone_authorised_by"),
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "offender_ref"],
            ["offender_identities.force_ref", "offender_identities.offender_ref"],
            name=op.f("fk_visits_offender_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_visits")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_visits_key", "visits", ["force_ref", "visit_ref", "recorded_at"])
    op.create_index("ix_visits_offender", "visits", ["force_ref", "offender_ref"])


def downgrade() -> None:
    op.drop_table("visits")
    op.drop_table("visit_intervals")
    op.drop_table("teams")
    op.drop_table("risk_assessments")
    op.drop_table("refused_rows")
    op.drop_table("polit_stages")
    op.drop_table("polit_children")
    op.drop_table("polit_cases")
    op.drop_table("polit_assessments")
    op.drop_table("polit_allocations")
    op.drop_table("polit_activities")
    op.drop_table("officers")
    op.drop_table("officer_availability")
    op.drop_table("offenders")
    op.drop_table("offender_statuses")
    op.drop_table("allocations")
    op.drop_table("team_identities")
    op.drop_table("store_revision")
    op.drop_table("policy_versions")
    op.drop_table("officer_identities")
    op.drop_table("offender_identities")
    op.drop_table("load_batches")
    op.drop_table("case_identities")
    op.drop_table("audit_records")
    op.drop_table("forces")
