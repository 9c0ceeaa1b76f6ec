"""What the lexicons call the days of the week."""

from uphill.vocabulary import Day

DAYS = {f"day_{day.value.lower()}": day for day in Day}
"""The concept of each weekday."""
