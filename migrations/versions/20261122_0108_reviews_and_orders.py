"""reviews and orders

Revision ID: 0002
Revises: 0001
Created: 2026-11-22 01:08:12.514000+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=False),
        sa.Column("order_ref", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_orders_to_on")),
        sa.ForeignKeyConstraint(
            ["force_ref", "offender_ref"],
            ["offender_identities.force_ref", "offender_identities.offender_ref"],
            name=op.f("fk_orders_offender_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_orders")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_orders_key", "orders", ["force_ref", "offender_ref", "order_ref", "recorded_at"])
    op.create_table(
        "plan_reviews",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewer_ref", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["force_ref", "offender_ref"],
            ["offender_identities.force_ref", "offender_identities.offender_ref"],
            name=op.f("fk_plan_reviews_offender_ref"),
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "reviewer_ref"],
            ["officer_identities.force_ref", "officer_identities.officer_ref"],
            name=op.f("fk_plan_reviews_reviewer_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_plan_reviews")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_plan_reviews_key", "plan_reviews", ["force_ref", "offender_ref", "reviewed_on", "recorded_at"])
    op.create_table(
        "supervisor_reviews",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("recording_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewer_ref", sa.String(), nullable=True),
        sa.Column("finding", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["force_ref", "offender_ref"],
            ["offender_identities.force_ref", "offender_identities.offender_ref"],
            name=op.f("fk_supervisor_reviews_offender_ref"),
        ),
        sa.ForeignKeyConstraint(
            ["force_ref", "reviewer_ref"],
            ["officer_identities.force_ref", "officer_identities.officer_ref"],
            name=op.f("fk_supervisor_reviews_reviewer_ref"),
        ),
        sa.PrimaryKeyConstraint("force_ref", "recording_id", name=op.f("pk_supervisor_reviews")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_supervisor_reviews_key", "supervisor_reviews", ["force_ref", "offender_ref", "reviewed_on", "recorded_at"]
    )


def downgrade() -> None:
    op.drop_table("supervisor_reviews")
    op.drop_table("plan_reviews")
    op.drop_table("orders")
