import pytest
from hypothesis import settings

from batch.areas.definitions import Definitions
from batch.areas.load import load_definitions
from batch.checked import Checked
from tests.books import SAMPLES, checked_of

settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    return load_definitions()


@pytest.fixture(scope="session")
def full_year() -> Checked:
    return checked_of(SAMPLES / "全年台账.xlsx")
