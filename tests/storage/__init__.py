"""Tests of the storage, each on both databases."""
