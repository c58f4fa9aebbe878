"""trend events

Revision ID: 0003
Revises: 0002
Created: 2026-11-22 01:20:04.114310+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trend_events",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("event_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("kind IN ('inspection', 'policy', 'uplift', 'other')", name=op.f("ck_trend_events_kind")),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_trend_events_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "event_ref", "version", name=op.f("pk_trend_events")),
    )


def downgrade() -> None:
    op.drop_table("trend_events")
