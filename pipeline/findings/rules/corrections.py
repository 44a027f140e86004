"""Rules about corrections: a file that takes the place of a former one."""

from typing import Final

from ontology.shapes import Rule

RULES: Final = (
    Rule(
        "goal-renumbered",
        "violation",
        "Dieses Ziel ist unter der Nummer {detail} veröffentlicht und steht jetzt unter einer anderen.",
        "This goal is published with the number {detail} and now stands under another one.",
        "Geben Sie ihm wieder die Nummer {detail}. Nummern bleiben bei ihrem Ziel; neue Ziele bekommen neue.",
        "Give it the number {detail} again. Numbers stay with their goal; new goals get new ones.",
    ),
    Rule(
        "goal-number-reused",
        "violation",
        "Diese Nummer gehört einem zurückgezogenen Ziel: „{detail}“.",
        "This number belongs to a goal that was withdrawn: “{detail}”.",
        "Geben Sie dem neuen Ziel eine Nummer, die noch nie vergeben war.",
        "Give the new goal a number that was never used.",
    ),
    Rule(
        "goal-replaced",
        "warning",
        "Unter dieser Nummer war bisher ein anderes Ziel veröffentlicht: „{detail}“.",
        "Another goal was published with this number so far: “{detail}”.",
        "Ist es dasselbe Ziel mit neuem Wortlaut, ist nichts zu tun. Ist es ein anderes, geben Sie ihm eine "
        "neue Nummer, und lassen Sie das bisherige stehen oder löschen Sie seine Zeile.",
        "If it is the same goal in other words, nothing is to be done. If it is another one, give it a new "
        "number, and leave the former one or delete its row.",
    ),
    Rule(
        "goal-withdrawn",
        "warning",
        "Das veröffentlichte Ziel {detail} fehlt in dieser Fassung und wird als zurückgezogen geführt.",
        "The published goal {detail} is missing in this version and will be listed as withdrawn.",
        "War das ein Versehen, nehmen Sie die Zeile mit ihrer Nummer wieder auf. Sonst ist nichts zu tun.",
        "If that was a slip, take up the row with its number again. Else nothing is to be done.",
    ),
)
