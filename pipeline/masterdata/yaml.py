"""Reading a YAML file of master data into a strict model."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from ontology.errors import ConfigurationError


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
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path} is not valid YAML: {error}") from error
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'the file'}: {e['msg']}" for e in error.errors()
        )
        raise ConfigurationError(f"{path}: {problems}") from error
