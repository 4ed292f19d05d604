"""Files to download."""

from typing import Any

from simulator.errors import bad_request
from simulator.files import MAX_DOWNLOAD
from simulator.methods.registry import Call, method

Json = dict[str, Any]


@method("getFile")
def get_file(call: Call) -> Json:
    """Say where a file can be downloaded, up to 20 MB."""
    file_id = call.params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = call.world.files.of_bot(call.bot.id, file_id)
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.data) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return call.world.files.file_api(call.bot.id, file)
