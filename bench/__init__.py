"""Benchmarks: each figure is measured beside its best alternative, in the same run, with the same SQLite."""

from fairealliance.config import sqlite

sqlite.bring_own()
