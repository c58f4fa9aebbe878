"""boards

Revision ID: 0007
Revises: 0006
Created: 2026-11-23 18:08:57.107937+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commentaries",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("commentary_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("measure_ref", sa.String(), nullable=False),
        sa.Column("month_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("so_what", sa.Text(), nullable=False),
        sa.Column("what_next", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'approved')", name=op.f("ck_commentaries_state")),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_commentaries_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "commentary_ref", "version", name=op.f("pk_commentaries")),
    )
    op.create_table(
        "interventions",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("intervention_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column("rebase_on", sa.Date(), nullable=True),
        sa.Column("rebase_reason", sa.Text(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "(rebase_on IS NULL) = (rebase_reason IS NULL)", name=op.f("ck_interventions_rebase_reason")
        ),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_interventions_to_on")),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_interventions_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "intervention_ref", "version", name=op.f("pk_interventions")),
    )
    op.create_table(
        "key_questions",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("question_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_key_questions_to_on")),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_key_questions_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "question_ref", "version", name=op.f("pk_key_questions")),
    )
    op.create_table(
        "measures",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("measure_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_ref", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("improvement", sa.String(), nullable=False),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("target_source", sa.Text(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("boards", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("improvement IN ('increase', 'decrease', 'neutral')", name=op.f("ck_measures_improvement")),
        sa.CheckConstraint("target IS NULL OR target_source IS NOT NULL", name=op.f("ck_measures_target_source")),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_measures_to_on")),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_measures_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "measure_ref", "version", name=op.f("pk_measures")),
    )
    op.create_table(
        "month_closings",
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("month_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("state IN ('closed', 'reopened')", name=op.f("ck_month_closings_state")),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_month_closings_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "month_ref", "version", name=op.f("pk_month_closings")),
    )
    _make_decisions_anew(of_boards=True)


def downgrade() -> None:
    op.execute("DELETE FROM decisions WHERE board IS NOT NULL")
    _make_decisions_anew(of_boards=False)

    op.drop_table("month_closings")
    op.drop_table("measures")
    op.drop_table("key_questions")
    op.drop_table("interventions")
    op.drop_table("commentaries")


_CASE_KINDS = ("plan_by", "reallocate", "authorise_lone", "reassess", "escalate", "defer", "other")
_KEPT = (
    *("force_ref", "decision_ref", "version", "offender_ref", "case_ref", "kind", "decided_on", "decided_by"),
    *(
        "owner_ref",
        "due_on",
        "reason",
        "expires_on",
        "state",
        "outcome",
        "closed_on",
        "author",
        "recorded_at",
        "is_void",
    ),
)


def _make_decisions_anew(*, of_boards: bool) -> None:
    """SQLite cannot change a table's checks: the rows wait in another table while this one is made anew."""
    kept = ", ".join(_KEPT)
    op.execute(f"CREATE TABLE decisions_waiting AS SELECT {kept} FROM decisions")  # noqa: S608
    op.drop_table("decisions")
    op.create_table("decisions", *_columns(of_boards), *_checks(of_boards), *_keys())
    op.execute(f"INSERT INTO decisions ({kept}) SELECT {kept} FROM decisions_waiting")  # noqa: S608
    op.drop_table("decisions_waiting")


def _columns(of_boards: bool) -> list[sa.Column[object]]:
    boards = [sa.Column("board", sa.String(), nullable=True), sa.Column("measure_ref", sa.String(), nullable=True)]
    post = [sa.Column("owner_post", sa.String(), nullable=True)]
    return [
        sa.Column("force_ref", sa.String(), nullable=False),
        sa.Column("decision_ref", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("offender_ref", sa.String(), nullable=True),
        sa.Column("case_ref", sa.String(), nullable=True),
        *(boards if of_boards else []),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("owner_ref", sa.String(), nullable=True),
        *(post if of_boards else []),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
    ]


def _checks(of_boards: bool) -> list[sa.CheckConstraint]:
    kinds = ", ".join(f"'{kind}'" for kind in (*_CASE_KINDS, *(["action"] if of_boards else [])))
    about_a_board = (
        "(offender_ref IS NOT NULL AND case_ref IS NULL AND board IS NULL)"
        " OR (offender_ref IS NULL AND case_ref IS NOT NULL AND board IS NULL)"
        " OR (offender_ref IS NULL AND case_ref IS NULL AND board IS NOT NULL)"
    )
    checks = {
        "kind": f"kind IN ({kinds})",
        "state": "state IN ('open', 'done', 'cancelled')",
        "about": about_a_board if of_boards else "(offender_ref IS NULL) <> (case_ref IS NULL)",
        "expires_on": "(kind = 'defer') = (expires_on IS NOT NULL)",
        "closed_on": "(state = 'open') = (closed_on IS NULL)",
    }
    if of_boards:
        checks["board"] = "board IN ('slt', 'fpb', 'pvm')"
        checks["action"] = "(kind = 'action') = (board IS NOT NULL)"
        checks["of_board"] = "board IS NOT NULL OR (owner_post IS NULL AND measure_ref IS NULL)"
    return [sa.CheckConstraint(text, name=op.f(f"ck_decisions_{name}")) for name, text in checks.items()]


def _keys() -> list[sa.Constraint]:
    about = {
        register: sa.ForeignKeyConstraint(
            ["force_ref", f"{register}_ref"],
            [f"{register}_identities.force_ref", f"{register}_identities.{register}_ref"],
            name=op.f(f"fk_decisions_{register}_ref"),
        )
        for register in ("case", "offender")
    }
    return [
        *about.values(),
        sa.ForeignKeyConstraint(["force_ref"], ["forces.force_ref"], name=op.f("fk_decisions_force_ref")),
        sa.PrimaryKeyConstraint("force_ref", "decision_ref", "version", name=op.f("pk_decisions")),
    ]
