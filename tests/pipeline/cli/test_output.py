import re
from pathlib import Path

import pipeline
from pipeline.cli.output import STAGES


def test_every_stage_that_is_reported_has_words_in_both_languages() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(pipeline.__path__[0]).rglob("*.py"))
    reported = set(re.findall(r'(?<![_\w])report\("([a-z-]+)", ', code))
    assert {"read", "store", "events"} <= reported
    assert reported == set(STAGES)
    assert all(" / " in words for words in STAGES.values())
