"""``python -m uphill.db.revise "what it does"``: a migration from what the models have that the tables lack.

For developers in a checkout; it works on a database of its own that is thrown away.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from uphill.db.engine import make_engine
from uphill.db.upgrade import alembic_config, upgrade


def revise(message: str) -> str:
    """Write the next numbered migration; returns its path."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head() or "0000"
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'models.db'}")
        upgrade(engine)
        with engine.connect() as connection:
            script = command.revision(
                alembic_config(connection), message, autogenerate=True, rev_id=f"{int(newest) + 1:04}"
            )
        engine.dispose()
    return str(script.path) if script is not None and not isinstance(script, list) else ""


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit('usage: python -m uphill.db.revise "what the migration does"')
    sys.stdout.write(f"{revise(sys.argv[1])}\n")
