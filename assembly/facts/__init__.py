"""What services tell and screens show: plain facts, frozen in the outbox or loaded while sending.

A class ending in ``Ref`` only refers: its facts are loaded at the moment of sending, so that what is shown holds then.
"""
