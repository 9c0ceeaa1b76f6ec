"""What every reading must hold to, whatever it was read from."""

import pytest

from uphill.reading import Reading


@pytest.fixture(scope="session")
def is_sound():
    """Whether a reading survives the way through JSON, and each quote stands in the text where it says."""

    def check(reading: Reading, text: str) -> bool:
        quotes = [quote for found in reading.evidence.values() for quote in found]
        return Reading.model_validate(reading.as_line()) == reading and all(
            text[quote.start : quote.end] == quote.quote for quote in quotes
        )

    return check
