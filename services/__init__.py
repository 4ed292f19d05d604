"""Use cases: one verb each, plain async functions ``(unit, …) -> result`` that await nothing but the database."""
