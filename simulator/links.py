"""Web addresses, read and completed as Telegram does.

Follows ``parse_url`` (tdutils/td/utils/HttpUrl.cpp) and ``check_link`` (td/telegram/LinkManager.cpp) of tdlib/td.
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address

_HOST = re.compile(r"(?:[\w.!$,~*'();&+=-]|%[0-9a-fA-F]{2}|[^\x00-\x7f])+", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_PORT = 65535
_OWN_SCHEMES = ("tg", "tonsite", "ton")
_USER = re.compile(r"tg:(?://)?user/?\?(?:[^#]*&)?id=(\d+)(?:[&#].*)?", re.IGNORECASE)


class LinkError(ValueError):
    """An address that leads nowhere; the text says why in Telegram's words."""


@dataclass(frozen=True)
class Address:
    """The parts of an address; ``query`` is the path with all that follows and starts with a slash."""

    protocol: str
    userinfo: str
    host: str
    port: int
    has_port: bool
    query: str

    def __str__(self) -> str:
        """Write it out in full."""
        userinfo = f"{self.userinfo}@" if self.userinfo else ""
        port = f":{self.port}" if self.has_port else ""
        return f"{self.protocol}://{userinfo}{self.host}{port}{self.query}"


def parse_address(url: str, protocol: str = "http") -> Address:
    """Read an address; ``protocol`` is taken if it names none. Raises ``LinkError``."""
    found = re.match(r"([^:/?#@\[\]]*)://", url)
    if found:
        protocol = found.group(1).lower()
        if protocol not in _DEFAULT_PORTS:
            raise LinkError("Unsupported URL protocol")
        url = url[found.end() :]
    place = re.split(r"[/?#]", url, maxsplit=1)[0]
    query = url[len(place) :].rstrip()
    query = query if query.startswith("/") else f"/{query}"
    query = "".join(f"%{ord(sign):02X}" if sign <= " " else sign for sign in query)
    userinfo, _, rest = place.rpartition("@")
    host, port = _host_and_port(rest)
    return Address(protocol, userinfo, host.lower(), port or _DEFAULT_PORTS[protocol], port is not None, query)


def checked_link(url: str) -> str:
    """Complete a link that a person may follow (scheme, host and path). Raises ``LinkError``."""
    scheme, colon, rest = url.partition(":")
    own = scheme.lower() if colon and scheme.lower() in _OWN_SCHEMES else ""
    address = parse_address(rest.removeprefix("//") if own else url)
    if own:
        if not re.fullmatch(r"[\w.-]+" if own == "tonsite" else r"[\w-]+", address.host, re.ASCII):
            raise LinkError("Unallowed characters in URL host")
        return f"{own}://{address.host}{address.query.replace('/?', '?', 1)}".removesuffix("/")
    if "." not in address.host and not address.host.startswith("["):
        raise LinkError("Wrong HTTP URL")
    return str(address)


def checked_https_link(url: str) -> str:
    """Complete a link that must be HTTPS. Raises ``LinkError``."""
    if parse_address(url).protocol != "https":
        raise LinkError("Only HTTPS links are allowed")
    return checked_link(url)


def linked_user(url: str) -> int | None:
    """Return the id of the person that a ``tg://user?id=`` link leads to, None for any other link."""
    found = _USER.fullmatch(url)
    return int(found.group(1)) if found else None


def _host_and_port(place: str) -> tuple[str, int | None]:
    host, colon, digits = place.rpartition(":")
    if not colon or place.endswith("]"):
        host, colon = place, ""
    port = None
    if colon:
        port = int(digits) if digits.isdigit() and digits.isascii() else 0
        if not 0 < port <= _MAX_PORT:
            raise LinkError("Wrong port number specified in the URL")
    if not host:
        raise LinkError("URL host is empty")
    if host == ".":
        raise LinkError("Host is invalid")
    if host.startswith("[") and host.endswith("]"):
        try:
            IPv6Address(host[1:-1])
        except AddressValueError:
            raise LinkError("Wrong IPv6 address specified in the URL") from None
    elif not _HOST.fullmatch(host):
        raise LinkError("Disallowed character in URL host")
    return host, port
