"""The JSON Schema of the document that a resort may publish, with that of a policy bundled in it."""

from typing import Any

from uphill.policy_schema import DIALECT, policy_schema
from uphill.published.document import PublishedDocument


def published_schema(address: str, policy_address: str) -> dict[str, Any]:
    """JSON Schema 2020-12, its ``$id`` being ``address``; policies are those of ``policy_address``."""
    schema = PublishedDocument.model_json_schema()
    definitions = {name: schema["$defs"][name] for name in ("PublishedResort", "PublishedStatus")}
    policy = definitions["PublishedResort"]["properties"]["policy"]
    policy |= {"$ref": policy_address, "title": "Policy"}
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": "Published uphill policy",
        "description": schema["description"],
        "type": "object",
        "properties": schema["properties"],
        "oneOf": [{"required": ["resort"]}, {"required": ["resorts"]}],
        "$defs": {**definitions, "UphillPolicy": policy_schema(policy_address)},
    }
