"""what was done in POLIT cases

Revision ID: 0004
Revises: 0003
Created: 2026-11-23 15:02:31.207000+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("polit_assessments", sa.Column("tool_version", sa.String(), nullable=True))
    op.create_table(
        "image_viewing",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("officer_ref", sa.String(), nullable=False),
        sa.Column("viewed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["force_ref", "officer_ref"],
            ["officer_identities.force_ref", "officer_identities.officer_ref"],
            name=op.f("fk_image_viewing_officer_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_image_viewing")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_image_viewing_key", "image_viewing", ["force_ref", "officer_ref", "viewed_on", "recorded_at"])
    op.create_table(
        "polit_access",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("access IN ('yes', 'no', 'not_known')", name=op.f("ck_polit_access_access")),
        sa.ForeignKeyConstraint(
            ["force_ref", "case_ref"],
            ["case_identities.force_ref", "case_identities.case_ref"],
            name=op.f("fk_polit_access_case_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_polit_access")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_polit_access_key", "polit_access", ["force_ref", "case_ref", "from_on", "recorded_at"])
    op.create_table(
        "polit_enforcements",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("enforcement_ref", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('arrest', 'voluntary_interview', 'warrant')", name=op.f("ck_polit_enforcements_kind")
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "case_ref"],
            ["case_identities.force_ref", "case_identities.case_ref"],
            name=op.f("fk_polit_enforcements_case_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_polit_enforcements")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_polit_enforcements_key", "polit_enforcements", ["force_ref", "case_ref", "enforcement_ref", "recorded_at"]
    )
    op.create_table(
        "polit_examinations",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("examination_ref", sa.String(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("result_on >= submitted_on", name=op.f("ck_polit_examinations_result_on")),
        sa.ForeignKeyConstraint(
            ["force_ref", "case_ref"],
            ["case_identities.force_ref", "case_identities.case_ref"],
            name=op.f("fk_polit_examinations_case_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_polit_examinations")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_polit_examinations_key", "polit_examinations", ["force_ref", "case_ref", "examination_ref", "recorded_at"]
    )
    op.create_table(
        "polit_information",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("information_ref", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("needs_assessment", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["force_ref", "case_ref"],
            ["case_identities.force_ref", "case_identities.case_ref"],
            name=op.f("fk_polit_information_case_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_polit_information")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_polit_information_key", "polit_information", ["force_ref", "case_ref", "information_ref", "recorded_at"]
    )


def downgrade() -> None:
    op.drop_table("polit_information")
    op.drop_table("polit_examinations")
    op.drop_table("polit_enforcements")
    op.drop_table("polit_access")
    op.drop_table("image_viewing")
    op.drop_column("polit_assessments", "tool_version")
