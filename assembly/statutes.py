"""What an association's statutes and the law settle: every rule that may differ between associations.

The defaults are a starting point to be checked against the association's own statutes; they are no legal advice.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from assembly.members import Role
from assembly.proxies import ProxyKind
from assembly.tally import Basis, Majority, Threshold


@dataclass(frozen=True)
class Statutes:
    """The settings of one association.

    ``notice_days``: full days between the day of notice and the day of the assembly, neither counted (BW 2:41).
    ``majority``: ordinary majority, more than half of the votes cast (BW 2:38 and the usual statutes).
    ``special_majority``: two thirds of the votes cast (BW 2:43).
    ``quorum``: share of the votes that must be present or represented; ``None`` asks for none.
    ``proxy_kinds``: which proxies may be granted (BW 2:38(4)).
    ``proxy_maximum``: proxies of other members per holder, its own seat not counted.
    ``proxy_deadline_hours``: hours before the assembly after which no proxy can be granted.
    ``proxy_grantors``: the roles that may sign a proxy for their member (Gemeentewet 171).
    ``proxy_substitution``: whether a holder may pass a vote on (BW 3:64; not unless stated).
    ``persons_secret``: votes on persons are secret unless roll-call is chosen explicitly.
    ``electronic_voting_article``: the article that allows electronic voting (BW 2:38(6)-(9)), for the convocation.
    """

    notice_days: int = 14
    majority: Majority = field(default=Majority(Threshold(Fraction(1, 2), strict=True), Basis.CAST))
    special_majority: Majority = field(default=Majority(Threshold(Fraction(2, 3), strict=False), Basis.CAST))
    quorum: Threshold | None = None
    proxy_kinds: frozenset[ProxyKind] = frozenset({ProxyKind.OTHER_MEMBER})
    proxy_maximum: int = 2
    proxy_deadline_hours: int = 0
    proxy_grantors: frozenset[Role] = frozenset({Role.REPRESENTATIVE, Role.SIGNATORY})
    proxy_substitution: bool = False
    persons_secret: bool = True
    electronic_voting_article: str = ""
