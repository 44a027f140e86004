from pipeline.catalogue.check import Result
from pipeline.quality.compliance import violations_of
from tests.pipeline.quality.graphs import BASE, CSV, DATASET, FULL, PREFIXES, graph

SECOND = FULL.replace("dataset/goals", "dataset/plan")


def result(where: str, severity: str = "violation") -> Result:
    return Result(
        "violation" if severity == "violation" else "warning", "k1", where, "", "Fehlt.", "Missing."
    )


def test_what_a_dataset_leads_to_counts_for_it_and_for_no_other() -> None:
    made = graph(FULL, SECOND)
    assert violations_of(made, [result(str(CSV))]) == {str(DATASET): [f"{CSV}: Fehlt. [k1]"]}
    assert violations_of(made, [result(f"{CSV}/rights")]) == {str(DATASET): [f"{CSV}/rights: Fehlt. [k1]"]}


def test_what_two_datasets_lead_to_counts_for_both() -> None:
    assert sorted(violations_of(graph(FULL, SECOND), [result(f"{BASE}city")])) == [
        str(DATASET),
        f"{BASE}dataset/plan",
    ]


def test_a_link_to_another_dataset_does_not_lead_there() -> None:
    link = f"{PREFIXES} <{DATASET}> dct:relation <{BASE}dataset/plan>, <{BASE}catalog> ."
    found = violations_of(graph(FULL, SECOND, link), [result(f"{BASE}dataset/plan/csv")])
    assert sorted(found) == [f"{BASE}dataset/plan"]


def test_warnings_and_what_is_wrong_with_the_catalogue_count_for_none() -> None:
    assert violations_of(graph(), [result(str(DATASET), "warning"), result(f"{BASE}catalog")]) == {}
