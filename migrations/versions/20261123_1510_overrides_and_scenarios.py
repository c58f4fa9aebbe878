"""overrides of the order of work, and scenarios of demand

Revision ID: 0005
Revises: 0004
Created: 2026-11-23 15:10:02.518000+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "demand_scenarios",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("scenario_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_demand_scenarios_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "scenario_ref", "version", name=op.f("pk_demand_scenarios")),
    )
    op.create_table(
        "priority_overrides",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("override_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("placement", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("expires_on > from_on", name=op.f("ck_priority_overrides_expires_on")),
        sa.CheckConstraint("placement IN ('first', 'last')", name=op.f("ck_priority_overrides_placement")),
        sa.ForeignKeyConstraint(
            ["force_ref", "case_ref"],
            ["case_identities.force_ref", "case_identities.case_ref"],
            name=op.f("fk_priority_overrides_case_ref"),
        ),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_priority_overrides_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "override_ref", "version", name=op.f("pk_priority_overrides")),
    )


def downgrade() -> None:
    op.drop_table("priority_overrides")
    op.drop_table("demand_scenarios")
