"""Telegram in, a service, an answer: one file per errand, bound in ``routes``."""
