"""daily work

Revision ID: 0006
Revises: 0005
Created: 2026-11-23 15:35:15.286761+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "daily_reviews",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("review_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'signed', 'countersigned', 'returned')", name=op.f("ck_daily_reviews_state")
        ),
        sa.CheckConstraint("unit IN ('MOSOVO', 'POLIT')", name=op.f("ck_daily_reviews_unit")),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_daily_reviews_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "review_ref", "version", name=op.f("pk_daily_reviews")),
    )
    op.create_table(
        "lone_visit_findings",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("visit_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "finding IN ('appropriate', 'not_appropriate', 'learning')", name=op.f("ck_lone_visit_findings_finding")
        ),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_lone_visit_findings_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "visit_ref", "version", name=op.f("pk_lone_visit_findings")),
    )
    op.create_table(
        "decisions",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("decision_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=True),
        sa.Column("case_ref", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("owner_ref", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("(kind = 'defer') = (expires_on IS NOT NULL)", name=op.f("ck_decisions_expires_on")),
        sa.CheckConstraint("(state = 'open') = (closed_on IS NULL)", name=op.f("ck_decisions_closed_on")),
        sa.CheckConstraint(
            "kind IN ('plan_by', 'reallocate', 'authorise_lone', 'reassess', 'escalate', 'defer', 'other')",
            name=op.f("ck_decisions_kind"),
        ),
        sa.CheckConstraint("state IN ('open', 'done', 'cancelled')", name=op.f("ck_decisions_state")),
        sa.CheckConstraint("(offender_ref IS NULL) <> (case_ref IS NULL)", name=op.f("ck_decisions_about")),
        sa.ForeignKeyConstraint(
            ["force_ref", "case_ref"],
            ["case_identities.force_ref", "case_identities.case_ref"],
            name=op.f("fk_decisions_case_ref"),
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "offender_ref"],
            ["offender_identities.force_ref", "offender_identities.offender_ref"],
            name=op.f("fk_decisions_offender_ref"),
        ),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_decisions_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "decision_ref", "version", name=op.f("pk_decisions")),
    )
    op.create_table(
        "offender_flags",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("flag_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('concern', 'intelligence', 'breach', 'contact_with_children')",
            name=op.f("ck_offender_flags_kind"),
        ),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_offender_flags_to_on")),
        sa.ForeignKeyConstraint(
            ["force_ref", "offender_ref"],
            ["offender_identities.force_ref", "offender_identities.offender_ref"],
            name=op.f("fk_offender_flags_offender_ref"),
        ),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_offender_flags_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "flag_ref", "version", name=op.f("pk_offender_flags")),
    )
    op.create_table(
        "planned_visits",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("plan_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("officer_refs", sa.String(), nullable=False),
        sa.Column("lone_reason", sa.Text(), nullable=True),
        sa.Column("lone_risk_assessed_on", sa.Date(), nullable=True),
        sa.Column("lone_authorised_by", sa.String(), nullable=True),
        sa.Column("lone_authorised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("visit_ref", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("(visit_ref IS NOT NULL) = (state = 'done')", name=op.f("ck_planned_visits_visit_ref")),
        sa.CheckConstraint("state IN ('planned', 'done', 'cancelled')", name=op.f("ck_planned_visits_state")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_planned_visits_minutes")),
        sa.ForeignKeyConstraint(
            ["force_ref", "offender_ref"],
            ["offender_identities.force_ref", "offender_identities.offender_ref"],
            name=op.f("fk_planned_visits_offender_ref"),
        ),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_planned_visits_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "plan_ref", "version", name=op.f("pk_planned_visits")),
    )
    op.create_index("ix_planned_visits_when", "planned_visits", ["force_ref", "planned_at"])


def downgrade() -> None:
    op.drop_table("planned_visits")
    op.drop_table("offender_flags")
    op.drop_table("decisions")
    op.drop_table("lone_visit_findings")
    op.drop_table("daily_reviews")
