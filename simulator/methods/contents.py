"""What a bot wants a message to say: text, caption and files, read from its request."""

import json
from typing import Any

from simulator.errors import ApiError, bad_request
from simulator.filenames import cleaned
from simulator.files import MAX_UPLOAD, StoredFile, Upload
from simulator.messages import Content
from simulator.methods.registry import Call
from simulator.text import FormattedText, finish, given_entities, parse_html, utf16_length

Json = dict[str, Any]

MAX_TEXT = 4096
MAX_CAPTION = 1024
_MAX_SOURCE_BYTES = 1 << 15


def read_text(call: Call) -> Content:
    """Read ``text``, which must not be empty."""
    source = call.params.text("text")
    if not source:
        raise bad_request("message text is empty")
    entities = call.params.json("entities", "entities")
    formatted = formatted_text(call, source, call.params.text("parse_mode"), entities)
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return Content(formatted)


def read_caption(call: Call) -> FormattedText:
    """Read ``caption``, which may be empty."""
    entities = call.params.json("caption_entities", "caption_entities")
    return _caption(call, call.params.text("caption"), call.params.text("parse_mode"), entities)


def _caption(call: Call, source: str, parse_mode: str, entities: object) -> FormattedText:
    formatted = formatted_text(call, source, parse_mode, entities)
    if utf16_length(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
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
    number = entity.pop("user_id", None) or entity.get("user", {}).get("id")
    user = call.world.users.get(number)
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
    items = call.params.array("media", "media", "InputMedia")
    if not items:
        raise bad_request("there are no messages to send")
    if not 2 <= len(items) <= 10:  # noqa: PLR2004 - the documented range
        raise bad_request("too many messages to send as an album" if len(items) > 1 else "group send failed")
    contents = [read_media(call, item) for item in items]
    if len({content.photo is None for content in contents}) > 1:
        raise bad_request("documents can't be mixed with other media types")
    return contents


def read_media(call: Call, item: object) -> Content:
    """Read one InputMedia of type photo or document."""

    def refuse(reason: str) -> ApiError:
        return bad_request(f"can't parse InputMedia: {reason}")

    if not isinstance(item, dict):
        raise refuse("expected an Object")
    kind = item.get("type")
    if not kind:
        raise refuse('Can\'t find field "type"')
    if kind not in ("photo", "document"):
        raise refuse(f'type "{kind}" is unsupported')
    caption = _caption(
        call, str(item.get("caption", "")), str(item.get("parse_mode", "")), item.get("caption_entities")
    )
    file = _file(call, "", str(item.get("media", "")), str(kind).capitalize())
    if file is None:
        raise refuse("media not found")
    return Content(caption, **{kind: file})


def _file(call: Call, field: str, reference: str, kind: str) -> StoredFile | None:
    """Return an uploaded file (in its own field or by attach://) or one that the bot knows by its file_id."""
    if reference.startswith("attach://"):
        field, reference = reference.removeprefix("attach://"), ""
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    if reference:
        known = call.world.files.of_bot(call.bot.id, reference)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
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


def read_reply_parameters(call: Call) -> Json:
    """Read ``reply_parameters`` or its forerunner ``reply_to_message_id``; empty if it is no reply."""
    source = call.params.text("reply_parameters")
    if not source:
        number = call.params.number("reply_to_message_id")
        lenient = call.params.flag("allow_sending_without_reply")
        return {"message_id": number, "allow_sending_without_reply": lenient} if number > 0 else {}
    try:
        reply = json.loads(source)
    except ValueError:
        raise bad_request("can't parse reply parameters JSON object") from None
    if not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    if reply and "message_id" not in reply:
        raise bad_request('can\'t find field "message_id"')
    return reply
