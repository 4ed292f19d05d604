"""The table of control routes, and how their handlers become HTTP."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.control import acting, observing, people, steering, trouble
from simulator.errors import ControlError

Handler = Callable[[Request], Awaitable[Any]]

# method, path, handler; the handler's docstring is its description in /sim/openapi.json
TABLE: list[tuple[str, str, Handler]] = [
    ("POST", "/sim/bots", people.add_bot),
    ("GET", "/sim/bots", people.list_bots),
    ("POST", "/sim/users", people.add_user),
    ("GET", "/sim/users", people.list_users),
    ("GET", "/sim/overview", people.overview),
    ("PATCH", "/sim/users/{id:int}", people.rename_user),
    ("POST", "/sim/users/{id:int}/block", people.block),
    ("POST", "/sim/users/{id:int}/unblock", people.unblock),
    ("POST", "/sim/users/{id:int}/delete", people.delete_account),
    ("POST", "/sim/users/{id:int}/restore", people.restore_account),
    ("GET", "/sim/users/{id:int}/chats", people.chats_of_user),
    ("POST", "/sim/chats", people.add_chat),
    ("GET", "/sim/chats", people.list_chats),
    ("POST", "/sim/chats/{chat}/members", people.add_member),
    ("DELETE", "/sim/chats/{chat}/members/{member}", people.remove_member),
    ("POST", "/sim/chats/{chat}/rights", people.withhold_rights),
    ("GET", "/sim/chats/{chat}", observing.read_chat),
    ("POST", "/sim/chats/{chat}/messages", acting.write),
    ("PATCH", "/sim/chats/{chat}/messages/{message_id:int}", acting.edit),
    ("DELETE", "/sim/chats/{chat}/messages/{message_id:int}", acting.delete),
    ("POST", "/sim/chats/{chat}/start", acting.start),
    ("POST", "/sim/chats/{chat}/documents", acting.send_documents),
    ("POST", "/sim/chats/{chat}/photos", acting.send_photos),
    ("POST", "/sim/chats/{chat}/forward", acting.forward),
    ("POST", "/sim/press", acting.press),
    ("GET", "/sim/presses/{id}", acting.read_press),
    ("GET", "/sim/commands", observing.commands),
    ("GET", "/sim/files/{id}", observing.read_file),
    ("GET", "/sim/log", observing.read_log),
    ("GET", "/sim/events", observing.events),
    ("POST", "/sim/wait", observing.wait),
    ("GET", "/sim/clock", steering.read_clock),
    ("PUT", "/sim/clock", steering.turn_clock),
    ("GET", "/sim/limits", steering.read_limits),
    ("POST", "/sim/limits", steering.set_limits),
    ("POST", "/sim/latency", steering.set_latency),
    ("GET", "/sim/faults", trouble.read_faults),
    ("POST", "/sim/faults", trouble.plan_fault),
    ("DELETE", "/sim/faults", trouble.clear_faults),
    ("GET", "/sim/weather", trouble.read_weather),
    ("POST", "/sim/weather", trouble.set_weather),
    ("DELETE", "/sim/weather", trouble.calm),
    ("GET", "/sim/downtime", trouble.read_downtime),
    ("POST", "/sim/downtime", trouble.go_down),
    ("DELETE", "/sim/downtime", trouble.come_up),
    ("POST", "/sim/redeliver", trouble.redeliver),
    ("POST", "/sim/updates", trouble.inject_update),
    ("POST", "/sim/updates/renumber", trouble.renumber_updates),
    ("POST", "/sim/migrate", steering.migrate),
    ("GET", "/sim/health", observing.health),
]


def control_routes() -> list[Route]:
    """Return the routes of the control API."""
    return [Route(path, _endpoint(handler), methods=[verb]) for verb, path, handler in TABLE]


def _endpoint(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            answer = await handler(request)
        except ControlError as refusal:
            return JSONResponse({"error": refusal.text, **refusal.more}, refusal.status)
        return answer if isinstance(answer, Response) else JSONResponse(answer)

    return endpoint
