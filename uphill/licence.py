"""Who the data comes from, and under which terms; said on every page and in every download."""

from uphill.language import N_

ATTRIBUTION = N_("© OpenStreetMap contributors and OpenSkiMap.org, ODbL 1.0")
LICENCE_NAME = "Open Database License (ODbL) 1.0"
LICENCE_URL = "https://opendatacommons.org/licenses/odbl/1-0/"
OPENSTREETMAP_URL = "https://www.openstreetmap.org/copyright"
OPENSKIMAP_URL = "https://openskimap.org"
CAUTION = N_("Rules change daily: the resort's word and the patrol's go before this page.")
