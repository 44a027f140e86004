"""The forty invented goals of 2014: what they say, and what became of them.

`fate` is ``selected``, ``carried over`` (not selected in 2014, taken up in 2015) or ``left`` (nobody
took it up).
"""

from typing import Literal, NamedTuple

Fate = Literal["selected", "carried over", "left"]
SELECTED: Fate = "selected"
CARRIED: Fate = "carried over"
LEFT: Fate = "left"

OPEN = "Interkulturelle Öffnung der Stadtverwaltung"
TRAIN = "interkulturelle-fortbildung"
LANG = "Sprache und Bildung"
MEET = "begegnung-und-kultur"
HOME = "Stadtteil und Wohnen"
WORK = "arbeit-und-ausbildung"


class Measure(NamedTuple):
    """What a goal is measured by: indicator, unit, baseline, target."""

    indicator: str
    unit: str
    baseline: float | None
    target: float


class SampleGoal(NamedTuple):
    """An invented goal."""

    product_group: str
    fate: Fate
    title: str
    action_field: str
    recommendation: str
    target_group: str
    measure: Measure | None
    description: str = ""


GOALS: dict[str, list[SampleGoal]] = {
    "rmi": [
        SampleGoal(
            "11.14.08", SELECTED, "Alle Ämter benennen eine Ansprechperson für Integrationsfragen.",
            OPEN, "e02", "Beschäftigte der Stadt", Measure("Ämter mit Ansprechperson", "Anzahl", 4, 20),
            "Die Ansprechpersonen treffen sich zweimal im Jahr zum Austausch.",
        ),
        SampleGoal(
            "11.21.04", SELECTED, "Beschäftigte mit Publikumsverkehr nehmen an einer interkulturellen Schulung teil.",
            TRAIN, "e01", "Beschäftigte mit Publikumsverkehr",
            Measure("Anteil geschulter Beschäftigter", "Prozent", 12.5, 50),
            "Die Schulung dauert zwei Tage und wird zweimal im Jahr angeboten.",
        ),
        SampleGoal(
            "11.14.08", SELECTED, "Ein Leitfaden zeigt den Ämtern, wie sie Formulare verständlich gestalten.",
            f"{OPEN}; {TRAIN}", "e03", "Beschäftigte der Stadt", None,
        ),
        SampleGoal(
            "11.30", CARRIED, "Wichtige Mitteilungen der Stadt erscheinen auch in einfacher Sprache.",
            OPEN, "e03", "Einwohnerinnen und Einwohner", Measure("Mitteilungen in einfacher Sprache", "Anzahl", 0, 24),
            "Begonnen wird mit Mitteilungen zu Schule, Wohnen und Abfall.",
        ),
        SampleGoal(
            "31.80.10", LEFT, "Ehrenamtliche in der Flüchtlingsarbeit haben eine feste Anlaufstelle.",
            MEET, "e05", "Ehrenamtliche", Measure("Beratene Ehrenamtliche", "Personen", None, 60),
        ),
        SampleGoal(
            "11.14-002", SELECTED, "Ein jährlicher Bericht zeigt, wie weit die Integrationsziele erreicht sind.",
            OPEN, "", "Gemeinderat; Öffentlichkeit", Measure("Veröffentlichte Berichte", "Anzahl", 0, 1),
        ),
    ],
    "kulturamt": [
        SampleGoal(
            "28.10", SELECTED, "Veranstalter erhalten Beratung, wie sie ein vielfältigeres Publikum erreichen.",
            f"{OPEN}; {MEET}", "e05", "Vereine; Veranstalter", Measure("Beratungen", "Anzahl", 3, 15),
        ),
        SampleGoal(
            "25.20", LEFT, "Das Museum zeigt Stadtgeschichte auch aus der Sicht von Zugewanderten.",
            MEET, "e05", "Besucherinnen und Besucher", None,
        ),
        SampleGoal(
            "28.10", SELECTED, "Das Team der Kulturförderung bildet sich zu interkultureller Kulturarbeit fort.",
            TRAIN, "e01", "Beschäftigte der Stadt", Measure("Fortbildungstage", "Tage", 0, 6),
        ),
        SampleGoal(
            "26.30", LEFT, "Kinder aus allen Stadtteilen lernen in der Grundschule ein Instrument kennen.",
            MEET, "e05", "Kinder", Measure("Teilnehmende Klassen", "Klassen", 8, 16),
            "Musikschule und Grundschulen stimmen die Stunden miteinander ab.",
        ),
        SampleGoal(
            "27.30", LEFT, "Ein Erzählcafé bringt Menschen verschiedener Herkunft ins Gespräch.",
            MEET, "e05", "Einwohnerinnen und Einwohner", None,
        ),
    ],
    "ordnungsamt": [
        SampleGoal(
            "12.22.04", SELECTED, "Wer neu in die Stadt kommt, erhält beim ersten Termin eine Willkommensmappe.",
            OPEN, "e03", "Neuzugewanderte", Measure("Ausgegebene Mappen", "Anzahl", 0, 800),
        ),
        SampleGoal(
            "12.22.05", SELECTED, "Das Team der Einbürgerung ist in kultursensibler Beratung geschult.",
            TRAIN, "e01", "Beschäftigte mit Publikumsverkehr",
            Measure("Anteil geschulter Beschäftigter", "Prozent", 20, 100),
        ),
        SampleGoal(
            "12.22", CARRIED, "Merkblätter zu häufigen Anliegen liegen in sechs Sprachen aus.",
            OPEN, "e03", "Einwohnerinnen und Einwohner", Measure("Übersetzte Merkblätter", "Anzahl", 2, 12),
            "Die Sprachen richten sich nach der Nachfrage am Schalter.",
        ),
        SampleGoal(
            "12.22.05", CARRIED, "Die Stadt lädt jährlich zu einer Einbürgerungsfeier ein.",
            MEET, "e05", "Eingebürgerte", Measure("Gäste der Feier", "Personen", None, 150),
        ),
    ],
    "bildungsamt": [
        SampleGoal(
            "36.50.01", SELECTED, "Kita-Teams nutzen ein gemeinsames Konzept für die Arbeit mit mehrsprachigen Familien.",
            f"{OPEN}; {LANG}", "e04", "Familien", Measure("Kitas mit Konzept", "Anzahl", 5, 20),
            "Das Konzept entsteht gemeinsam mit den Trägern.",
        ),
        SampleGoal(
            "36.50", SELECTED, "Pädagogische Fachkräfte bilden sich in vorurteilsbewusster Erziehung fort.",
            TRAIN, "e01", "Pädagogische Fachkräfte",
            Measure("Fortgebildete Fachkräfte", "Personen", 14, 90),
        ),
        SampleGoal(
            "21.40.02", CARRIED, "Hausaufgabenhilfe steht an allen Grundschulen mit Bedarf offen.",
            LANG, "e04", "Schülerinnen und Schüler", Measure("Schulen mit Angebot", "Anzahl", 6, 11),
        ),
        SampleGoal(
            "21.40", CARRIED, "Eltern werden in ihrer Sprache über den Übergang nach Klasse vier beraten.",
            LANG, "e04", "Eltern", Measure("Beratungsabende", "Anzahl", 2, 10),
        ),
        SampleGoal(
            "36.20.01", CARRIED, "Jugendhäuser entwickeln mit Jugendlichen Projekte gegen Ausgrenzung.",
            MEET, "e05", "Jugendliche", None,
        ),
        SampleGoal(
            "36.20.01", CARRIED, "Ferienangebote erreichen Kinder, deren Familien sie bisher nicht kennen.",
            MEET, "e05", "Kinder", Measure("Teilnehmende Kinder", "Personen", 110, 180),
        ),
    ],
    "sozialamt": [
        SampleGoal(
            "31.40", SELECTED, "Seniorentreffs öffnen sich für ältere Zugewanderte.",
            f"{OPEN}; {MEET}", "e05", "Ältere Menschen", Measure("Treffs mit Angebot", "Anzahl", 1, 5),
        ),
        SampleGoal(
            "31.40", SELECTED, "Beschäftigte der Unterkünfte erhalten Fortbildung und Supervision.",
            TRAIN, "e01", "Beschäftigte der Stadt", Measure("Fortbildungsstunden", "Stunden", 40, 160),
        ),
        SampleGoal(
            "31.40", CARRIED, "Hausbesuche informieren ältere Zugewanderte über Hilfen im Alltag.",
            HOME, "e06", "Ältere Menschen", Measure("Hausbesuche", "Anzahl", 0, 120),
            "Die Besuche machen geschulte Ehrenamtliche.",
        ),
        SampleGoal(
            "42.10", CARRIED, "Sportvereine gewinnen Übungsleiterinnen mit Zuwanderungsgeschichte.",
            MEET, "e05", "Vereine", Measure("Neue Übungsleiterinnen", "Personen", 2, 12),
        ),
        SampleGoal(
            "31.60", LEFT, "Die Förderung freier Träger berücksichtigt interkulturelle Kriterien.",
            OPEN, "e02", "Freie Träger", None,
        ),
        SampleGoal(
            "31.40", CARRIED, "Ein Verzeichnis zeigt alle Beratungsstellen mit ihren Sprachen.",
            OPEN, "e03", "Ratsuchende", None,
        ),
    ],
    "volkshochschule": [
        SampleGoal(
            "27.10", SELECTED, "Kursleitungen lernen, Gruppen mit verschiedenen Lernerfahrungen zu führen.",
            TRAIN, "e01", "Kursleitungen", Measure("Geschulte Kursleitungen", "Personen", 10, 40),
        ),
        SampleGoal(
            "27.10", SELECTED, "Das Programmheft erklärt Anmeldung und Ermäßigung in einfacher Sprache.",
            OPEN, "e03", "Kursteilnehmende", None,
        ),
        SampleGoal(
            "27.10", CARRIED, "Sprachkurse finden auch abends und mit Kinderbetreuung statt.",
            LANG, "e04", "Eltern", Measure("Kurse mit Betreuung", "Kurse", 1, 6),
            "Die Betreuung findet im selben Gebäude statt.",
        ),
        SampleGoal(
            "27.10", LEFT, "Ein Kochkurs stellt jeden Monat eine andere Küche vor.",
            MEET, "", "Einwohnerinnen und Einwohner", Measure("Kursabende", "Abende", 0, 12),
        ),
    ],
    "stadtbuecherei": [
        SampleGoal(
            "27.20", CARRIED, "Der Bestand an mehrsprachigen Kinderbüchern wächst.",
            LANG, "e04", "Kinder", Measure("Mehrsprachige Kinderbücher", "Medien", 450, 900),
            "Angeschafft werden vor allem Bilderbücher in zwei Sprachen.",
        ),
        SampleGoal(
            "27.20", CARRIED, "Vorlesepatinnen lesen jede Woche in zwei Sprachen vor.",
            LANG, "e04", "Kinder", Measure("Zweisprachige Vorlesestunden", "Stunden", 10, 80),
        ),
        SampleGoal(
            "27.20", CARRIED, "Führungen zeigen Sprachkursgruppen, was die Bücherei bietet.",
            OPEN, "e03", "Kursteilnehmende", Measure("Führungen", "Anzahl", 6, 30),
        ),
    ],
    "standesamt": [
        SampleGoal(
            "12.23", CARRIED, "Formulare zur Eheschließung gibt es mit Ausfüllhilfen in fünf Sprachen.",
            OPEN, "e03", "Paare", Measure("Formulare mit Ausfüllhilfe", "Anzahl", 0, 8),
        ),
        SampleGoal(
            "12.23", CARRIED, "Bei Terminen kann ein Dolmetschdienst hinzugezogen werden.",
            OPEN, "e03", "Ratsuchende", None,
        ),
    ],
    "stadtplanungsamt": [
        SampleGoal(
            "51.10", CARRIED, "Bei der Planung von Spielplätzen werden alle Familien im Stadtteil gefragt.",
            HOME, "e06", "Familien", Measure("Beteiligungen vor Ort", "Anzahl", 1, 4),
            "Gefragt wird vor Ort und nicht nur schriftlich.",
        ),
        SampleGoal(
            "51.10", LEFT, "Stadtteilspaziergänge machen Planungen auch ohne Fachwissen verständlich.",
            HOME, "e06", "Einwohnerinnen und Einwohner", None,
        ),
    ],
    "wirtschaftsfoerderung": [
        SampleGoal(
            "57.10", LEFT, "Gründerinnen und Gründer mit Zuwanderungsgeschichte werden gezielt beraten.",
            WORK, "", "Gründerinnen und Gründer", Measure("Gründungsberatungen", "Anzahl", 9, 25),
        ),
    ],
    "verkehrsbetrieb": [
        SampleGoal(
            "keine: Eigenbetrieb mit eigenem Wirtschaftsplan", LEFT,
            "Fahrerinnen und Fahrer üben den Umgang mit Sprachbarrieren im Bus.",
            TRAIN, "e01", "Fahrpersonal", Measure("Geschultes Fahrpersonal", "Prozent", 0, 75),
        ),
    ],
}  # fmt: skip
"""By department, in the order of their numbers."""
