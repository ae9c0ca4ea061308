"""Counting, as Ibis expressions: the same run on DuckDB here and on Spark where the microdata is large.

Everything an estimate needs is three sums per group and answer (respondents, weights, squared weights), so that a
question is one pass over two or three columns, and all questions are one query.
"""

from collections.abc import Sequence

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa


def tally(respondents: ir.Table, *, question: str, by: Sequence[str], weight: str) -> ir.Table:
    """One row per group × answer: `by`…, answer, n, w, w2."""
    weights = respondents[weight]
    return respondents.group_by([*by, respondents[question].name("answer")]).aggregate(
        n=respondents.count(),
        w=weights.sum(),
        w2=(weights * weights).sum(),
    )


def tally_all(respondents: ir.Table, *, questions: Sequence[str], by: Sequence[str], weight: str) -> ir.Table:
    """The tallies of many questions in one query; `question` is the place of each in `questions`.

    A union rather than an unpivot: each branch reads its own columns only, where an unpivot would carry every weight
    and group once per question (measured on 1,000,000 × 40: 0.3 s against 0.8 s).
    """
    counted = [
        tally(respondents, question=name, by=by, weight=weight).mutate(question=ibis.literal(place, "int32"))
        for place, name in enumerate(questions)
    ]
    return counted[0] if len(counted) == 1 else ibis.union(*counted)


def run(columns: pa.Table, *, questions: Sequence[str], by: Sequence[str], weight: str) -> pa.Table:
    """`tally_all` on DuckDB, in memory, over columns that are not copied."""
    respondents = ibis.table(ibis.Schema.from_pyarrow(columns.schema), name="respondents")
    asked = ibis.to_sql(tally_all(respondents, questions=questions, by=by, weight=weight), dialect="duckdb")
    raw = duckdb.connect(":memory:", config={"enable_external_access": False, "autoload_known_extensions": False})
    try:
        raw.register("respondents", columns)
        return raw.sql(asked).to_arrow_table()
    finally:
        raw.close()
