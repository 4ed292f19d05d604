"""What Telegram takes and gives of files."""

DOWNLOAD_LIMIT = 20_000_000
"""Bytes: a bot can download no more."""

UPLOAD_LIMIT = 50_000_000
"""Bytes: a bot can upload no more."""
