"""Reading files that people send, in a process of its own: a file can be made to take all time and all memory.

Nothing is imported here: the child that reads should load no more than it needs.
"""
