"""What an association's statutes and the law settle: every rule that may differ between associations.

The defaults are a starting point to be checked against the association's own statutes; they are no legal advice.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import floor

from assembly.item_kinds import ItemKind
from assembly.members import Member, Role
from assembly.motions import Rule
from assembly.proxies import HOLDERS, BoardHolder, ProxyKind
from assembly.tally import Basis, Majority, Threshold


@dataclass(frozen=True)
class Statutes:
    """The settings of one association.

    ``notice_days``: full days between the day of notice and the day of the assembly, neither counted (BW 2:41).
    ``notice_days_by_kind``: the same for items of a kind, where that is longer (BW 2:42(1): a week for an amendment).
    ``deposit_days``: full days that the text of an amendment lies open to the members before (BW 2:42(2)).
    ``second_meeting_days``: the notice period of a second assembly, to be held where the quorum of the first was
    missing, and then without one; ``None`` where the statutes know none.
    ``majority``: ordinary majority, more than half of the votes cast (BW 2:38 and the usual statutes).
    ``special_majority``: two thirds of the votes cast (BW 2:43).
    ``second_meeting_majority``: what it is in a second assembly, where the statutes then ask for less; else the same.
    ``quorum``: share of the votes that must be present or represented; ``None`` asks for none.
    ``special_quorum``: the same for what needs a special majority; ``None`` asks for no more than ``quorum``.
    ``inhabitants_per_vote``: a member has one vote for each so many inhabitants or a part of them; ``None`` takes the
    votes in the register. ``votes_by_inhabitants``: or it has so many votes (second) from a number of inhabitants
    (first) up, in rising order; empty: no such table. ``votes_maximum``: no member has more votes; ``None`` sets no
    limit (BW 2:38(1)). ``votes_maximum_share``: nor a larger share of all votes than this.
    ``chair_breaks_ties``: where the votes on a matter are tied, the chair's vote decides (statutes; else it is
    rejected).
    ``proxy_kinds``: which proxies may be granted (BW 2:38(4); Gemeentewet 171(2) for a colleague).
    ``proxy_maximum``: votes of other members per holder, its own seat and its colleagues' not counted.
    ``proxy_board_holder``: whether somebody of the board or the supervisory board may hold a proxy (statutes).
    ``proxy_deadline_hours``: hours before the assembly after which no proxy can be granted.
    ``proxy_grantors``: the roles that may sign a proxy for their member (Gemeentewet 171).
    ``proxy_letters``: whether a photo or PDF of a signed letter can stand in for signing in the chat (BW 2:38(4)).
    ``proxy_substitution``: whether a holder may pass a vote on (BW 3:64; not unless stated).
    ``persons_secret``: votes on persons are secret unless roll-call is chosen explicitly.
    ``secret_minimum``: a secret vote needs the votes of so many people (not seats), or its outcome would betray them.
    ``persons_rule``: how more candidates than seats are decided (statutes; as a rule a majority, then the top two).
    ``persons_lot``: whether the lot decides where the votes of persons stay tied (statutes).
    ``consultation_turnout``: share of all votes to be cast in a consultation for it to weigh; ``None`` asks for none.
    ``variants_rule``: how several texts are decided. ``variants_none``: whether "none of these" can be chosen as well.
    ``advance_days``: days before the assembly from which its items can be voted on; 0: not at all (BW 2:38(8)).
    ``advance_present``: whether a member that voted before counts for the quorum (statutes; the law counts its vote).
    ``electronic_voting_article``: the article that allows electronic voting (BW 2:38(6)-(9)), for the convocation.
    ``chair_pronounces``: an outcome is published when the chair pronounced it (BW 2:13(3)), not when it is counted.
    ``dispute_minutes``: how long an outcome can be disputed after that (BW 2:13(4)); 0 is never.
    ``objection_seconds``: how long one can object to adopting something without a vote.
    ``persons_acclamation``: whether persons may be appointed without a vote where nobody objects (statutes).
    ``late_arrivals_vote``: whether who arrives while a vote is open may still vote in it (statutes).
    """

    notice_days: int = 14
    notice_days_by_kind: Mapping[ItemKind, int] = field(default_factory=lambda: {ItemKind.AMENDMENT: 7})
    deposit_days: int = 5
    second_meeting_days: int | None = None
    majority: Majority = field(default=Majority(Threshold(Fraction(1, 2), strict=True), Basis.CAST))
    special_majority: Majority = field(default=Majority(Threshold(Fraction(2, 3), strict=False), Basis.CAST))
    second_meeting_majority: Threshold | None = None
    quorum: Threshold | None = None
    special_quorum: Threshold | None = None
    inhabitants_per_vote: int | None = None
    votes_by_inhabitants: tuple[tuple[int, int], ...] = ()
    votes_maximum: int | None = None
    votes_maximum_share: Fraction | None = None
    chair_breaks_ties: bool = False
    proxy_kinds: frozenset[ProxyKind] = frozenset({ProxyKind.COLLEAGUE, ProxyKind.OTHER_MEMBER, ProxyKind.STANDING})
    proxy_maximum: int = 2
    proxy_board_holder: BoardHolder = BoardHolder.WARNED
    proxy_deadline_hours: int = 0
    proxy_grantors: frozenset[Role] = frozenset({Role.REPRESENTATIVE, Role.SIGNATORY})
    proxy_letters: bool = True
    proxy_substitution: bool = False
    persons_secret: bool = True
    secret_minimum: int = 5
    persons_rule: Rule = Rule.TOP_TWO
    persons_lot: bool = True
    variants_rule: Rule = Rule.TOP_TWO
    variants_none: bool = True
    consultation_turnout: Threshold | None = None
    advance_days: int = 0
    advance_present: bool = True
    electronic_voting_article: str = ""
    chair_pronounces: bool = True
    dispute_minutes: int = 5
    objection_seconds: int = 60
    persons_acclamation: bool = True
    late_arrivals_vote: bool = False

    @property
    def knows_proxies(self) -> bool:
        """Whether a proxy of any kind can be granted."""
        return not self.proxy_kinds.isdisjoint(HOLDERS)

    @property
    def for_second_meeting(self) -> "Statutes":
        """The same as they hold in a second assembly, which decides whatever the number of votes present."""
        special = self.special_majority
        if self.second_meeting_majority is not None:
            special = replace(special, threshold=self.second_meeting_majority)
        return replace(self, quorum=None, special_quorum=None, special_majority=special)

    def weigh(self, members: Iterable[Member]) -> tuple[Member, ...]:
        """Return all members with the votes that they have by these statutes, at least one each."""
        votes = {member: self._votes(member) for member in members}
        if self.votes_maximum_share is not None:
            limit = _limit(votes.values(), self.votes_maximum_share)
            votes = {member: min(number, limit) for member, number in votes.items()}
        return tuple(
            member if number == member.votes else replace(member, votes=number) for member, number in votes.items()
        )

    def _votes(self, member: Member) -> int:
        votes, inhabitants = member.votes, member.inhabitants
        if inhabitants is not None:
            if self.inhabitants_per_vote is not None:
                votes = max(1, -(-inhabitants // self.inhabitants_per_vote))
            reached = [number for least, number in self.votes_by_inhabitants if inhabitants >= least]
            votes = reached[-1] if reached else votes
        return votes if self.votes_maximum is None else min(votes, self.votes_maximum)


def _limit(votes: Collection[int], share: Fraction) -> int:
    """Return the most votes with which nobody has more than its share of all that are then left; at least one."""
    limit = max(votes, default=1)
    while limit > (bound := share * sum(min(number, limit) for number in votes)):
        limit = floor(bound)
    return max(1, limit)
