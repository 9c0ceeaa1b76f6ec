"""Where resorts are: regions, resorts and their other names."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from uphill.db.base import Base


class Region(Base):
    """A first-level subdivision of ISO 3166-2, named as pycountry names it."""

    __tablename__ = "regions"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str]
    country: Mapped[str] = mapped_column(String(2), index=True)


class Resort(Base):
    """A lift-served ski area. Elevations in metres, coordinates in degrees (WGS 84).

    ``search_text`` holds name, aliases, place and region, folded by :func:`uphill.search.text.fold`.
    """

    __tablename__ = "resorts"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    locality: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    timezone: Mapped[str | None] = mapped_column(String(64))
    base_m: Mapped[int | None]
    summit_m: Mapped[int | None]
    website: Mapped[str | None]
    openskimap_id: Mapped[str | None] = mapped_column(String(64), index=True)
    pass_network: Mapped[str | None] = mapped_column(String(64))
    search_text: Mapped[str]

    region: Mapped[Region] = relationship(lazy="joined")
    aliases: Mapped[list["Alias"]] = relationship(
        back_populates="resort", cascade="all, delete-orphan", order_by="Alias.name"
    )


class Alias(Base):
    __tablename__ = "aliases"
    __table_args__ = (UniqueConstraint("resort_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resort_id: Mapped[int] = mapped_column(ForeignKey("resorts.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))

    resort: Mapped[Resort] = relationship(back_populates="aliases")
