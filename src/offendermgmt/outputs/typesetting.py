"""Documents set by Typst from a template of this package and plain data."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, Final, Literal

import typst

# Tagged for screen readers: a picture without words, or a document without a title, is refused when it is set.
ACCESSIBLE: Final[Literal["ua-1"]] = "ua-1"
_LACKED: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
# A document that the standard holds is refused for one sign without a picture: what somebody wrote must not do that.
_NO_SIGN: Final = "?"


def typeset(template: str, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """A PDF/UA-1 of a template, named by its path under `outputs`, such as `packs/pack.typ`.

    The template reads `data` as `json(bytes(sys.inputs.data))`; its texts are never read as markup. Only the fonts that
    Typst brings are used, so that a document looks alike wherever it is made; a sign that they lack reads `?`.
    TypeError for data that JSON has no form for; typst.TypstError for a fault of the template.
    """
    lacking: set[str] = set()
    while True:
        try:
            return _compiled(template, _legible(data, lacking), made_at)
        except typst.TypstError as error:
            complained = {sign for text in _LACKED.findall(error.diagnostic) for sign in _unescaped(text)}
            if complained <= lacking:
                raise
            lacking |= complained


def sides_of(template: str, data: Mapping[str, Any]) -> int:
    """How many sides the document takes; its template says so in `#metadata(...) <sides>`."""
    told = typst.query(
        _source(template), "<sides>", field="value", one=True, ignore_system_fonts=True, sys_inputs=_inputs(data)
    )
    return int(json.loads(told))


def _compiled(template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    set_: bytes = typst.compile(
        _source(template),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs=_inputs(data),
        pdf_standards=[ACCESSIBLE],
        timestamp=made_at.astimezone(UTC).replace(microsecond=0),
    )
    return set_


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(data, ensure_ascii=False)}


def _source(template: str) -> bytes:
    return files("offendermgmt.outputs").joinpath(template).read_bytes()


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _legible(value: Any, lacking: set[str]) -> Any:
    if isinstance(value, str):
        return "".join(_NO_SIGN if sign in lacking else sign for sign in value)
    if isinstance(value, Mapping):
        return {name: _legible(item, lacking) for name, item in value.items()}
    return [_legible(item, lacking) for item in value] if isinstance(value, (list, tuple)) else value
