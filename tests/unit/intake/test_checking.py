from tests.unit.intake.extracts import VISITS, checked, reasons


def test_an_end_must_be_after_the_start() -> None:
    said = reasons("allocations", "offender_ref,from_on,officer_ref,to_on\nV1,2025-01-02,1,2025-01-02\n")
    assert said == ["to_on: 2025-01-02 is not after from_on 2025-01-02; it is the first day the fact no longer holds"]


def test_a_visit_in_the_future_is_refused_and_one_just_now_is_not() -> None:
    rows = "a,V1,2025-07-01T12:00:01Z,completed,1,,\nb,V1,2025-07-01T12:00:00Z,completed,1,,\n"
    assert [text.partition(";")[0] for text in reasons("visits", VISITS + rows)] == [
        "visited_at: 2025-07-01T12:00:01Z is in the future"
    ]


def test_a_referral_received_today_is_not_in_the_future() -> None:
    said = reasons("polit_cases", "case_ref,received_on\nC1,2025-07-01\nC2,2025-07-02\n")
    assert said == ["received_on: 2025-07-02 is in the future; correct it, or load it once it is past"]


def test_nothing_is_recorded_in_the_future() -> None:
    rows = "a,V1,2025-06-01T12:00Z,completed,1,2025-07-01T12:01:00Z,\n"
    assert "recorded_at: 2025-07-01T12:01:00Z is in the future" in reasons("visits", VISITS + rows)[0]


def test_a_status_may_begin_in_the_future() -> None:
    assert reasons("offender_statuses", "offender_ref,from_on,status\nV1,2026-01-01,custody\n") == []


def test_only_a_cancelled_visit_may_have_nobody() -> None:
    rows = "a,V1,2025-06-01T12:00Z,refused,,,\nb,V1,2025-06-01T12:00Z,cancelled,,,\n"
    said = reasons("visits", VISITS + rows)
    assert said == ["officer_refs: is empty; name who made the visit (only a cancelled one has nobody)"]


def test_a_row_with_several_faults_is_refused_once_with_all_of_them() -> None:
    (refusal,) = checked("teams", "team_ref,unit\n,ABC\n").refusals()
    assert (refusal.column, refusal.value) == ("team_ref", "")
    assert refusal.reason == "is empty; fill it in; unit ABC is not known; write one of MOSOVO, POLIT"


def test_a_refusal_says_where_it_is_and_keeps_the_row() -> None:
    table = checked("teams", "team_ref,name,unit\nT1,North,MOSOVO\nT2,South,ABC\n")
    (refusal,) = table.refusals()
    assert refusal.sentence() == "teams.csv, line 3, unit: ABC is not known; write one of MOSOVO, POLIT"
    assert refusal.row == {"team_ref": "T2", "name": "South", "unit": "ABC"}
    assert table.accepted().tolist() == [0]


def test_a_table_with_a_header_alone_is_fine() -> None:
    assert reasons("visits", VISITS) == []


def test_a_result_cannot_come_before_the_devices_were_sent() -> None:
    head = "case_ref,examination_ref,submitted_on,result_on\n"
    said = reasons("polit_examinations", head + "C1,a,2025-02-02,2025-02-01\nC1,b,2025-02-02,2025-02-02\n")
    assert said == ["result_on: 2025-02-01 is before submitted_on 2025-02-02; correct one of them"]


def test_a_result_in_the_future_is_refused_and_one_awaited_is_not() -> None:
    head = "case_ref,examination_ref,submitted_on,result_on\n"
    said = reasons("polit_examinations", head + "C1,a,2025-02-02,2025-07-02\nC1,b,2025-02-02,\n")
    assert said == ["result_on: 2025-07-02 is in the future; correct it, or load it once it is past"]


def test_a_case_may_be_known_to_have_access_from_a_day_to_come() -> None:
    assert reasons("polit_access", "case_ref,from_on,access\nC1,2026-01-01,yes\n") == []
