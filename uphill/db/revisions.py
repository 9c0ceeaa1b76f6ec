"""Whether a database is at the newest migration: told without Alembic, which each command would wait for."""

from importlib import resources

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from uphill.errors import DatabaseNotReady

_DIGITS = 4


def known_revisions() -> tuple[str, ...]:
    """The revisions of the program, the newest last: each migration's file begins with its number."""
    names = (file.name for file in (resources.files("migrations") / "versions").iterdir())
    return tuple(sorted(name[:_DIGITS] for name in names if name[:_DIGITS].isdigit()))


def revisions(engine: Engine) -> tuple[str | None, str]:
    """The revision that the database is at (``None``: empty), and the newest one of the program."""
    try:
        with engine.connect() as connection:
            current = None
            if inspect(connection).has_table("alembic_version"):
                current = connection.scalar(text("SELECT version_num FROM alembic_version"))
    except DatabaseError as error:  # the server is away, or the file is no database
        where = engine.url.render_as_string(hide_password=True)
        why = " ".join(str(error.orig).split())
        raise DatabaseNotReady(f"The database {where} can't be reached: {why}") from error
    return current, known_revisions()[-1]


def ensure_current(engine: Engine) -> None:
    """Upgrade an embedded database; on PostgreSQL raise DatabaseNotReady with the command to run."""
    current, newest = revisions(engine)
    if current == newest:
        return
    if engine.dialect.name == "sqlite":
        from uphill.db.upgrade import upgrade  # noqa: PLC0415 - imports Alembic

        _refuse_newer(current)
        upgrade(engine)
        return
    state = f"at revision {current}" if current else "empty"
    raise DatabaseNotReady(
        f"The database is {state}, the program needs {newest}. Run 'uphill upgrade', then try again."
    )


def _refuse_newer(current: str | None) -> None:
    if current is not None and current not in known_revisions():
        raise DatabaseNotReady(
            f"The database is at revision {current}, which this version of the program does not know. "
            "Install the newer version that wrote it, or set UPHILL_DATABASE_URL to another database."
        )
