"""Three motions: one unanimous, one on persons, and one with changes of mind and votes that are refused."""

from collections.abc import Mapping

from demo.client import Message
from demo.plan import BUDGET, HOLDER, PERSONS, UNANIMOUS
from demo.stage import Stage


async def vote_unanimously(stage: Stage) -> None:
    """Adopt the minutes."""
    await stage.scene("Stemming 2.1: de notulen", "2019-02-13 18:20")
    await _open(stage, UNANIMOUS, "Stemming openen")
    await stage.narrator.show(_holder_name(stage), await _ballot(stage, HOLDER, UNANIMOUS))
    await _cast(stage, UNANIMOUS, stage.plan.votes[UNANIMOUS])
    await _close(stage, UNANIMOUS)


async def vote_on_persons(stage: Stage) -> None:
    """Vote on the nomination, by roll-call since that is chosen explicitly."""
    await stage.scene("Stemming 3.2: de voordracht", "2019-02-13 18:50")
    await _open(stage, PERSONS, "Hoofdelijk stemmen en openen")
    await _cast(stage, PERSONS, stage.plan.votes[PERSONS])
    await _close(stage, PERSONS)


async def vote_on_the_budget(stage: Stage) -> None:
    """Vote on the budget: somebody tries without a vote, somebody changes the vote, somebody is too late."""
    narrator, cast, plan = stage.narrator, stage.cast, stage.plan
    await stage.scene("Stemming 6.1: het innovatiebudget", "2019-02-13 19:40")
    await _open(stage, BUDGET, "Stemming openen")
    ballot = await _ballot(stage, HOLDER, BUDGET)
    grantor = cast.of("Deventer")
    await narrator.tell("Deventer gaf volmacht, en probeert met een nagemaakte knop toch zelf te stemmen.")
    forged = await grantor.press_of(cast.of(HOLDER), ballot, ballot.label("Deventer: voor"))
    await narrator.show(grantor.name, forged)

    wavering = cast.of(plan.wavering)
    first = await _ballot(stage, plan.wavering, BUDGET)
    await narrator.show(wavering.name, await wavering.press_on(first, f"{plan.wavering}: tegen"))
    await narrator.tell("Kort daarna, nog vóór de sluiting, bedenkt deze portefeuillehouder zich.")
    await _cast(stage, BUDGET, plan.votes[BUDGET])
    await narrator.show(wavering.name, await wavering.sees(label=f"✅ {plan.wavering}: voor"))

    late = await _ballot(stage, plan.too_late, BUDGET)
    await _close(stage, BUDGET)
    too_late = cast.of(plan.too_late)
    await narrator.tell(f"De portefeuillehouder van {plan.too_late} drukt pas na de sluiting.")
    await narrator.show(too_late.name, await too_late.press_on(late, f"{plan.too_late}: tegen"))


async def _open(stage: Stage, item: str, label: str) -> None:
    """Let the chair choose the item, look at it and open the vote."""
    chair = stage.cast.chair
    await chair.press("In stemming brengen")
    choice = await chair.sees("Welk agendapunt")
    await chair.press_on(choice, choice.label(f"{item} "))
    await stage.narrator.show(chair.name, await chair.sees(label=label))
    await chair.press(label)


async def _ballot(stage: Stage, member: str, item: str) -> Message:
    """Wait for the ballot of a member's representative."""
    return await stage.cast.of(member).sees(f"Stemming: agendapunt {item}")


async def _cast(stage: Stage, item: str, votes: Mapping[str, str]) -> None:
    """Let everybody vote who has a choice in ``votes``, for each seat that they carry."""

    async def vote(member: str) -> None:
        ballot = await _ballot(stage, member, item)
        for seat in stage.plan.seats_of(member):
            await stage.cast.of(member).press_on(ballot, ballot.label(f"{seat}: {votes[seat]}"))

    voters = [member for member in (*stage.plan.room, *stage.plan.remote) if member in votes]
    await stage.narrator.together("gestemd", (vote(member) for member in voters))


async def _close(stage: Stage, item: str) -> None:
    """Let the chair close the vote when the turnout tells that all are in, and pronounce what was counted."""
    chair, cast = stage.cast.chair, len(stage.plan.votes[item])
    turnout = await chair.sees(
        f"{cast} van de {len(stage.plan.votes[UNANIMOUS])} stemmen uitgebracht", label="Stemming sluiten"
    )
    await chair.press_on(turnout, "Stemming sluiten")
    proposed = await chair.sees(f"Uitslag agendapunt {item}", label="Uitslag uitspreken", after=turnout.id - 1)
    await stage.narrator.show(chair.name, proposed)
    await chair.press_on(proposed, "Uitslag uitspreken")
    result = await chair.sees_in(stage.group, f"Uitslag agendapunt {item}")
    await stage.narrator.show(stage.material.group, result)


def _holder_name(stage: Stage) -> str:
    return stage.cast.of(HOLDER).name
