"""In what way members decide: in an assembly, or outside one."""

from enum import StrEnum


class MeetingKind(StrEnum):
    """An assembly; a ledenraadpleging, which advises; or a written resolution of all members (BW 2:40)."""

    ASSEMBLY = "assembly"
    CONSULTATION = "consultation"
    WRITTEN = "written"
