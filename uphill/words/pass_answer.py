"""The answer to the question asked most: do I need an uphill pass here?"""

from uphill.policy import Policy
from uphill.words.wording import price_words, value_words

_NEEDED = {
    "always": "yes, a pass is needed at all times",
    "during_operations": "yes, during lift hours only",
    "outside_operations": "yes, outside lift hours only",
    "never": "no pass is needed",
    "unknown": "whether a pass is needed is not stated",
}


def pass_sentence(resort: str, policy: Policy) -> str:
    """One sentence: needed or not, when, for how much, and which passes are accepted."""
    if policy.access == "prohibited":
        return f"{resort}: uphill travel is prohibited, so no pass helps."
    parts = [_NEEDED[policy.pass_required], _cost(policy), _accepted(policy), _place(policy)]
    return f"{resort}: {'; '.join(part for part in parts if part)}."


def _cost(policy: Policy) -> str:
    if policy.prices:
        return f"it costs {' or '.join(map(price_words, policy.prices))}"
    if policy.pass_cost == "free":
        return "it is free" if policy.pass_required != "never" else "access is free"
    if policy.pass_cost == "paid":
        return "it has to be paid for, the price is not stated"
    return "" if policy.pass_required == "never" else "what it costs is not stated"


def _accepted(policy: Policy) -> str:
    if not policy.pass_accepts:
        return ""
    names = [value_words("pass_accepts", credential) for credential in policy.pass_accepts]
    exempt = "season_pass" in policy.pass_accepts
    also = ", so holders of a season pass need nothing more" if exempt and len(names) > 1 else ""
    return f"accepted: {' or '.join(names)}{also}"


def _place(policy: Policy) -> str:
    needed = policy.pass_url is not None and policy.pass_required != "never"
    return f"to be had at {policy.pass_url}" if needed else ""
