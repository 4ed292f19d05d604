"""A stateful Telegram Bot API server for development, demonstrations and tests.

It knows the Bot API (version 10) and nothing of any particular bot. Start it with ``python -m simulator`` or, inside a
test, with :func:`simulator.testing.running_simulator`. Bots reach it at ``/bot<token>/<method>``, people are played
through the control API at ``/sim`` or on the web page at ``/``.

What it leaves out: Markdown parse modes (refused), inline mode, payments, stickers, polls, forum topics, reactions,
business accounts; photos are not recompressed (all sizes hold the uploaded bytes); files by URL (refused).

Error texts and limits follow Telegram's own open source server (tdlib/telegram-bot-api and tdlib/td); where Telegram
does not publish a number, the stricter guess is taken: a bot that works here must not be surprised there.
"""
