"""Finding an offender or a case whose record the viewer may open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import Stage
from offendermgmt.services.desk import Desk
from offendermgmt.services.labels import refs
from offendermgmt.services.question import Question
from offendermgmt.services.wording import STAGE

MOST: Final = 20
_STAGES: Final = tuple(Stage)


@dataclass(frozen=True)
class Found:
    """References that fit, each with what tells them apart: at most `MOST` of `total`.

    That is `SURNAME, forenames` of an offender ("" for who sees no names), and the stage of a case.
    """

    names: dict[str, str]
    total: int

    @classmethod
    def among(cls, names: Mapping[str, str], fitting: list[str], wanted: str) -> Self:
        """The first of those that fit: a reference that is the text comes first, then by reference."""
        fitting.sort(key=lambda ref: (ref.casefold() != wanted, ref))
        return cls({ref: names[ref] for ref in fitting[:MOST]}, len(fitting))


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
    return Found.among(names, fitting, wanted)


def find_cases(question: Question, text: str) -> Found:
    """POLIT cases in the viewer's scope on the day whose reference holds `text`, closed ones too.

    Capitals do not matter. NotPermitted for a viewer who sees counts only.
    """
    question.viewer.require_lists()
    wanted = text.strip().casefold()
    if not wanted:
        return Found({}, 0)
    now = standing(question.snapshot.cases.segments, question.on)
    mine = now[question.case_scope.holds(now["officer"].to_numpy())]
    within = refs(question.snapshot, "case", mine["case"].to_numpy())
    stages = dict(zip(map(str, within), (STAGE[_STAGES[stage]] for stage in mine["stage"]), strict=True))
    return Found.among(stages, [ref for ref in stages if wanted in ref.casefold()], wanted)
