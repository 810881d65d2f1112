import polars as pl
import pytest

from rasid.errors import TableShapeError
from rasid.model.tables import CLAIMS, DOUBTS, PASSAGES, check, empty, table
from tests.builders import claim


def test_a_table_has_the_columns_of_its_schema_in_order():
    assert table([claim()], CLAIMS).columns == list(CLAIMS)


def test_a_missing_key_is_null():
    assert table([{"id": "x1"}], DOUBTS)["advice"].to_list() == [None]


def test_an_unknown_key_is_refused_by_name():
    with pytest.raises(TableShapeError, match="colour"):
        table([{"id": "x1", "colour": "red"}], DOUBTS)


def test_check_names_the_missing_column():
    with pytest.raises(TableShapeError, match="'kind' is missing"):
        check(empty(PASSAGES).drop("kind"), PASSAGES, where="here")


def test_check_refuses_a_column_of_another_type():
    frame = empty(PASSAGES).with_columns(pl.col("start").cast(pl.Float64))
    with pytest.raises(TableShapeError, match="'start' is Float64"):
        check(frame, PASSAGES, where="here")


def test_check_refuses_a_column_too_many():
    frame = empty(PASSAGES).with_columns(pl.lit(1).alias("extra"))
    with pytest.raises(TableShapeError, match="extra"):
        check(frame, PASSAGES, where="here")
