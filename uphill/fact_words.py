"""A whole fact of a policy in words, lists included."""

from uphill.policy import Policy, Route
from uphill.wording import NOT_STATED, price_words, value_words, window_words


def fact_words(policy: Policy, name: str) -> str:
    """The value of the fact ``name``; "not stated" where the source does not say it."""
    return "; ".join(fact_elements(policy, name)) or NOT_STATED


def fact_elements(policy: Policy, name: str) -> list[str]:
    """The fact's elements in words, in the order of its evidence; a scalar has one, an unstated list none."""
    if name == "windows":
        return [window_words(window) for window in policy.windows]
    if name == "prices":
        return [price_words(price) for price in policy.prices]
    if name == "routes":
        return [_route_words(route) for route in policy.routes]
    if name == "pass_accepts":
        return [value_words(name, credential) for credential in policy.pass_accepts]
    value = getattr(policy, name)
    if name == "hotline":
        return [value] if value else []
    return [value_words(name, value)]


def _route_words(route: Route) -> str:
    told = [str(route.status)] if route.status != "unknown" else []
    told += [window_words(window) for window in route.windows]
    return f"{route.name} ({', '.join(told)})" if told else route.name
