"""How demand ahead is worked out, what it takes for granted, and when not to trust it."""

import streamlit as st

from app.parts import figures
from app.parts.demand.receipts import share_text
from offendermgmt.services import demand_definitions as definitions
from offendermgmt.services.demand import demand_policy
from offendermgmt.services.question import Question


def show(question: Question) -> None:
    """Draw the method in plain words."""
    policy, said = demand_policy(question), share_text(question)
    st.header("How this is worked out, and when not to trust it")
    st.markdown(
        f"""
**Referrals.** The number received each month is taken as chance around a level. The level may move a little from month
to month; how much it moves, and how much the months scatter, is judged from the unit's own history of up to
{policy.history_months} whole months. Many ways in which that history could go on are drawn, and the range is what
{said} of them lie in. On made-up series whose truth was known, ranges of 90% held 84 to 98 of 100 outcomes: fewest
where the level jumped after the forecast was made, most where it never moved.

**Backlog.** From today's backlog, {policy.runs:,} runs are played day by day. Cases come as forecast, by chance on any
day of the week; for each case received as many come into the backlog as did in the last year, returned cases included.
Investigators take cases out on working days, one each at a time, at the time per case measured over the last
{policy.pace_days} days (or the one you enter). All chance comes from one seed, so the same plan gives the same answer.

**Taken for granted**
- The future moves as the past has: no season, no new law, no change in what other forces or companies refer.
- An investigator works on one case at a time and does all that takes it out of the backlog. Cases are alike: risk,
  order of work and the courts are left out.
- Time per case stays as it is. Work on live cases meanwhile is in it: it is working time for each case taken out of
  the backlog, not time spent on that case.
- Leave and sickness count only as far as they are recorded as availability. Public holidays count as working days.

**Do not trust it**
- when it is marked as a trial, or the newest months lie outside their ranges: something has changed;
- when many cases were closed or moved at once in the last {policy.pace_days} days: the pace looks better than it is;
- when referrals are recorded late: the newest month looks low;
- when the backlog is about as small as the number of investigators: then there is little left to measure a pace by;
- for a single month or a single case: it tells of ranges, never of the number that will come.
"""
    )
    for definition in (definitions.RECEIPTS, definitions.NEWEST, definitions.PACE):
        st.caption(f"**{definition.title}:** {figures.definition_text(definition)}")
