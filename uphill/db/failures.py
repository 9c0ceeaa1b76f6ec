"""What a database's failures mean to whoever has to go on."""

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError


def in_short(error: Exception) -> str:
    """The error without the statement that it came of; of a database its own words alone, in one line."""
    told = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return told.partition("\n")[0] or type(error).__name__


def may_pass(error: SQLAlchemyError) -> bool:
    """Whether the next try may work: the file is locked or its disk full, the server is away or starts again.

    IntegrityError is another writer that was faster with the same row.
    """
    return isinstance(error, (OperationalError, IntegrityError)) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )
