"""What the datasets are called and what is in them, in German and English."""

from collections.abc import Mapping
from typing import Final

from ontology.catalogue import Keywords, Kind, Text

TEXTS: Final[Mapping[Kind, tuple[Text, Text]]] = {
    "goals": (
        Text(
            de="Ziele der Ämter für das Haushaltsjahr {year}",
            en="Goals of the departments, budget year {year}",
        ),
        Text(
            de="Die Ziele, die Ämter und Eigenbetriebe zum Haushaltsjahr {year} "
            "angemeldet haben, mit Produktgruppe, Handlungsfeld, Kennzahl, Stand der "
            "Auswahl und Zielerreichung.",
            en="The goals that departments handed in for the budget year {year}, with "
            "product group, action field, indicator, selection state and attainment.",
        ),
    ),
    "plan": (
        Text(
            de="Pläne, Vorgaben, Gremien und Ämter",
            en="Plans, guidelines, bodies and departments",
        ),
        Text(
            de="Die Ausgaben des Plans mit ihren Teilen, Handlungsfeldern und "
            "Handlungsempfehlungen, die Vorgaben und Regeln für Haushaltsjahre, die "
            "Beschlüsse dazu, und die Gremien und Ämter der Stadt.",
            en="The editions of the plan with their parts, action fields and "
            "recommendations, the guidelines and rules for budget years, the "
            "decisions on them, and the bodies and departments of the city.",
        ),
    ),
    "decisions": (
        Text(
            de="Entscheidungen der Gremien über die Ziele",
            en="Decisions of the bodies about the goals",
        ),
        Text(
            de="Welches Gremium welches Ziel vorgeschlagen, ausgewählt, übernommen oder "
            "nicht berücksichtigt hat.",
            en="Which body proposed, selected, took over or did not consider which goal.",
        ),
    ),
    "progress": (
        Text(
            de="Zielerreichung",
            en="Attainment of the goals",
        ),
        Text(
            de="Was aus den Zielen geworden ist: Istwerte, Grad der Zielerreichung und Stand.",
            en="What became of the goals: actual values, degree of attainment and the date it holds for.",
        ),
    ),
    "code-lists": (
        Text(
            de="Produktplan und Codelisten",
            en="Product plan and code lists",
        ),
        Text(
            de="Der Kommunale Produktplan Baden-Württemberg nach Ausgaben, die "
            "Codelisten und das Vokabular, mit denen die Ziele beschrieben sind.",
            en="The municipal product plan of Baden-Württemberg by edition, the code "
            "lists and the vocabulary that the goals are described with.",
        ),
    ),
    "statistics": (
        Text(
            de="Statistik der Ziele",
            en="Statistics of the goals",
        ),
        Text(
            de="Wie viele Ziele es in jedem Haushaltsjahr gibt, nach Stand der Auswahl "
            "und Zielerreichung, insgesamt und nach Produktbereich, Produktgruppe, "
            "Amt und Handlungsfeld (RDF Data Cube).",
            en="How many goals there are in each budget year, by selection state and "
            "attainment, overall and by product area, product group, department and "
            "action field (RDF Data Cube).",
        ),
    ),
    "all": (
        Text(
            de="Kommunale Ziele, alle Jahre",
            en="Municipal goals, all years",
        ),
        Text(
            de="Alles zusammen: Ziele, Entscheidungen, Zielerreichung, Pläne, Codelisten"
            " und Statistik aller Jahre, auch über SPARQL abzufragen.",
            en="Everything together: goals, decisions, attainment, plans, code lists and"
            " statistics of all years, which can be queried with SPARQL too.",
        ),
    ),
}
"""Title and description of each kind of dataset; ``{year}`` is its budget year."""

KEYWORDS: Final[Mapping[Kind, Keywords]] = {
    "goals": Keywords(de=("Haushaltsplan", "Handlungsfelder"), en=("budget plan", "action fields")),
    "plan": Keywords(de=("Vorgaben", "Ämter"), en=("guidelines", "departments")),
    "decisions": Keywords(de=("Beschlüsse", "Gemeinderat"), en=("decisions", "municipal council")),
    "progress": Keywords(de=("Zielerreichung", "Kennzahlen"), en=("attainment", "indicators")),
    "code-lists": Keywords(de=("Produktplan", "Codelisten"), en=("product plan", "code lists")),
    "statistics": Keywords(de=("Statistik", "Data Cube"), en=("statistics", "Data Cube")),
    "all": Keywords(de=("Linked Data", "SPARQL"), en=("linked data", "SPARQL")),
}
"""Keywords of each kind of dataset, beside those of the city."""
