"""The slides that a pack is laid on: the force's own template, or the product's plain one."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.util import Emu, Inches, Pt

_TITLES: Final = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
_MARGINS: Final = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
_CONTENT: Final = {PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY}
_WIDE: Final = Inches(13.333)
_LEAST_WIDTH, _LEAST_HEIGHT = Inches(6), Inches(3.2)
_GAP: Final = Inches(0.1)
_EDGE: Final = Inches(0.5)
_FOOT: Final = Inches(0.32)
# PowerPoint's own template files differ from presentations in this one declaration.
_POTX: Final = b"presentationml.template.main+xml"
_PPTX: Final = b"presentationml.presentation.main+xml"


class TemplateRefused(ValueError):
    """A template that a pack cannot be laid on; the message says what it lacks and what to do."""


@dataclass(frozen=True)
class Box:
    """A place on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Template:
    """A presentation without slides, its layouts for the first and for every other slide, and where things may lie.

    `area` is free for content under the title, `foot` is for the marking and `number` for the slide's number.
    """

    presentation: Any
    opening: Any
    content: Any
    area: Box
    foot: Box
    number: Box


_OPENING: Final = {
    PP_PLACEHOLDER.CENTER_TITLE: Box(_EDGE, Inches(2), 0, Inches(1)),
    PP_PLACEHOLDER.SUBTITLE: Box(_EDGE, Inches(3.1), 0, Inches(2.5)),
}


def slide_template(path: Path | None) -> Template:
    """The template in a file (.pptx or .potx) without its slides, or the product's own; TemplateRefused, OSError."""
    presentation = _plain() if path is None else _opened(path)
    name = "The template" if path is None else f"The template {path.name}"
    content = _content_layout(presentation, name)
    foot, number = _margins(presentation, content)
    return Template(
        presentation,
        _opening_layout(presentation) or content,
        content,
        _area(presentation, content, name, foot.top),
        foot,
        number,
    )


def _opened(path: Path) -> Any:
    """The presentation of a file, its slides taken out."""
    try:
        presentation = pptx.Presentation(io.BytesIO(_as_presentation(path.read_bytes())))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise TemplateRefused(
            f"{path.name} is no PowerPoint file: give the force's template as .pptx or .potx."
        ) from error
    slides = presentation.slides._sldIdLst
    for slide in list(slides):
        presentation.part.drop_rel(slide.rId)
        slides.remove(slide)
    return presentation


def _as_presentation(content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for item in given.infolist():
            part = given.read(item)
            made.writestr(item, part.replace(_POTX, _PPTX) if item.filename == "[Content_Types].xml" else part)
    return written.getvalue()


def _plain() -> Any:
    """The library's own template made wide, its titles smaller and at the left."""
    presentation: Any = pptx.Presentation()
    wider = _WIDE / presentation.slide_width
    presentation.slide_width = _WIDE
    master = presentation.slide_master
    for shape in (shape for each in (master, *presentation.slide_layouts) for shape in each.placeholders):
        if shape._element.spPr.find(".//{*}off") is not None:
            shape.left, shape.width = Emu(round(shape.left * wider)), Emu(round(shape.width * wider))
    for shape in master.placeholders:
        if shape.placeholder_format.type in _TITLES:
            shape.left, shape.top, shape.width, shape.height = _EDGE, Inches(0.25), _WIDE - 2 * _EDGE, Inches(0.75)
    for shape in _opening_layout(presentation).placeholders:
        place = _OPENING.get(shape.placeholder_format.type)
        if place is not None:
            shape.left, shape.top, shape.width, shape.height = _EDGE, place.top, _WIDE - 2 * _EDGE, place.height
    for level in master._element.findall(".//{*}titleStyle/{*}lvl1pPr"):
        level.set("algn", "l")
        level.find("{*}defRPr").set("sz", str(Pt(24).centipoints))
    return presentation


def _content_layout(presentation: Any, name: str) -> Any:
    """The layout called Title Only, else one with a title alone, else one with a title and one place for content."""
    layouts = [layout for layout in presentation.slide_layouts if _of(layout, _TITLES)]
    named = [layout for layout in layouts if layout.name.strip().casefold() == "title only"]
    alone = [layout for layout in layouts if not _others(layout)]
    beside = [layout for layout in layouts if len(_others(layout)) == 1 and _of(layout, _CONTENT)]
    for layout in (*named, *alone, *beside):
        return layout
    there = ", ".join(layout.name for layout in presentation.slide_layouts) or "none"
    raise TemplateRefused(
        f"{name} has no layout with a title and room under it (its layouts: {there}). "
        "Add one called Title Only, with a title and nothing else, and try again."
    )


def _opening_layout(presentation: Any) -> Any:
    """The layout called Title Slide, else the first with a title and a subtitle; None where there is none."""
    layouts = [layout for layout in presentation.slide_layouts if _of(layout, _TITLES)]
    named = [layout for layout in layouts if layout.name.strip().casefold() == "title slide"]
    subtitled = [layout for layout in layouts if _of(layout, {PP_PLACEHOLDER.SUBTITLE})]
    return next(iter((*named, *subtitled)), None)


def _of(layout: Any, kinds: Iterable[Any]) -> list[Any]:
    return [shape for shape in layout.placeholders if shape.placeholder_format.type in kinds]


def _others(layout: Any) -> list[Any]:
    return [shape for shape in layout.placeholders if shape.placeholder_format.type not in _TITLES | _MARGINS]


def _margins(presentation: Any, layout: Any) -> tuple[Box, Box]:
    """Where the marking and the slide's number lie: the template's own places for them, else along the lower edge."""
    wide, high = presentation.slide_width, presentation.slide_height
    edge = high - _FOOT - _GAP
    foot = Box(_EDGE, edge, wide - 3 * _EDGE, _FOOT)
    number = Box(wide - 2 * _EDGE, edge, int(1.5 * _EDGE), _FOOT)
    for shape in _of(layout, {PP_PLACEHOLDER.SLIDE_NUMBER}):
        number = _box(shape)
    for shape in _of(layout, {PP_PLACEHOLDER.FOOTER}):
        foot = _box(shape)
    return foot, number


def _area(presentation: Any, layout: Any, name: str, foot: int) -> Box:
    content = _of(layout, _CONTENT)
    title = _box(_of(layout, _TITLES)[0])
    top = title.top + title.height + _GAP
    bottom = min(foot, presentation.slide_height)
    box = Box(_EDGE, top, presentation.slide_width - 2 * _EDGE, bottom - top - _GAP)
    if len(_others(layout)) == 1 and content:
        box = _box(content[0])
    if box.width < _LEAST_WIDTH or box.height < _LEAST_HEIGHT:
        raise TemplateRefused(
            f"{name} leaves {box.width / Inches(1):.1f} by {box.height / Inches(1):.1f} inches under the title of its "
            f"layout {layout.name}; a pack needs {_LEAST_WIDTH / Inches(1):.1f} by {_LEAST_HEIGHT / Inches(1):.1f}. "
            "Make the title smaller or the slide larger."
        )
    return box


def _box(shape: Any) -> Box:
    return Box(shape.left, shape.top, shape.width, shape.height)
