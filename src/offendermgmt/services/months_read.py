"""Over which months who sees counts only reads trends: whole ones, always as many, so that no two ranges tell a day."""

from dataclasses import replace

from offendermgmt.services.measure_series import months_up_to
from offendermgmt.services.question import Question
from offendermgmt.services.ranges import MONTHS_FOR_BOARDS, newest_month_end


def over_whole_months(question: Question) -> Question:
    """The question over the last MONTHS_FOR_BOARDS months that are over on its day, as of the last of them."""
    as_of = replace(question, as_of=newest_month_end(question.as_of))
    return replace(as_of, periods=months_up_to(as_of, MONTHS_FOR_BOARDS))
