"""The twelve questions, the same text for every server, and one that never ends."""

from typing import Final

from bench.endpoints.generated import DEPARTMENTS, FIRST_YEAR, IRIS, YEARS, goal_of

_PREFIXES: Final = """PREFIX sz: <https://w3id.org/stadtziele/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX schema: <https://schema.org/>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
RUNAWAY: Final = f"{_PREFIXES}SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}"
KINDS: Final = ("look-up", "filter", "aggregate", "text", "describe", "path")


def questions(goals: int) -> dict[str, str]:
    """Return the questions about the generated data, by what they do."""
    goal = f"<{IRIS.goal(goal_of(goals - 1, goals))}>"
    department = f"<{IRIS.department(f'amt-{DEPARTMENTS // 2:02d}')}>"
    year = f'"{FIRST_YEAR + YEARS // 2}"^^xsd:gYear'
    group = f"<{IRIS.product_group('2016', '11.14')}>"
    texts = {
        "look-up: a goal by its IRI": f"SELECT ?p ?o {{ {goal} ?p ?o }}",
        "look-up: a goal by its id": f"""SELECT ?goal ?title {{
            ?goal dct:identifier "{goal_of(goals // 2, goals)}" ; dct:title ?title }}""",
        "describe: a goal": f"DESCRIBE {goal}",
        "filter: selected goals of a department and year": f"""SELECT ?goal ?title {{
            ?goal sz:year {year} ; prov:wasAttributedTo {department} ; dct:title ?title ;
              sz:selectionState sz:state-selected }} LIMIT 200""",
        "filter: goals of a product group in five years": f"""SELECT ?goal ?year {{
            ?goal sz:productGroup {group} ; sz:year ?year FILTER (?year >= {year}) }} LIMIT 200""",
        "filter: high targets of a department": f"""SELECT ?goal ?value {{
            ?goal prov:wasAttributedTo {department} ; sz:year {year} ; sz:indicator ?indicator .
            ?number sz:indicator ?indicator ; sdmx-measure:obsValue ?value FILTER (?value > 500) }}
            LIMIT 200""",
        "aggregate: goals and selected by year (cube)": """SELECT ?year (SUM(?count) AS ?goals) {
            ?slice qb:sliceStructure sz:overall ; qb:observation ?number .
            ?number sz:year ?year ; sz:goalCount ?count } GROUP BY ?year ORDER BY ?year""",
        "aggregate: attainment by product area (cube)": """SELECT ?area ?attainment (SUM(?count) AS ?goals) {
            ?slice qb:sliceStructure sz:by-area ; qb:observation ?number .
            ?number sz:countedProductGroup ?area ; sz:countedAttainment ?attainment ; sz:goalCount ?count }
            GROUP BY ?area ?attainment""",
        "aggregate: goals by department and action field": """
            SELECT ?department ?field (COUNT(?goal) AS ?goals) {
            ?goal a sz:Goal ; prov:wasAttributedTo ?department ; dct:subject ?field }
            GROUP BY ?department ?field""",
        "text: two words in a title": """SELECT ?goal ?title { ?goal a sz:Goal ; dct:title ?title
            FILTER (CONTAINS(LCASE(STR(?title)), "bibliothek") && CONTAINS(LCASE(STR(?title)), "wohnen")) }
            LIMIT 100""",
        "path: what a goal goes back to": f"SELECT ?earlier {{ {goal} sz:carriedOverFrom* ?earlier }}",
        "path: chains of a department": f"""SELECT ?goal ?earlier {{
            ?goal prov:wasAttributedTo {department} ; sz:carriedOverFrom+ ?earlier }}
            LIMIT 500""",
    }
    return {name: _PREFIXES + text for name, text in texts.items()}
