from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from ontology.namespaces import PREFIXES, SZ, expand, shorten
from ontology.vocabulary import codelists_turtle, context, vocabulary_turtle
from pipeline.forms import FIELDS

TERMS = Graph().parse(data=vocabulary_turtle(), format="turtle")
CODES = Graph().parse(data=codelists_turtle(), format="turtle")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def own_terms() -> set[str]:
    return {str(term) for kind in KINDS for term in TERMS.subjects(RDF.type, kind)}


def languages(graph: Graph, subject: URIRef, predicate: URIRef) -> set[str | None]:
    return {text.language for text in graph.objects(subject, predicate) if isinstance(text, Literal)}


def test_every_own_term_has_label_and_comment_in_both_languages() -> None:
    assert len(own_terms()) > 20
    for term in map(URIRef, own_terms()):
        assert languages(TERMS, term, RDFS.label) == {"de", "en"}, term
        assert languages(TERMS, term, RDFS.comment) == {"de", "en"}, term


def test_every_concept_has_labels_notation_and_scheme() -> None:
    concepts = set(CODES.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 30
    for concept in concepts:
        assert isinstance(concept, URIRef)
        assert languages(CODES, concept, SKOS.prefLabel) == {"de", "en"}, concept
        assert CODES.value(concept, SKOS.notation) is not None
        assert CODES.value(concept, SKOS.inScheme) is not None


def test_the_context_uses_only_declared_terms_of_our_own() -> None:
    mapped = {
        entry["@id"] if isinstance(entry, dict) else entry
        for key, entry in context().items()
        if not key.startswith("@") and key not in PREFIXES
    }
    ours = {expand(curie) for curie in mapped if curie.startswith("sz:")}
    assert ours
    assert ours <= own_terms()


def test_the_context_knows_the_namespaces_as_everybody_else_does() -> None:
    for prefix, namespace in PREFIXES.items():
        assert context().get(prefix, namespace) == namespace


def test_every_field_of_a_submission_is_mapped_or_becomes_a_value() -> None:
    values = {"baseline", "target", "target_year"}  # observations, see pipeline.mapping
    for field in FIELDS["submissions"]:
        assert field.alias in context() or field.alias in values, field


def test_names_are_shortened_and_expanded() -> None:
    assert expand("sz:Goal") == SZ + "Goal"
    assert shorten(SZ + "Goal") == "sz:Goal"
    assert shorten("https://nowhere.example/x") == "https://nowhere.example/x"
