"""What a person would say of a policy, in a sentence or a few."""

from uphill.language import N_, gettext
from uphill.policy import Policy
from uphill.words.wording import by_clock, together, window_words

_WHEN: dict[tuple[str, str], str] = {
    ("allowed", "allowed"): N_("Uphill allowed during and outside lift hours."),
    ("allowed", "prohibited"): N_("Uphill allowed during lift hours only."),
    ("prohibited", "allowed"): N_("Uphill allowed outside lift hours only."),
    ("allowed", "unknown"): N_("Uphill allowed during lift hours."),
    ("unknown", "allowed"): N_("Uphill allowed outside lift hours."),
    ("prohibited", "unknown"): N_("Uphill allowed, but not during lift hours."),
    ("unknown", "prohibited"): N_("Uphill allowed, but not outside lift hours."),
}
_WHEN_ON_ROUTES: dict[tuple[str, str], str] = {
    ("allowed", "allowed"): N_("Uphill allowed during and outside lift hours, on designated routes only."),
    ("allowed", "prohibited"): N_("Uphill allowed during lift hours only, on designated routes only."),
    ("prohibited", "allowed"): N_("Uphill allowed outside lift hours only, on designated routes only."),
    ("allowed", "unknown"): N_("Uphill allowed during lift hours, on designated routes only."),
    ("unknown", "allowed"): N_("Uphill allowed outside lift hours, on designated routes only."),
    ("prohibited", "unknown"): N_("Uphill allowed, but not during lift hours, on designated routes only."),
    ("unknown", "prohibited"): N_("Uphill allowed, but not outside lift hours, on designated routes only."),
}
"""What is allowed during lift hours, and what outside them."""

_ALLOWED = N_("Uphill allowed.")
_ALLOWED_ON_ROUTES = N_("Uphill allowed, on designated routes only.")

_PASS: dict[tuple[str, str], str] = {
    ("always", "free"): N_("free pass"),
    ("always", "paid"): N_("paid pass"),
    ("always", "unknown"): N_("pass"),
    ("during_operations", "free"): N_("free pass during lift hours"),
    ("during_operations", "paid"): N_("paid pass during lift hours"),
    ("during_operations", "unknown"): N_("pass during lift hours"),
    ("outside_operations", "free"): N_("free pass outside lift hours"),
    ("outside_operations", "paid"): N_("paid pass outside lift hours"),
    ("outside_operations", "unknown"): N_("pass outside lift hours"),
}
"""When it is needed, and what it costs."""

_DOGS: dict[str, str] = {
    "allowed": N_("Dogs allowed."),
    "leashed": N_("Dogs on leash."),
    "limited": N_("Dogs at some hours or places only."),
    "prohibited": N_("No dogs."),
}


def verdict(policy: Policy) -> str:
    """Made from the facts alone."""
    if policy.access == "unknown":
        return gettext("Whether uphill travel is allowed is not stated.")
    if policy.access == "prohibited":
        return gettext("Uphill travel is prohibited.")
    sentences = (
        _when(policy),
        _with_what(policy),
        gettext(_DOGS[policy.dogs]) if policy.dogs in _DOGS else "",
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _when(policy: Policy) -> str:
    on_routes = policy.designated_routes_only == "yes"
    if policy.windows:
        hours = together([window_words(window) for window in by_clock(policy.windows)])
        if on_routes:
            return gettext("Uphill allowed %(hours)s, on designated routes only.", hours=hours)
        return gettext("Uphill allowed %(hours)s.", hours=hours)
    when = (str(policy.during_operations), str(policy.outside_operations))
    if on_routes:
        return gettext(_WHEN_ON_ROUTES.get(when, _ALLOWED_ON_ROUTES))
    return gettext(_WHEN.get(when, _ALLOWED))


def _with_what(policy: Policy) -> str:
    needed = [
        gettext(words)
        for words, fact in (
            (N_("waiver"), policy.waiver),
            (N_("check-in"), policy.check_in),
            (N_("avalanche gear"), policy.avalanche_gear),
        )
        if fact == "required"
    ]
    if policy.pass_required == "never":
        if not needed:
            return gettext("No pass needed.")
        return gettext("No pass, but %(things)s needed.", things=together(needed))
    if policy.pass_required != "unknown":
        needed.insert(0, gettext(_PASS[policy.pass_required, policy.pass_cost]))
    if not needed:
        return ""
    said = gettext("%(things)s needed.", things=together(needed))
    return said[:1].upper() + said[1:]
