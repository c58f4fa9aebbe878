"""A briefing as one HTML file, to mail or to print: no script, no picture, nothing from elsewhere."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from offendermgmt.outputs.briefing.document import Briefing


def as_html(briefing: Briefing) -> str:
    """The briefing as an HTML document; every text in it is escaped."""
    return _template().render(briefing=briefing)


@cache
def _template() -> Template:
    source = files("offendermgmt.outputs").joinpath("briefing/briefing.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(
        source
    )
