"""Buttons of a ballot beside its choices: what was prepared, and statements."""

from dataclasses import dataclass

from screens.presses.base import Press


@dataclass(frozen=True)
class CastPrepared(Press, code="cp"):
    """Vote as it was prepared, for every seat for which something was."""

    motion_id: int


@dataclass(frozen=True)
class ChooseStatement(Press, code="cst"):
    """Say something with a ballot."""

    motion_id: int


@dataclass(frozen=True)
class AskStatement(Press, code="cstm"):
    """Say something with the ballot of a member."""

    motion_id: int
    member_id: int
