"""Settings of the statutes; each has what the law or most statutes say as its default."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from assembly.advance import ADVANCE_LIMIT
from assembly.item_kinds import ItemKind
from assembly.motions import Rule
from assembly.proxies import BoardHolder
from assembly.statutes import Statutes
from assembly.tally import Basis, Majority
from bot.config.values import DaysByKind, Kinds, Quorum, Roles, Share, Table

_STATUTES = Statutes()


def _lawful(value: Mapping[ItemKind, int]) -> Mapping[ItemKind, int]:
    least = _STATUTES.notice_days_by_kind[ItemKind.AMENDMENT]
    if value.get(ItemKind.AMENDMENT, 0) < least:
        raise ValueError("the law asks for a week before the statutes are amended")
    return value


class StatuteSettings(BaseModel):
    """What the association's own statutes may say."""

    notice_days: int = Field(
        default=_STATUTES.notice_days,
        ge=0,
        le=365,
        description="Full days between the day of notice and the day of the assembly, neither counted.",
        json_schema_extra={"source": "BW 2:41"},
    )
    notice_days_by_kind: Annotated[DaysByKind, AfterValidator(_lawful)] = Field(
        default=dict(_STATUTES.notice_days_by_kind),
        description="The same for kinds of items, where that is longer: `information`, `discussion`, `decision`, "
        "`persons`, `amendment` or `procedure`, such as `amendment=7,persons=21`.",
        json_schema_extra={"source": "BW 2:42(1); statutes"},
    )
    deposit_days: int = Field(
        default=_STATUTES.deposit_days,
        ge=5,
        le=365,
        description="Full days before the assembly that the text of an amendment of the statutes lies open to members.",
        json_schema_extra={"source": "BW 2:42(2)"},
    )
    second_meeting_days: int | None = Field(
        default=_STATUTES.second_meeting_days,
        ge=0,
        le=365,
        description="Full days of notice for a second assembly without a quorum, where that of the first was missing. "
        "Without it none can be convened.",
        json_schema_extra={"source": "BW 2:43(3); statutes"},
    )
    majority: Share = Field(
        default=_STATUTES.majority.threshold,
        description="The ordinary majority: `>1/2` is more than half, `>=2/3` at least two thirds.",
        json_schema_extra={"source": "BW 2:38; statutes"},
    )
    majority_basis: Basis = Field(
        default=_STATUTES.majority.basis,
        description="Of which votes a majority is a share: `cast`, `voted` (with the abstentions and blank ballots, "
        "which are otherwise not cast), `present` or `all`.",
        json_schema_extra={"source": "statutes"},
    )
    special_majority: Share = Field(
        default=_STATUTES.special_majority.threshold,
        description="The special majority, for amendment of the statutes and the like.",
        json_schema_extra={"source": "BW 2:43"},
    )
    second_meeting_majority: Quorum = Field(
        default=_STATUTES.second_meeting_majority,
        description="The special majority in such a second assembly, where the statutes then ask for less; `none` "
        "leaves it as it is.",
        json_schema_extra={"source": "statutes"},
    )
    quorum: Quorum = Field(
        default=_STATUTES.quorum,
        description="Share of all votes that must be present or represented: `none`, or as a majority.",
        json_schema_extra={"source": "statutes"},
    )
    special_quorum: Quorum = Field(
        default=_STATUTES.special_quorum,
        description="The same for an amendment of the statutes, and what else needs more than the ordinary majority; "
        "`none` asks for no more than `quorum`.",
        json_schema_extra={"source": "statutes"},
    )
    inhabitants_per_vote: int | None = Field(
        default=_STATUTES.inhabitants_per_vote,
        ge=1,
        description="Inhabitants, or a part of so many, for which a member has a vote; without it the register tells.",
        json_schema_extra={"source": "BW 2:38(1); statutes"},
    )
    votes_by_inhabitants: Table = Field(
        default=_STATUTES.votes_by_inhabitants,
        description="Or a table: from how many inhabitants up a member has how many votes, such as "
        "`0=1,20000=2,50000=3`; `none` is no table. Where both are given, the table counts.",
        json_schema_extra={"source": "BW 2:38(1); statutes"},
    )
    votes_maximum: int | None = Field(
        default=_STATUTES.votes_maximum,
        ge=1,
        description="No member has more votes than this.",
        json_schema_extra={"source": "BW 2:38(1); statutes"},
    )
    votes_maximum_share: Annotated[Fraction | None, Field(gt=0, le=1)] = Field(
        default=_STATUTES.votes_maximum_share,
        description="No member has a larger share of all votes than this, such as `1/5`; votes above it do not exist.",
        json_schema_extra={"source": "statutes"},
    )
    chair_breaks_ties: bool = Field(
        default=_STATUTES.chair_breaks_ties,
        description="Where the votes on a matter are tied, the vote of the chair decides; otherwise it is rejected.",
        json_schema_extra={"source": "statutes"},
    )
    proxy_kinds: Kinds = Field(
        default=_STATUTES.proxy_kinds,
        description="Proxies that may be granted: to a `colleague`, `other_member` or `outsider`, and `standing`.",
        json_schema_extra={"source": "BW 2:38(4); Gemeentewet 171(2)"},
    )
    proxy_maximum: int = Field(
        default=_STATUTES.proxy_maximum,
        ge=0,
        description="Votes of other members that one person may carry; its own and its colleagues' do not count.",
        json_schema_extra={"source": "statutes"},
    )
    proxy_board_holder: BoardHolder = Field(
        default=_STATUTES.proxy_board_holder,
        description="Whether somebody of the board or supervisory board may hold one: `allowed`, `warned`, `refused`.",
        json_schema_extra={"source": "statutes"},
    )
    proxy_deadline_hours: int = Field(
        default=_STATUTES.proxy_deadline_hours,
        ge=0,
        description="Hours before the assembly after which no proxy can be granted; 0 sets no deadline.",
        json_schema_extra={"source": "statutes"},
    )
    proxy_grantors: Roles = Field(
        default=_STATUTES.proxy_grantors,
        min_length=1,
        description="Roles that may sign a proxy for their member, with commas.",
        json_schema_extra={"source": "Gemeentewet 171"},
    )
    proxy_letters: bool = Field(
        default=_STATUTES.proxy_letters,
        description="Whether a photo or PDF of a signed letter can stand in for signing in the chat. Of somebody who "
        "may not sign it counts once somebody of the secretariat has seen it.",
        json_schema_extra={"source": "BW 2:38(4)"},
    )
    proxy_substitution: bool = Field(
        default=_STATUTES.proxy_substitution,
        description="Whether a vote passes on: whose member grants a proxy itself, passes on with it what it carries.",
        json_schema_extra={"source": "BW 3:64"},
    )
    persons_secret: bool = Field(
        default=_STATUTES.persons_secret,
        description="Votes on persons are secret unless roll-call is chosen explicitly.",
        json_schema_extra={"source": "statutes"},
    )
    secret_minimum: int = Field(
        default=_STATUTES.secret_minimum,
        ge=2,
        description="How many people, not seats, must vote in a secret vote: with fewer, the outcome would tell who "
        "voted what. With fewer present it is not opened, and with fewer votes in it is not counted.",
        json_schema_extra={"source": "statutes"},
    )
    persons_rule: Rule = Field(
        default=_STATUTES.persons_rule,
        description=(
            "How more candidates than seats are decided: `top_two` (the majority, and else a second round between "
            "twice as many as there are seats left), `elimination` (the majority, and else further rounds without who "
            "has the fewest votes) or `plurality` (the most votes). Who share the last place go on, or drop out, "
            "together; with `top_two_lot` and `elimination_lot` the lot decides among them."
        ),
        json_schema_extra={"source": "statutes"},
    )
    persons_lot: bool = Field(
        default=_STATUTES.persons_lot,
        description="Whether the lot can decide where persons have as many votes in a second or later round.",
        json_schema_extra={"source": "statutes"},
    )
    consultation_turnout: Quorum = Field(
        default=_STATUTES.consultation_turnout,
        description="Share of all votes that must be cast in a consultation for it to be valid: `none`, or as a "
        "majority.",
        json_schema_extra={"source": "statutes"},
    )
    variants_rule: Rule = Field(
        default=_STATUTES.variants_rule,
        description="How several texts are decided: as `persons_rule`, but without the majority no text is adopted.",
        json_schema_extra={"source": "statutes"},
    )
    variants_none: bool = Field(
        default=_STATUTES.variants_none,
        description="Whether “none of these” can be chosen besides several texts.",
        json_schema_extra={"source": "statutes"},
    )
    chair_pronounces: bool = Field(
        default=_STATUTES.chair_pronounces,
        description="Publish an outcome when the chair has pronounced it; `false` publishes it when it is counted.",
        json_schema_extra={"source": "BW 2:13(3)"},
    )
    dispute_minutes: int = Field(
        default=_STATUTES.dispute_minutes,
        ge=0,
        le=1440,
        description="Minutes in which who carried a vote can dispute an outcome and ask for another vote; 0 is never.",
        json_schema_extra={"source": "BW 2:13(4)"},
    )
    objection_seconds: int = Field(
        default=_STATUTES.objection_seconds,
        ge=10,
        le=3600,
        description="Seconds in which who carries a vote can object to adopting an item without a vote.",
        json_schema_extra={"source": "statutes"},
    )
    persons_acclamation: bool = Field(
        default=_STATUTES.persons_acclamation,
        description="Whether persons may be appointed by acclamation, where nobody objects.",
        json_schema_extra={"source": "statutes"},
    )
    late_arrivals_vote: bool = Field(
        default=_STATUTES.late_arrivals_vote,
        description="Whether who arrives while a vote is open may still vote in it, where nobody carries that seat.",
        json_schema_extra={"source": "statutes"},
    )
    advance_days: int = Field(
        default=_STATUTES.advance_days,
        ge=0,
        le=ADVANCE_LIMIT,
        description="Days before the assembly from which representatives can vote on its items, where that is by "
        "roll-call on one proposal; `0` allows no vote before the assembly.",
        json_schema_extra={"source": "BW 2:38(8)"},
    )
    advance_present: bool = Field(
        default=_STATUTES.advance_present,
        description="Whether a member that voted before the assembly counts for the quorum of that vote.",
        json_schema_extra={"source": "statutes"},
    )
    electronic_voting_article: str = Field(
        default=_STATUTES.electronic_voting_article,
        description="The article of the statutes that allows electronic voting; printed in the convocation.",
        json_schema_extra={"source": "BW 2:38(6)-(9)"},
    )

    def statutes(self) -> Statutes:
        """Return the statutes that these settings describe."""
        return Statutes(
            notice_days=self.notice_days,
            notice_days_by_kind=self.notice_days_by_kind,
            deposit_days=self.deposit_days,
            second_meeting_days=self.second_meeting_days,
            majority=Majority(self.majority, self.majority_basis),
            special_majority=Majority(self.special_majority, self.majority_basis),
            second_meeting_majority=self.second_meeting_majority,
            quorum=self.quorum,
            special_quorum=self.special_quorum,
            inhabitants_per_vote=self.inhabitants_per_vote,
            votes_by_inhabitants=self.votes_by_inhabitants,
            votes_maximum=self.votes_maximum,
            votes_maximum_share=self.votes_maximum_share,
            chair_breaks_ties=self.chair_breaks_ties,
            proxy_kinds=self.proxy_kinds,
            proxy_maximum=self.proxy_maximum,
            proxy_board_holder=self.proxy_board_holder,
            proxy_deadline_hours=self.proxy_deadline_hours,
            proxy_grantors=self.proxy_grantors,
            proxy_letters=self.proxy_letters,
            proxy_substitution=self.proxy_substitution,
            persons_secret=self.persons_secret,
            secret_minimum=self.secret_minimum,
            persons_rule=self.persons_rule,
            persons_lot=self.persons_lot,
            variants_rule=self.variants_rule,
            variants_none=self.variants_none,
            consultation_turnout=self.consultation_turnout,
            advance_days=self.advance_days,
            advance_present=self.advance_present,
            electronic_voting_article=self.electronic_voting_article,
            chair_pronounces=self.chair_pronounces,
            dispute_minutes=self.dispute_minutes,
            objection_seconds=self.objection_seconds,
            persons_acclamation=self.persons_acclamation,
            late_arrivals_vote=self.late_arrivals_vote,
        )
