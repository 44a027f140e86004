"""Reading a YAML file of master data into a strict model."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from ontology.errors import ConfigurationError
from pipeline.masterdata.faults import all_faults, missing


class Strict(BaseModel):
    """A model that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C is ten times faster where it is there; both make nothing but plain values."""

Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path, model: type[Model]) -> Model:
    """Return the content of `path` as `model`.

    Raises `ConfigurationError` naming file and place if it is missing, no YAML, or not of the form.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
        return model.model_validate(content)
    except FileNotFoundError as error:
        raise ConfigurationError(missing(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path}: Die Datei ist nicht zu lesen. → Prüfen Sie Rechte und Zeichensatz (UTF-8). / "
            f"The file cannot be read. → Check rights and encoding (UTF-8). ({error})"
        ) from error
    except yaml.YAMLError as error:
        raise ConfigurationError(
            f"{path}: Das ist kein YAML. → Prüfen Sie Einrückung und Anführungszeichen. / "
            f"This is no YAML. → Check indentation and quotation marks. ({error})"
        ) from error
    except ValidationError as error:
        raise ConfigurationError(all_faults(path, error)) from error
