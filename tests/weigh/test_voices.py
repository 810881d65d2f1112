from rasid.weigh.voices import list_voices
from tests.builders import claim, claims


def listed(*rows):
    return {row["name"]: row for row in list_voices(claims(*rows)).to_dicts()}


def test_the_innermost_voice_makes_the_claim_and_the_others_pass_it_on():
    rows = listed(claim(voices=["blog", "agency", "ministry"]))
    assert [(rows[n]["claims"], rows[n]["passes_on"]) for n in ("blog", "agency", "ministry")] == [
        (0, 1),
        (0, 1),
        (1, 0),
    ]
    assert rows["ministry"]["via"] == ["agency"]


def test_kinds_of_voices():
    rows = listed(claim(voices=["blog", "unnamed"]), claim(id="c2", voices=["blog", "ministry"]))
    assert {name: row["kind"] for name, row in rows.items()} == {
        "blog": "document", "ministry": "named", "unnamed": "unnamed",
    }  # fmt: skip


def test_a_voice_lists_each_document_once():
    assert listed(claim(), claim(id="c2", start=20))["author of a.txt"]["documents"] == ["d000000000001"]
