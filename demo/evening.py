"""The assembly of 13 February 2019 from the first link to the closing, act by act."""

import asyncio
from pathlib import Path

from demo.acts import convening, granting, preparing, registration, sitting, voting
from demo.cast import gather_cast
from demo.client import Simulator
from demo.material import REGISTER, read_material, read_people
from demo.narrator import Narrator
from demo.plan import make_plan
from demo.stage import Stage


async def set_up(simulator: Simulator, narrator: Narrator, seed: int, folder: Path) -> Stage:
    """Give everybody an account, and put what the secretariat sends in ``folder``. ``seed`` draws the course."""
    material = read_material()
    files = {paper.number: folder / paper.file_name for paper in material.papers}
    for paper in material.papers:
        files[paper.number].write_bytes(paper.pdf())
    (folder / REGISTER.name).write_bytes(REGISTER.read_bytes())
    cast = await gather_cast(simulator, read_people())
    return Stage(simulator, narrator, cast, make_plan(cast.members, seed), material, files)


async def begin(stage: Stage, first_link: str) -> None:
    """Open the secretariat's first link (its token) and leave all the rest to whoever takes over."""
    await registration.arrive(stage, first_link)


async def play(stage: Stage, first_link: str) -> None:
    """Play the whole evening. ``first_link`` is the token that registers the secretariat."""
    tokens = await registration.fill_register(stage, first_link)
    await stage.narrator.tell("Iedereen opent de eigen link. Intussen bereidt het regiebureau de ALV voor.")
    registering = registration.register_all(stage.cast, tokens)
    await preparing.make_group(stage)
    await preparing.prepare(stage)
    await stage.narrator.together("aangemeld", registering)
    await convening.convene(stage)
    await convening.send_late_papers(stage)
    await convening.reply_late(stage)
    await granting.play(stage)
    await convening.await_papers(stage)
    await sitting.open_assembly(stage)
    await asyncio.gather(sitting.show_attendance(stage), voting.vote_unanimously(stage))
    await voting.vote_on_persons(stage)
    await voting.vote_on_the_budget(stage)
    await sitting.inform(stage)
    await sitting.close_assembly(stage)
