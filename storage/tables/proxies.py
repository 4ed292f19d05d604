"""Proxies, for one assembly and standing, and the letters that were attached to them."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, text

from assembly.overviews import MemberFilter
from assembly.proxies import LapseReason, ProxyKind, ProxyState
from storage.tables.base import Moment, choice, id_column, metadata, reference

standing_proxies = Table(
    "standing_proxies",
    metadata,
    id_column(),
    reference("member_id", "members.id"),
    reference("holder_id", "people.id", index=True),
    reference("holder_member_id", "members.id", nullable=True),
    Column("until", Date, nullable=False),
    Column("granted_at", Moment, nullable=False),
    Column("accepted_at", Moment),
    reference("ended_by", "people.id", nullable=True),
    Column("ended_at", Moment),
)
"""Mandates that outlive an assembly: the holder accepts once, and the grantor confirms each assembly's proxy."""

Index(
    "uq_standing_proxies_live",
    standing_proxies.c.member_id,
    unique=True,
    sqlite_where=standing_proxies.c.ended_at.is_(None),
    postgresql_where=standing_proxies.c.ended_at.is_(None),
)

proxies = Table(
    "proxies",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id", index=True),
    reference("member_id", "members.id"),
    reference("holder_id", "people.id", index=True),
    reference("holder_member_id", "members.id", nullable=True),
    Column("kind", choice(ProxyKind), nullable=False),
    Column("state", choice(ProxyState), nullable=False),
    Column("until", Date),
    reference("standing_id", "standing_proxies.id", nullable=True),
    Column("instructed", Boolean, nullable=False, server_default=text("false")),
    reference("prepared_by", "people.id"),
    Column("prepared_at", Moment, nullable=False),
    reference("signed_by", "people.id", nullable=True),
    Column("signed_at", Moment),
    Column("on_paper", Boolean, nullable=False, server_default=text("false")),
    Column("answered_at", Moment),
    reference("ended_by", "people.id", nullable=True),
    Column("ended_at", Moment),
    Column("lapse_reason", choice(LapseReason)),
    Column("alarmed_at", Moment),
)
"""``on_paper``: ``signed_by`` is who of the secretariat saw the signature on a letter.

``alarmed_at``: when the grantor was told that the holder cannot carry the vote; empty again once it can.
"""

_UNDER_WAY = text("state IN ('prepared', 'offered', 'accepted')")
Index(
    "uq_proxies_under_way",
    proxies.c.meeting_id,
    proxies.c.member_id,
    unique=True,
    sqlite_where=_UNDER_WAY,
    postgresql_where=_UNDER_WAY,
)

member_views = Table(
    "member_views",
    metadata,
    reference("person_id", "people.id", primary_key=True),
    reference("meeting_id", "meetings.id", primary_key=True),
    Column("filter", choice(MemberFilter), nullable=False),
    Column("page", Integer, nullable=False),
)
"""Which members somebody of the secretariat is looking at, so that a redrawn overview shows the same page."""

proxy_letters = Table(
    "proxy_letters",
    metadata,
    id_column(),
    reference("proxy_id", "proxies.id", index=True),
    reference("file_id", "files.id", unique=True),
    Column("added_at", Moment, nullable=False),
    reference("judged_by", "people.id", nullable=True),
    Column("judged_at", Moment),
    Column("approved", Boolean),
)
"""Photos and PDFs of signed letters; the secretariat judges those of somebody who may not sign."""
