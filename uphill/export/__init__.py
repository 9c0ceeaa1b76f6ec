"""Listings as files that others can use; in each are the licence, the date, and where every policy was read."""

from uphill.export.documents import json_pieces
from uphill.export.features import feature, geojson_pieces
from uphill.export.rows import COLUMNS, csv_lines

__all__ = ["COLUMNS", "csv_lines", "feature", "geojson_pieces", "json_pieces"]
