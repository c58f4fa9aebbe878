"""Documents set by Typst from a template of this package and plain data."""

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any, Final, Literal

import typst

# Tagged for screen readers: a picture without words, or a document without a title, is refused when it is set.
ACCESSIBLE: Final[Literal["ua-1"]] = "ua-1"


def typeset(template: str, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """A PDF/UA-1 of a template, named by its path under `outputs`, such as `packs/pack.typ`.

    The template reads `data` as `json(bytes(sys.inputs.data))`; its texts are never read as markup. Only the fonts that
    Typst brings are used, so that a document looks alike wherever it is made. TypeError for data that JSON has no form
    for; typst.TypstError for a fault of the template.
    """
    source = files("offendermgmt.outputs").joinpath(template).read_bytes()
    set_: bytes = typst.compile(
        source,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=[ACCESSIBLE],
        timestamp=made_at,
    )
    return set_
