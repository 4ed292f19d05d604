"""What the members say to the convocation."""

from assembly.convocation import StandingReply, standing_replies
from storage.unit import Unit


async def answers(unit: Unit, meeting_id: int) -> dict[int, StandingReply]:
    """Return what each member says, by id: its last reply, or that it granted a proxy, whichever came last."""
    return standing_replies(await unit.convocations.replies(meeting_id), await unit.proxies.granted(meeting_id))
