"""FAIR signposting: what a program learns of a dataset from the headers of its page (signposting.org/FAIR).

Relations are those of the IANA registry: `cite-as` (RFC 8574), `describedby`, `item`, `license`, `type`,
and `canonical` (RFC 6596) and `latest-version` (RFC 5829) for search engines and for pages of a release.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from api.landing.citing import fixed_address
from api.negotiation import Offer
from api.releases import Release
from ontology.catalogue import Catalogue, Dataset
from ontology.contract import RELEASES
from ontology.iris import Iris

_SAFE: Final = ":/?#[]@!$&'()*+,;=%"
"""Signs of an address that a header can hold as they are."""
TYPES: Final = ("https://schema.org/AboutPage", "https://schema.org/Dataset")


def signposts(
    release: Release, catalogue: Catalogue, dataset: Dataset, formats: Sequence[Offer], folder: str
) -> str:
    """Return the value of `Link` for the page of a dataset.

    `folder` is that of the fixed release within which the page is, or empty; `formats` are what its
    description is also given in.
    """
    page = f"/doc/dataset/{dataset.key}"
    iri = Iris(release.base).dataset(dataset.key)
    links = [
        _link(fixed_address(release, dataset.key) if folder else iri, "cite-as"),
        _link(f"{release.base}{page[1:]}", "canonical"),
        _link(catalogue.facts.licence.url, "license"),
        *(_link(kind, "type") for kind in TYPES),
        *(_link(f"{folder}{page}.{offer.suffix}", "describedby", offer.media_type) for offer in formats),
    ]
    for item in dataset.distributions:
        place = f"/{RELEASES}/{item.release}" if item.release else folder
        kind = "application/gzip" if item.packed else item.media_type
        links.append(_link(f"{place}/datasets/{item.path}", "item", kind))
    if folder:
        links.append(_link(page, "latest-version"))
    return ", ".join(links)


def _link(address: str, relation: str, kind: str | None = None) -> str:
    return f'<{quote(address, safe=_SAFE)}>; rel="{relation}"' + (f'; type="{kind}"' if kind else "")
