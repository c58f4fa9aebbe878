"""What the figures are, how the data is handled, and who sees what, in the reader's words."""

import pandas as pd
import streamlit as st

from app.navigation import PLACES
from app.parts import listing
from app.parts.listing import Field
from app.parts.marking import MARKING
from app.session import ask, current_view
from offendermgmt.services.access import ROLE_TITLES
from offendermgmt.services.directory import scope_text
from offendermgmt.services.glossary import glossary
from offendermgmt.services.roles import what_each_role_sees

view = current_view()
question = ask()

st.markdown(
    f"You are viewing as **{view.viewer.name}**, {ROLE_TITLES[view.viewer.role]}. Cases: {scope_text(question)}."
)
st.header("Handling")
st.markdown(
    f"Every page is marked {MARKING}: share it only with those who need to know for their duties. Opening a person's "
    "record is logged with your name, the day and the record. So is every download, with what it held and why."
)
st.header("What each figure counts")
st.markdown(
    "Every figure is counted by the numbered rules of the product (`docs/rules.md`), in one place, and opens the list "
    f"it counts: the list's length is the figure. The policy in force is version {question.policy.version}."
)
groups = glossary(question.policy.assessments)
for place in PLACES:
    if place.url_path in groups:
        st.subheader(place.title, anchor=f"figures-{place.url_path}")
        listing.show(
            pd.DataFrame(
                [
                    {"title": each.title, "meaning": each.meaning, "rules": ", ".join(each.rules)}
                    for each in groups[place.url_path]
                ]
            ),
            [Field("title", "Figure"), Field("meaning", "What it counts"), Field("rules", "Rules")],
            caption=f"Definitions: {place.title.lower()}",
        )
st.markdown(
    """
- A share stands with what it was counted from; where nothing stands under it, it has no value.
- **As-of day** describes the end of that day: facts dated later do not count.
- **As known on** uses only what had been recorded by the end of that day, so a figure can be shown as it was. A link
  from a signed review names the moment of that day.
- **Refused rows** are rows of an extract that break a rule. They are kept, with the reason, until fixed or dismissed.
"""
)
st.header("Who sees what")
listing.show(
    pd.DataFrame(what_each_role_sees(question.smallest_count)),
    [Field("role", "Role"), Field("cases", "Cases"), Field("people", "People"), Field("quality", "Refused rows")],
    caption="What each role may see",
)
st.header("How the address works")
st.markdown(
    """
The address of a page holds the view: the day, the filters and the record. Copy it to reopen or share exactly this view;
whoever opens it sees what their own role allows, and is told what is left out. It holds references and codes, never a
name. From a list, a record's address also holds the list's filters, so that the way back leads to the same list.
"""
)
