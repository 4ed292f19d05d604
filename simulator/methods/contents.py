"""What a bot wants a message to say: text, caption and files, read from its request."""

import re
from typing import Any

from simulator.errors import ApiError, bad_request
from simulator.filenames import cleaned
from simulator.files import MAX_UPLOAD, StoredFile, Upload
from simulator.links import LinkError, parse_address
from simulator.messages import Content
from simulator.methods.registry import Call
from simulator.text import FormattedText, finish, given_entities, parse_html, utf16_length

Json = dict[str, Any]

MAX_TEXT = 4096
MAX_CAPTION = 1024
_MAX_SOURCE_BYTES = 1 << 15


def read_text(call: Call, too_long: str = "message is too long") -> Content:
    """Read ``text``, which must not be empty; ``too_long`` is how its length is refused."""
    source = call.params.text("text")
    if not source:
        raise bad_request("message text is empty")
    formatted = formatted_text(call, source, call.params.text("parse_mode"), _entities(call, "entities"))
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > MAX_TEXT:
        raise bad_request(too_long)
    return Content(formatted)


def read_caption(call: Call, too_long: str = "message caption is too long") -> FormattedText:
    """Read ``caption``, which may be empty; ``too_long`` is how its length is refused."""
    entities = _entities(call, "caption_entities")
    return _caption(call, call.params.text("caption"), call.params.text("parse_mode"), entities, too_long)


def _entities(call: Call, name: str) -> object:
    """Return explicit entities; what is no JSON are none."""
    try:
        return call.params.json(name, name)
    except ApiError:
        return None


def _caption(
    call: Call, source: str, parse_mode: str, entities: object, too_long: str = "message caption is too long"
) -> FormattedText:
    formatted = formatted_text(call, source, parse_mode, entities)
    if utf16_length(formatted.text) > MAX_CAPTION:
        raise bad_request(too_long)
    return formatted


def formatted_text(call: Call, source: str, parse_mode: str, entities: object) -> FormattedText:
    """Parse a text by its parse mode, or with the explicit entities if there is none."""
    if len(source.encode("utf-8", "replace")) > _MAX_SOURCE_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if not source or mode in ("", "none"):
        found = given_entities(entities)
        plain = source
    elif mode == "html":
        plain, found = parse_html(source)
    elif mode in ("markdown", "markdownv2"):
        raise bad_request(f"this simulator does not know the parse mode {parse_mode}; use HTML or entities")
    else:
        raise bad_request("unsupported parse_mode")
    return finish(plain, [known for entity in found if (known := _with_user(call, entity))])


def _with_user(call: Call, entity: Json) -> Json | None:
    """Complete a mention of a person; one of somebody unknown is dropped."""
    if entity["type"] != "text_mention":
        return entity
    user = call.world.users.get(entity.pop("user_id"))
    return None if user is None else {**entity, "user": user.api()}


def read_document(call: Call) -> Content:
    """Read ``document`` and its caption."""
    file = _file(call, "document", call.params.text("document"), "Document")
    if file is None:
        raise bad_request("there is no document in the request")
    return Content(read_caption(call), document=file)


def read_photo(call: Call) -> Content:
    """Read ``photo`` and its caption."""
    file = _file(call, "photo", call.params.text("photo"), "Photo")
    if file is None:
        raise bad_request("there is no photo in the request")
    return Content(read_caption(call), photo=file)


def read_album(call: Call) -> list[Content]:
    """Read ``media`` of sendMediaGroup: 2 to 10 items, photos and documents not mixed."""
    call.params.needed("media")
    items = call.params.array("media", "media", "InputMedia")
    if not items:
        raise bad_request("there are no messages to send")
    if not 2 <= len(items) <= 10:  # noqa: PLR2004 - the documented range
        raise bad_request("too many messages to send as an album" if len(items) > 1 else "group send failed")
    contents = [read_media(call, item, in_album=True) for item in items]
    if len({content.photo is None for content in contents}) > 1:
        raise bad_request("document can't be mixed with other media types")
    return contents


