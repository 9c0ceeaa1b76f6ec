"""Secrets that the site makes for itself, shared by all processes on one database."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, sessionmaker

from uphill.db import SiteKey, writing

_BYTES = 32


def site_key(sessions: sessionmaker[Session], name: str, now: datetime) -> str:
    """The secret of that name; made the first time it is asked for, by whichever process comes first."""
    known = select(SiteKey.secret).filter_by(name=name)
    with sessions() as session:
        secret = session.scalar(known)
    if secret is None:
        with writing(sessions) as session:
            made = {"name": name, "secret": secrets.token_hex(_BYTES), "made_at": now}
            if session.get_bind().dialect.name == "postgresql":
                session.execute(postgresql.insert(SiteKey).values(made).on_conflict_do_nothing())
            else:
                session.execute(sqlite.insert(SiteKey).values(made).on_conflict_do_nothing())
            secret = session.scalars(known).one()
    return secret
