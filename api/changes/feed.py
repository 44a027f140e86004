"""The releases as an Atom feed (RFC 4287), newest first, in pages (RFC 5005): German, English beside.

Made of the log of events alone, so that it also tells of releases whose folders are gone. Ids are IRIs below
the base of the data and never change; links lead to the host that was asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Final
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

from api.texts import LANGUAGES, Language
from ontology.catalogue import Text
from ontology.events import DatasetChange, DatasetChangeKind, Log, ReleaseChanges

PATH: Final = "feed.atom"
MEDIA_TYPE: Final = "application/atom+xml"
ENTRIES: Final = 20
"""Entries on a page."""

_ATOM: Final = "http://www.w3.org/2005/Atom"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SUBTITLE: Final = Text(
    de="Neue, geänderte und zurückgezogene Ziele und Datensätze, Veröffentlichung für Veröffentlichung",
    en="Goals and datasets that are new, changed or withdrawn, release by release",
)
_KINDS: Final[dict[DatasetChangeKind, Text]] = {
    "new": Text(de="neu", en="new"),
    "changed": Text(de="geändert", en="changed"),
    "deprecated": Text(de="läuft aus", en="being retired"),
    "withdrawn": Text(de="zurückgezogen", en="withdrawn"),
    "dropped": Text(de="nicht mehr vorhanden", en="no longer there"),
}

_GOALS: Final = (Text(de="Ziel", en="goal"), Text(de="Ziele", en="goals"))
_DECISIONS: Final = (Text(de="Entscheidung", en="decision"), Text(de="Entscheidungen", en="decisions"))

ET.register_namespace("", _ATOM)


@dataclass(frozen=True)
class Source:
    """What the feed is made of: the log, its publisher, the host that was asked, the releases still there."""

    log: Log
    publisher: str
    host: str
    present: frozenset[str]


def pages_of(log: Log) -> int:
    """Return how many pages the feed has; a log tells of one release at least, its own."""
    return -(-len(log.releases) // ENTRIES)


def shown(log: Log, page: int) -> Sequence[ReleaseChanges]:
    """Return the releases on a page, newest first."""
    return log.releases[::-1][(page - 1) * ENTRIES : page * ENTRIES]


def feed(source: Source, page: int) -> bytes:
    """Return a page of the feed as XML; pages are numbered from 1."""
    entries = shown(source.log, page)
    root = ET.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: "de"})
    _add(root, "id", f"{source.log.base}{PATH}")
    _add(root, "title", f"{source.publisher}: Was sich geändert hat / What changed")
    _add(root, "subtitle", f"{_SUBTITLE.de} / {_SUBTITLE.en}")
    _add(root, "updated", _time(source.log.releases[-1].at))
    _add(_add(root, "author"), "name", source.publisher)
    for name, url in _links(source, page):
        _link(root, name, url)
    _link(root, "alternate", source.host, "text/html")
    for release in entries:
        _entry(root, source, release)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _links(source: Source, page: int) -> Iterator[tuple[str, str]]:
    address, last = f"{source.host}{PATH}", pages_of(source.log)
    yield "self", address if page == 1 else f"{address}?page={page}"
    yield "first", address
    if page > 1:
        yield "previous", address if page == 2 else f"{address}?page={page - 1}"
    if page < last:
        yield "next", f"{address}?page={page + 1}"
    yield "last", address if last == 1 else f"{address}?page={last}"


def _entry(root: ET.Element, source: Source, release: ReleaseChanges) -> None:
    entry = _add(root, "entry")
    german, english = _numbers(release)
    _add(entry, "id", f"{source.log.base}releases/{release.id}")
    _add(entry, "title", f"{german} / {english}")
    _add(entry, "updated", _time(release.at))
    _add(entry, "published", _time(release.at))
    if release.id in source.present:
        _link(entry, "alternate", f"{source.host}releases/{quote(release.id)}/", "text/html")
    if difference := _difference(source, release):
        _link(entry, "related", difference, "text/html")
    _add(entry, "summary", f"{german} / {english}")
    _add(entry, "content", _content(source, release)).set("type", "html")


def _difference(source: Source, release: ReleaseChanges) -> str | None:
    """Return the address of the page that shows the difference, if both releases are still there."""
    if release.before is None or not {release.id, release.before} <= source.present:
        return None
    return f"{source.host}diff?{urlencode({'from': release.before, 'to': release.id})}"


def _numbers(release: ReleaseChanges) -> tuple[str, str]:
    """Return in German and in English how many goals and decisions are new, changed and no longer there.

    What became of a goal is part of it, so a new progress report is a change of its goal.
    """
    told = [(number, names, _KINDS[kind]) for number, names, kind in _counted(release) if number]
    if not told:
        return "Kein Ziel und keine Entscheidung hat sich geändert", "No goal and no decision changed"
    german = (f"{number} {names[number != 1].de} {words.de}" for number, names, words in told)
    english = (f"{number} {names[number != 1].en} {words.en}" for number, names, words in told)
    return ", ".join(german), ", ".join(english)


def _counted(release: ReleaseChanges) -> Iterator[tuple[int, tuple[Text, Text], DatasetChangeKind]]:
    """Yield how many of what (one, several) became what."""
    changed = release.decisions - release.new_decisions - release.gone_decisions
    yield release.added, _GOALS, "new"
    yield release.changed, _GOALS, "changed"
    yield release.withdrawn, _GOALS, "withdrawn"
    yield release.new_decisions, _DECISIONS, "new"
    yield changed, _DECISIONS, "changed"
    yield release.gone_decisions, _DECISIONS, "dropped"


def _content(source: Source, release: ReleaseChanges) -> str:
    """Return what changed as HTML, German first; Atom holds it as text, so nothing in it can break out."""
    german, english = _numbers(release)
    return (
        f'<div lang="de"><p>{german}.</p>{_details(source, release, "de")}</div>'
        f'<div lang="en"><p>{english}.</p>{_details(source, release, "en")}</div>'
    )


def _details(source: Source, release: ReleaseChanges, language: Language) -> str:
    at = LANGUAGES.index(language)
    lines = []
    if release.datasets:
        items = "".join(_item(source, change, language) for change in release.datasets)
        lines.append(f"<p>{('Datensätze', 'Datasets')[at]}:</p><ul>{items}</ul>")
    if difference := _difference(source, release):
        words = ("Alle Änderungen im Einzelnen", "All changes in detail")
        lines.append(f'<p><a href="{escape(difference)}">{words[at]}</a></p>')
    return "".join(lines)


def _item(source: Source, change: DatasetChange, language: Language) -> str:
    title = change.title.en if language == "en" else change.title.de
    kind = _KINDS[change.kind]
    told = kind.en if language == "en" else kind.de
    if change.rows is not None:
        rows = "rows" if language == "en" else "Zeilen"
        before = f" ({change.rows_before} → {change.rows} {rows})"
        is_same = change.rows_before in {None, change.rows}
        told += f" ({change.rows} {rows})" if is_same else before
    url = f"{source.host}doc/dataset/{quote(change.key)}"
    return f'<li><a href="{escape(url)}">{escape(title)}</a>: {told}</li>'


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    if text is not None:
        element.text = _NO_XML.sub("", text)
    return element


def _link(parent: ET.Element, relation: str, url: str, media_type: str = MEDIA_TYPE) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"rel": relation, "href": url, "type": media_type})


def _time(moment: datetime) -> str:
    return moment.replace(tzinfo=moment.tzinfo or UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
