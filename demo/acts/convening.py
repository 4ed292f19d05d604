"""January and February: the convocation, what the members reply, and the papers that come late."""

from itertools import groupby
from operator import attrgetter

from demo.acts.preparing import add_papers
from demo.cast import COORDINATOR, REPRESENTATIVE
from demo.plan import GRANTORS
from demo.stage import Stage

COMING, REMOTE, ABSENT = "Ik kom", "Ik doe op afstand mee", "Ik ben verhinderd"


async def convene(stage: Stage) -> None:
    """Look at the convocation, send it to everybody, and let the members reply."""
    narrator, office = stage.narrator, stage.cast.secretariat
    await stage.scene("De oproeping", "2019-01-21 09:00")
    await office.press("Oproeping bekijken")
    await narrator.show(office.name, await office.sees(label="Oproeping versturen"))
    await office.press("Oproeping versturen")
    someone = stage.cast.of("Deventer", COORDINATOR)
    await narrator.show(someone.name, await someone.sees(label=COMING))
    await narrator.show(stage.material.group, await office.sees_in(stage.group, "roept u op"))

    narrator.heading("De leden reageren")
    replies = _replies(stage)
    replies.pop(stage.plan.late)
    replying = (_reply(stage, member, label) for member, label in replies.items())
    await narrator.together("gereageerd", replying)
    member, reply = next(iter(replies.items()))
    await narrator.show(stage.cast.of(member, COORDINATOR).name, await _reply(stage, member, reply))
    await office.press("Wie heeft de oproeping")
    await narrator.show(office.name, await office.sees("Bezorgd: "))


async def send_late_papers(stage: Stage) -> None:
    """Send the late papers, each day's together, to everybody who has the others."""
    narrator, office = stage.narrator, stage.cast.colleague
    late = [paper for paper in stage.material.papers if paper.sent]
    for day, papers in groupby(late, key=attrgetter("sent")):
        numbers = [paper.number for paper in papers]
        await stage.scene("Nazending", f"{day} 10:00")
        asked = await add_papers(stage, *numbers)
        await office.press("Nazending versturen", after=asked)
        someone = stage.cast.of("Deventer", COORDINATOR)
        await narrator.show(someone.name, await someone.sees(f"Nazending: Bijlage {numbers[-1]}"))


async def await_papers(stage: Stage) -> None:
    """Wait until everybody has the invitation with all papers, also those that came late."""
    last = f"Nazending: Bijlage {max(paper.number for paper in stage.material.papers if paper.sent)}"
    await stage.narrator.together("oproeping met stukken en nazending ontvangen", (p.sees(last) for p in stage.cast))


async def reply_late(stage: Stage) -> None:
    """Let the last member reply, the day before."""
    member = stage.plan.late
    await stage.scene("Een late reactie", "2019-02-12 09:00")
    answer = await _reply(stage, member, _replies(stage)[member])
    await stage.narrator.show(stage.cast.of(member).name, answer)


async def _reply(stage: Stage, member: str, label: str) -> str:
    """Let somebody of the member reply: the coordinator, or the representative who comes by itself."""
    person = stage.cast.of(member, REPRESENTATIVE if label == REMOTE else COORDINATOR)
    return await person.press(label)


def _replies(stage: Stage) -> dict[str, str]:
    """Return what each member replies; the grantors grant their proxy later, and some never reply."""
    plan = stage.plan
    replies = {
        **dict.fromkeys(plan.room, COMING),
        **dict.fromkeys(plan.remote, REMOTE),
        **dict.fromkeys(plan.absent, ABSENT),
    }
    return {member: label for member, label in replies.items() if member not in {*plan.silent, *GRANTORS}}
