from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.quarantine.states import selection_states
from pipeline.records.models import Decision, DecisionList

GOAL = "2014-kulturamt-01"
OUTCOMES = ["vorgeschlagen", "ausgewählt", "nicht berücksichtigt", "übernommen", "zurückgezogen"]


def state(*decisions: Decision) -> str:
    records = DecisionList(path="d", year=2014, sha256="0", bytes=0, records=decisions)
    return selection_states([GOAL], [records])[GOAL]


def decided(outcome: str, when: date | None = None) -> Decision:
    return Decision(row=2, goal=GOAL, outcome=outcome, body=("fachrat",), date=when)


def test_nobody_decided() -> None:
    assert state() == "submitted"


def test_a_proposal_never_undoes_a_decision() -> None:
    assert state(decided("vorgeschlagen")) == "proposed"
    assert state(decided("ausgewählt"), decided("vorgeschlagen")) == "selected"


def test_the_last_decision_holds_and_dates_count_before_order() -> None:
    assert state(decided("nicht berücksichtigt"), decided("ausgewählt")) == "selected"
    later, earlier = date(2014, 2, 1), date(2014, 1, 1)
    assert state(decided("ausgewählt", later), decided("nicht berücksichtigt", earlier)) == "selected"


def test_decisions_about_other_goals_do_not_matter() -> None:
    other = Decision(row=2, goal="2014-bauamt-01", outcome="ausgewählt", body=("fachrat",))
    assert state(other) == "submitted"


@given(st.lists(st.sampled_from(OUTCOMES)))
def test_a_goal_is_submitted_only_if_nobody_decided(outcomes: list[str]) -> None:
    assert (state(*map(decided, outcomes)) == "submitted") == (not outcomes)
