"""The tests: real databases, no network, no sleeping."""
