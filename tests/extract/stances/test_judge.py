"""One text beside one claim."""

from __future__ import annotations

import pytest

from rasid.extract.stances.judge import Verdict, judge_text
from rasid.extract.stances.pieces import Cutter
from rasid.extract.stances.reasons import give_reason
from rasid.extract.stances.shelf import is_related, make_shelf
from rasid.read.passages import cut_passages


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return Cutter()


def _judge(cutter: Cutter, claim: str, text: str) -> Verdict:
    held = cutter.text("d1", text, ((p.start, p.end) for p in cut_passages(text)))
    shelf = make_shelf([held], cutter=cutter)
    return judge_text(shelf.claim(claim), held, words=cutter.words)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Rebels seize the mill at Orlin", "agree"),
        ("Rebels did not seize the mill at Orlin", "disagree"),
        ("Story that rebels seized the Orlin mill is false", "disagree"),
        ("Army denies loss of Orlin mill to rebels", "disagree"),
        ("Rebels reportedly seize the mill at Orlin", "discusses"),
        ("Did rebels seize the mill at Orlin?", "discusses"),
        ("Mayor: rebels seized the mill at Orlin", "discusses"),
    ],
)
def test_a_headline_takes_its_side(cutter: Cutter, text: str, stance: str) -> None:
    assert _judge(cutter, "Rebels seized the mill at Orlin", text).stance == stance


def test_a_cue_that_the_claim_has_itself_does_not_count(cutter: Cutter) -> None:
    claim = "Smugglers used fake passports at Orlin"
    assert _judge(cutter, claim, "Smugglers used fake passports at Orlin station").stance == "agree"


def test_two_denials_agree(cutter: Cutter) -> None:
    claim = "Rebels did not seize the mill at Orlin"
    assert _judge(cutter, claim, "Army denies that rebels seized the mill at Orlin").stance == "agree"


def test_a_negation_of_something_else_does_not_count(cutter: Cutter) -> None:
    claim = "Rebels seized the mill at Orlin"
    assert _judge(cutter, claim, "Rebels seize the mill at Orlin, nobody hurt, no fire").stance == "agree"


def test_a_text_that_shares_nothing_but_a_name_does_not_answer(cutter: Cutter) -> None:
    claim = "Rebels under Karlan seized the mill"
    assert _judge(cutter, claim, "There is no sign of Karlan").stance == "discusses"
    assert _judge(cutter, claim, "Karlan buys a horse").stance == "discusses"


def test_in_a_claim_of_something_missing_without_says_the_same(cutter: Cutter) -> None:
    assert _judge(cutter, "Water has been cut off in Eastgate", "Eastgate without water").stance == "agree"


def test_an_opposite_speaks_against(cutter: Cutter) -> None:
    verdict = _judge(cutter, "Captain Rhea Dole is dead", "Captain Rhea Dole is alive")
    assert (verdict.stance, verdict.evidence and verdict.evidence.kind) == ("disagree", "opposite")


def test_the_deciding_passage_is_the_one_with_the_cue(cutter: Cutter) -> None:
    text = (
        "Rebels seized the mill at Orlin, a post said on Monday. The post was shared often. We called the miller. "
        "Rebels never seized the mill at Orlin. The story is false."
    )
    verdict = _judge(cutter, "Rebels seized the mill at Orlin", text)
    assert verdict.stance == "disagree"
    assert verdict.piece is not None
    assert "never" in text[verdict.piece.start : verdict.piece.end]


def test_the_reason_names_the_cue_and_the_shared_words(cutter: Cutter) -> None:
    text = "Army denies that rebels seized the mill at Orlin"
    held = cutter.text("d1", text, [(0, len(text))])
    shelf = make_shelf([held], cutter=cutter)
    claim = shelf.claim("Rebels seized the mill at Orlin")
    reason = give_reason(claim, judge_text(claim, held, words=cutter.words))
    assert "“denies”" in reason
    assert "orlin" in reason


def test_a_text_that_shares_only_the_place_is_unrelated(cutter: Cutter) -> None:
    texts = [
        cutter.text(str(i), t, [(0, len(t))])
        for i, t in enumerate(["Orlin choir sings", "Rebels take Orlin mill"])
    ]
    shelf = make_shelf(texts, cutter=cutter)
    claim = shelf.claim("Rebels seized the mill at Orlin")
    close = shelf.closeness(claim)
    assert [is_related(claim, t, closeness=float(c)) for t, c in zip(texts, close, strict=True)] == [
        False,
        True,
    ]
