"""The rules of the assembly: pure, without clock, input/output or text for people."""
