"""How what was entered on behalf of a member is told apart in the journal."""


def entered(entry_id: int | None) -> dict[str, int]:
    """Return what the journal says of an act beside its own facts: the entry that it came from, where it did."""
    return {} if entry_id is None else {"entry": entry_id}