def read_media(call: Call, item: object, *, in_album: bool = False) -> Content:
    """Read one InputMedia of type photo or document."""

    def refuse(reason: str) -> ApiError:
        return bad_request(f"can't parse InputMedia: {reason}")

    if not isinstance(item, dict):
        raise refuse("expected an Object")
    for name in ("caption", "parse_mode", "type", "media"):
        if not isinstance(item.get(name, ""), str):
            raise refuse(f'Field "{name}" must be of type String')
    if "type" not in item:
        raise refuse('Can\'t find field "type"')
    kind, reference = item["type"], item.get("media", "")
    try:
        caption = _caption(call, item.get("caption", ""), item.get("parse_mode", ""), item.get("caption_entities"))
    except ApiError as error:
        raise _in_media(error) from None
    if not _is_there(call, reference):
        raise refuse("media not found")
    if kind == "animation" and in_album:
        raise refuse('type "animation" can\'t be used in sendMediaGroup')
    if kind not in ("photo", "document"):
        raise refuse(f'type "{kind}" is unsupported')
    file = _file(call, "", reference, kind.capitalize())
    return Content(caption, **{kind: file})


def _in_media(error: ApiError) -> ApiError:
    """Say that what is wrong with a text is wrong with a media; its length is looked at only later."""
    reason = error.description.removeprefix("Bad Request: ")
    if reason == "message caption is too long":
        return error
    return bad_request(f"can't parse InputMedia: {reason[0].upper()}{reason[1:]}")


def _is_there(call: Call, reference: str) -> bool:
    """Whether a media names something: a file of this request, or any other by its id or address."""
    name = reference.removeprefix("attach://")
    return name in call.params.files if name != reference else bool(reference)


def _file(call: Call, field: str, reference: str, kind: str) -> StoredFile | None:
    """Return an uploaded file (in its own field or by attach://) or one that the bot knows by its file_id."""
    if reference.startswith("attach://"):
        field, reference = reference.removeprefix("attach://"), ""
    if reference:
        known = call.world.files.of_bot(call.bot.id, reference)
        if known is None:
            raise _unknown_file(call, reference)
        if known.kind != kind:
            raise bad_request(f"can't use file of type {known.kind} as {kind}")
        return known
    upload = call.params.files.get(field)
    if upload is None:
        return None
    if len(upload.data) > MAX_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "Photo":
        return call.world.files.add_photo(upload)
    return call.world.files.add_document(Upload(cleaned(upload.name), upload.data))


def _unknown_file(call: Call, reference: str) -> ApiError:
    """Say why a reference leads to no file: the simulator fetches nothing, and no other bot's id counts."""
    if "." in reference:
        try:
            parse_address(reference)
        except LinkError as error:
            return bad_request(f"invalid file HTTP URL specified: {error}")
        return bad_request("failed to get HTTP URL content")
    if call.world.files.find(reference) is not None:
        return bad_request("wrong file identifier/HTTP URL specified")
    bare = reference.rstrip("=")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", bare):
        reason = "Wrong character in the string"
    elif len(bare) % 4 == 1:
        reason = "Wrong string length"
    else:
        reason = "can't unserialize it. Wrong last symbol"
    return bad_request(f"wrong remote file identifier specified: {reason}")


def read_reply_parameters(call: Call) -> Json:
    """Read ``reply_parameters`` or its forerunner ``reply_to_message_id``; empty if it is no reply."""
    source = call.params.text("reply_parameters")
    if not source:
        number = call.params.number("reply_to_message_id")
        lenient = call.params.flag("allow_sending_without_reply")
        return {"message_id": number, "allow_sending_without_reply": lenient} if number > 0 else {}
    reply = call.params.json("reply_parameters", "reply parameters")
    if not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    if not reply:
        return {}
    if "message_id" not in reply:
        raise bad_request('can\'t find field "message_id"')
    number = reply["message_id"]
    if isinstance(number, bool) or not isinstance(number, int | str):
        raise bad_request('field "message_id" must be a Number')
    if isinstance(number, str) and not re.fullmatch(r"-?\d+", number, re.ASCII):
        raise bad_request('field "message_id" must be a valid Number')
    if not isinstance(reply.get("allow_sending_without_reply", False), bool):
        raise bad_request('field "allow_sending_without_reply" must be of type Boolean')
    return reply if int(number) > 0 else {}
