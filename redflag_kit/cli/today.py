"""The one place that reads the clock: the day, where a command line names none. Results print the day they used."""

from datetime import UTC, datetime


def today() -> str:
    """Return the day by UTC, the same for everybody who signs and for the gate."""
    return datetime.now(UTC).date().isoformat()
