"""Erasing the traces of secret votes once they are over, outside of the closing: it may take long, and can be repeated.

Whatever ends it half-way, a lost process included, it is begun again at the next tick: the box is there until all is
done.
"""

from services.boxes import note_erased, rewrite_boxes, traces_left
from storage.engine import Storage


async def erase_traces(storage: Storage) -> None:
    """Erase what is due by now; mostly nothing. Raises ``StorageUnavailable``."""
    if not await storage.read(traces_left):
        return
    motion_ids = await storage.write(rewrite_boxes)
    if motion_ids and await storage.scrub():
        await storage.write(note_erased, motion_ids)
