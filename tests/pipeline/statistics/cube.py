"""Asking a published release for its statistics."""

from dataclasses import dataclass

import pyoxigraph as ox

from ontology.contract import STORE, current_release
from ontology.namespaces import PREFIXES, shorten
from tests.city import SampleCity

HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Numbers:
    """The statistics of a release, asked with SPARQL; IRIs are shortened."""

    store: ox.Store
    base: str

    def __call__(self, slice_key: str, pattern: str) -> dict[Key, int]:
        """Return the numbers of a way to count by year, value, state and attainment."""
        return self.select(
            f"""SELECT ?year ?value ?state ?attainment ?goals {{
              ?slice qb:sliceStructure {slice_key} ; qb:observation ?number . {pattern} .
              ?number sz:year ?year ; sz:countedState ?state .
              ?number sz:countedAttainment ?attainment ; sz:goalCount ?goals .
            }}"""
        )

    def select(self, query: str) -> dict[Key, int]:
        """Return the rows of a query whose last column is a number."""
        found = self.store.query(HEAD + query, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        rows = [[self._short(term) for term in solution] for solution in found]
        assert len({tuple(row[:4]) for row in rows}) == len(rows)
        return {(row[0], row[1], row[2], row[3]): int(row[4]) for row in rows}

    def ask(self, pattern: str) -> bool:
        """Tell whether a pattern is found."""
        return bool(self.store.query(f"{HEAD}ASK {{ {pattern} }}", use_default_graph_as_union=True))

    def _short(self, term: object) -> str:
        assert isinstance(term, ox.NamedNode | ox.Literal)
        return shorten(term.value).removeprefix(f"{self.base}id/")


def numbers(city: SampleCity) -> Numbers:
    """Return the statistics of the current release."""
    store = ox.Store.read_only(str(current_release(city.published) / STORE))
    return Numbers(store, city.settings.base_iri)
