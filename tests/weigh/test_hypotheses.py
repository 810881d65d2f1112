from rasid.model.judged import GivenHypothesis, JudgedCell
from rasid.weigh.hypotheses import weigh_hypotheses
from tests.builders import claim, claims, document, documents, mention, question, questions

FRONT = mention("Ash Front", "Ash Front")
ASKED = "Has the Ash Front been defeated?"


def weighed(*rows, **given):
    given.setdefault("propositions", {})
    ranked, matrix = weigh_hypotheses(questions(question()), claims(*rows), documents(document()), **given)
    return {h["hypothesis"]: h for h in ranked.to_dicts()}, matrix.to_dicts()


def said(number, voice, **given):
    quote = given.pop("quote", f"Sentence {number} of {voice} on the matter.")
    return claim(id=f"c{number:012}", voices=[voice], quote=quote, start=100 * number, **given)


def defeat(number, voice, **given):
    return said(number, voice, type="defeat", kind="status", target=FRONT, **given)


def cells(row):
    return {cell["hypothesis"]: cell["cell"] for cell in row["cells"]}


def test_a_denial_speaks_against_a_whole_defeat_and_for_none():
    ranked, matrix = weighed(defeat(1, "blog", polarity="denied"))
    assert cells(matrix[0])["wholly"] == "inconsistent"
    assert cells(matrix[0])["not"] == "consistent"
    assert ranked["wholly"]["rank"] > ranked["not"]["rank"]


def test_who_still_holds_territory_fits_a_partial_defeat():
    _, matrix = weighed(said(1, "blog", type="control", actor=FRONT))
    assert cells(matrix[0])["partly"] == "consistent"
    assert cells(matrix[0])["wholly"] == "inconsistent"


def test_three_denials_of_one_voice_are_one_row():
    ranked, matrix = weighed(*(defeat(n, "blog", polarity="denied") for n in (1, 2, 3)))
    assert len(matrix) == 1
    assert len(matrix[0]["quotes"]) == 3
    assert ranked["wholly"]["inconsistent"] == 1


def test_a_copied_text_weighs_once():
    text = "The Ash Front was not defeated, whatever they tell you on the radio."
    _, matrix = weighed(
        defeat(1, "blog", polarity="denied", quote=text), defeat(2, "mirror", polarity="denied", quote=text)
    )
    assert [row["voices"] for row in matrix] == [["blog", "mirror"]]


def test_the_ranking_counts_what_speaks_against_and_not_what_speaks_for():
    ranked, _ = weighed(
        defeat(1, "army"), defeat(2, "ministry"), defeat(3, "radio"), defeat(4, "blog", polarity="denied")
    )
    assert (ranked["wholly"]["consistent"], ranked["wholly"]["inconsistent"]) == (3, 1)
    assert (ranked["not"]["consistent"], ranked["not"]["inconsistent"]) == (1, 3)
    assert ranked["wholly"]["rank"] < ranked["not"]["rank"]


def test_a_cell_set_by_a_person_stands_against_the_rule():
    cell = JudgedCell(ASKED, "c000000000001", "wholly", "neutral", "Rana", "2026-01-01")
    ranked, matrix = weighed(defeat(1, "blog", polarity="denied"), cells=[cell])
    assert cells(matrix[0])["wholly"] == "neutral"
    assert [c["by"] for c in matrix[0]["cells"] if c["hypothesis"] == "wholly"] == ["Rana"]
    assert ranked["wholly"]["inconsistent"] == 0


def test_the_last_word_on_a_cell_counts():
    held = [
        JudgedCell(ASKED, "c000000000001", "wholly", cell, "Rana", at)
        for cell, at in (("neutral", "2026-01-01"), ("consistent", "2026-01-02"))
    ]
    assert cells(weighed(defeat(1, "blog", polarity="denied"), cells=held)[1][0])["wholly"] == "consistent"


def test_a_hypothesis_of_a_person_is_weighed_like_a_question():
    added = GivenHypothesis(ASKED, "The Ash Front is still in Dovrek", "dovrek", "Rana", "2026-01-01")
    place = {"text": "Dovrek", "name": "Dovrek", "level": "town", "country": "XX", "start": 0, "end": 6}
    proposition = question(kind="presence", type="presence", actor="Ash Front", target=None, place="Dovrek")
    _, matrix = weighed(
        said(1, "blog", type="presence", actor=FRONT, places=[place]),
        given=[added],
        propositions={added.says: proposition},
    )
    assert cells(matrix[0])["dovrek"] == "consistent"


def test_it_is_said_when_one_statement_carries_the_ranking():
    _, matrix = weighed(defeat(1, "army"), defeat(2, "blog", polarity="denied"))
    assert any(row["turns"] for row in matrix)


def test_an_open_question_has_no_hypotheses():
    ranked, matrix = weigh_hypotheses(
        questions(question(asks="who")), claims(defeat(1, "army")), documents(document()), propositions={}
    )
    assert (ranked.height, matrix.height) == (0, 0)


def test_what_others_pass_on_of_a_voice_is_no_further_row():
    own = said(1, "Ministry of Kelan", type="defeat", target=FRONT, quote="The Front is beaten for ever.")
    heard = said(2, "Ministry", type="defeat", target=FRONT, quote="They say that the Front is finished.")
    heard |= {"voices": ["wire", "Ministry"]}
    _, matrix = weighed(own, heard)
    assert [row["voices"] for row in matrix] == [["Ministry of Kelan", "Ministry"]]
