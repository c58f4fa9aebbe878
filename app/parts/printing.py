"""A page on paper: its marking on every sheet, and every chart whole.

A chart is drawn as wide as the window was and has that height in its box for good; the browser can fit a drawing to the
sheet only if the drawing says how large it is. So just before printing a small script writes each chart's own size on
it, and takes that off after. What paper looks like otherwise is in `pages.css`.
"""

from collections.abc import Sequence
from typing import Final

import streamlit as st

SCRIPT: Final = """
if (!window.printsWhole) {
  window.printsWhole = true;
  const charts = () => document.querySelectorAll("[data-testid='stPlotlyChart'] .svg-container");
  window.addEventListener("beforeprint", () => {
    for (const chart of charts()) {
      for (const drawing of chart.querySelectorAll(".main-svg")) {
        const width = drawing.getAttribute("width"), height = drawing.getAttribute("height");
        drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
        chart.style.setProperty("--width", `${width}px`);
        chart.style.setProperty("--shape", `${width} / ${height}`);
      }
    }
  });
  window.addEventListener("afterprint", () => {
    for (const chart of charts()) {
      for (const drawing of chart.querySelectorAll(".main-svg")) drawing.removeAttribute("viewBox");
    }
  });
}
"""


def prepare(markings: Sequence[str]) -> None:
    """Have every sheet bear the markings and its number, and charts print whole; the frame does once on every run."""
    marked = " \\00B7  ".join(markings)
    font = "font: 700 9pt sans-serif; color: black;"
    st.html(
        "<style>@page {"
        f' @top-center {{ content: "{marked}"; {font} }}'
        ' @bottom-center { content: "Page " counter(page) " of " counter(pages); font: 8pt sans-serif; color: black; }'
        "}</style>"
    )
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
