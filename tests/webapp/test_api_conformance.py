"""The whole API against its own description: no failure, nothing that the description does not tell."""

from datetime import UTC, datetime

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from uphill.settings import Settings
from webapp import create_app
from webapp.views.api.parameters import PARAMETERS

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)

_SEARCHED = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def described(engine):
    app = create_app(Settings(rate_limits=False), engine=engine, clock=lambda: NOW)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


def is_left_out(value):
    """A form sends empty fields too, and one of a parameter's values may be empty: no schema can say that."""
    return any(not str(each).strip() for each in (value if isinstance(value, list) else [value]))


def answers(operation, mode):
    """The statuses that an operation answers with to whatever may, or may not, be asked."""
    seen = set()

    @_SEARCHED
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        assume(not any(map(is_left_out, (case.query or {}).values())))
        # A cursor is opaque, and no schema tells which prices go with which currency: a 400 is right for them.
        response = case.call_and_validate(
            headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance]
        )
        seen.add(response.status_code)

    ask()
    return seen


@pytest.mark.parametrize("path", PARAMETERS)
def test_what_may_be_asked_is_answered_as_described(described, path):
    for operation in described[f"/api/v1{path}"].values():
        assert answers(operation, GenerationMode.POSITIVE) & {200, 404}


@pytest.mark.parametrize(
    "path", [path for path, told in PARAMETERS.items() if told and told[-1].where == "query"]
)
def test_what_may_not_be_asked_is_refused_as_described(described, path):
    for operation in described[f"/api/v1{path}"].values():
        assert answers(operation, GenerationMode.NEGATIVE) & {400}
