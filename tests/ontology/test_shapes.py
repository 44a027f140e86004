import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from ontology.shapes import Rule, rules, shapes_turtle, shapes_version
from pipeline.findings.catalogue import all_rules
from pipeline.forms import FIELDS

SHAPES = Graph().parse(data=shapes_turtle(), format="turtle")
ALIASES = {field.alias for fields in FIELDS.values() for field in fields}


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.code)
def test_every_rule_says_in_both_languages_what_is_wrong_and_how_to_mend_it(rule: Rule) -> None:
    for text in (rule.message_de, rule.message_en, rule.remedy_de, rule.remedy_en):
        assert len(text) > 10
    assert rule.message_de != rule.message_en


def test_every_field_of_a_rule_is_a_column_of_a_form() -> None:
    assert {rule.field for rule in rules().values() if rule.field} <= ALIASES


def test_every_property_that_is_checked_for_goals_has_a_named_shape() -> None:
    for node in SHAPES.subjects(RDF.type, SH.NodeShape):
        for shape in SHAPES.objects(node, SH.property):
            named = isinstance(shape, URIRef)
            helper = SHAPES.value(node, SH.targetClass) is None
            assert named or helper, f"an unnamed shape of {node} cannot tell which rule broke"


def test_no_shape_needs_inference_or_javascript() -> None:
    assert (None, SH.rule, None) not in SHAPES
    assert (None, SH.js, None) not in SHAPES


def test_the_version_is_that_of_the_text() -> None:
    assert len(shapes_version()) == 12
