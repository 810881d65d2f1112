"""A small run of the fuzzer; the large one is `python -m tests.fuzz.fuzz_read --count 2000`."""

from tests.fuzz.mutated import fuzz, inputs


def test_mutated_files_neither_crash_nor_hang_nor_break_a_promise() -> None:
    figures = fuzz(100, seed=7)
    assert figures.read == 100
    assert (figures.crashes, figures.hangs, figures.broken_promises) == ([], [], [])
    assert figures.doubts


def test_the_same_seed_gives_the_same_files() -> None:
    assert list(inputs(30, 3)) == list(inputs(30, 3))
    assert list(inputs(30, 3)) != list(inputs(30, 4))
