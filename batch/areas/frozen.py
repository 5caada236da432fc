"""The manner of every value read from a definition: frozen, and closed to unknown keys."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value of a definition file: a misspelt key is an error, not a silence."""

    # built when a definition is read, the whole at once, not each of the sixty kinds by itself and then all together
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
