"""Finding an offender whose record the viewer may open."""

from dataclasses import dataclass
from typing import Final

from offendermgmt.domain.visits import standing
from offendermgmt.services.desk import Desk
from offendermgmt.services.labels import refs
from offendermgmt.services.question import Question

MOST: Final = 20


@dataclass(frozen=True)
class Found:
    """References that fit, with `SURNAME, forenames` ("" for who sees no names): at most `MOST` of `total`."""

    names: dict[str, str]
    total: int


def find_offenders(desk: Desk, question: Question, text: str) -> Found:
    """Offenders in the viewer's scope on the day whose reference, or name if the viewer sees names, holds `text`.

    Capitals do not matter. A reference that is the text comes first, then by reference. NotPermitted for a viewer who
    sees counts only.
    """
    question.viewer.require_lists()
    wanted = text.strip().casefold()
    if not wanted:
        return Found({}, 0)
    now = standing(question.snapshot.timeline.segments, question.on)
    mine = now[question.offender_scope.holds(now["officer"].to_numpy())]
    within = [str(ref) for ref in refs(question.snapshot, "offender", mine["offender"].to_numpy())]
    names = desk.names(within) if question.viewer.sees_names else dict.fromkeys(within, "")
    fitting = [ref for ref in within if wanted in ref.casefold() or wanted in names[ref].casefold()]
    fitting.sort(key=lambda ref: (ref.casefold() != wanted, ref))
    return Found({ref: names[ref] for ref in fitting[:MOST]}, len(fitting))
