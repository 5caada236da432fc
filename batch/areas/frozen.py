"""The manner of every value read from a definition: frozen, and closed to unknown keys."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value of a definition file: a misspelt key is an error, not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")
