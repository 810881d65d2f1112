"""Which place a written place is: its own words, the words around it, and the other places of the document."""

import pytest

from benchmarks.geoparse_guess import Named, guess_places
from rasid.knowledge.gazetteer import load_gazetteer
from rasid.resolve.places import resolve_places
from rasid.resolve.places_words import PlaceWords, read_words
from tests.builders import claim, claims, document, documents, mention, settled


def at(text, words):
    start = text.index(words)
    return {
        "text": words,
        "name": None,
        "level": None,
        "country": None,
        "start": start,
        "end": start + len(words),
    }


def resolved(text, *written, **given):
    """The PLACES rows of one document by their text, and its doubts."""
    rows = claims(claim(quote=text, places=[at(text, w) for w in written]))
    _, places, doubts = resolve_places(rows, documents(document(text=text)), **given)
    return {row["text"]: row for row in places.to_dicts()}, doubts.to_dicts()


def place(text, *written, **given):
    return resolved(text, *written, **given)[0][written[0]]


@pytest.mark.parametrize(
    ("written", "core", "relation", "unit"),
    [
        ("east Damascus", "Damascus", "part", None),
        ("the northern countryside of Idlib", "Idlib", "part", None),
        ("the south of Syria", "Syria", "side of", None),
        ("10 km west of Raqqa", "Raqqa", "near", None),
        ("near the town of Hajin", "Hajin", "near", "town"),
        ("Idlib province", "Idlib", "", "governorate"),
        ("the city of Homs", "Homs", "", "town"),
        ("Hama's western suburbs", "Hama", "part", None),
        ("the market of Dovrek", "Dovrek", "part", None),
        ("Taiz airport", "Taiz", "near", None),
        ("al Mosul itself", "al Mosul", "", None),
        ("Kafr Nabl", "Kafr Nabl", "", None),
    ],
)
def test_the_words_of_a_place_are_told_from_its_name(written, core, relation, unit):
    words = read_words(written)
    assert (words.core, words.relation, words.unit) == (core, relation, unit)


@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        ("They fled to the area 5 km north of ", ".", PlaceWords("Raqqa", "near")),
        ("Fighting broke out between ", " and Hajin.", PlaceWords("Raqqa", "between")),
        ("A mine went off between Hajin and ", " at dawn.", PlaceWords("Raqqa", "between")),
        ("A mine went off in ", " province.", PlaceWords("Raqqa", unit="governorate")),
        ("A mine went off in ", ", in Ash Sham province.", PlaceWords("Raqqa", inside="Ash Sham")),
        ("A mine went off in ", " in Syria.", PlaceWords("Raqqa", inside="Syria")),
        ("A mine went off in ", ", Hama and Homs.", PlaceWords("Raqqa", inside="Hama", sure=False)),
        ("A mine went off in ", " and Homs.", PlaceWords("Raqqa")),
    ],
)
def test_the_words_around_a_place_count(before, after, read):
    assert read_words("Raqqa", before, after) == read


def test_a_known_place_gets_a_point_and_full_precision():
    got = place("Shells fell on Khan Sheikhoun.", "Khan Sheikhoun")
    assert (got["name"], got["level"], got["country"], got["adm1"]) == (
        "Khan Shaykhun",
        "town",
        "SY",
        "Idleb",
    )
    assert (got["where_prec"], got["geo_precision"]) == (1, 1)
    assert (round(got["latitude"], 1), round(got["longitude"], 1)) == (35.4, 36.7)


def test_a_bare_name_of_town_and_governorate_is_read_as_the_governorate():
    got = place("Shells fell on Idlib.", "Idlib")
    assert (got["level"], got["where_prec"], got["geo_precision"]) == ("governorate", 4, 3)


def test_the_word_city_makes_it_the_town_of_that_governorate():
    got = place("Shells fell on Raqqa city.", "Raqqa city")
    assert (got["level"], got["adm1"], got["where_prec"]) == ("town", "Ar-Raqqa", 1)


@pytest.mark.parametrize(
    ("text", "written", "name", "where_prec"),
    [
        ("Warplanes bombed east Damascus.", "east Damascus", "east Damascus", 5),
        ("They came from the south of Syria.", "the south of Syria", "south of Syria", 5),
        ("A car blew up 10 km west of Khan Sheikhoun.", "Khan Sheikhoun", "Khan Shaykhun", 2),
    ],
)
def test_a_direction_is_kept_and_makes_no_point_of_a_part(text, written, name, where_prec):
    got = place(text, written)
    assert (got["name"], got["level"], got["where_prec"]) == (name, "part", where_prec)


def test_between_two_places_is_at_neither():
    rows, _ = resolved("Clashes broke out between Saraqib and Khan Sheikhoun.", "Saraqib", "Khan Sheikhoun")
    assert {(row["level"], row["where_prec"]) for row in rows.values()} == {("part", 5)}


def test_a_country_whose_name_begins_with_a_direction_is_left_whole():
    got = place("A rocket fell in South Sudan.", "South Sudan")
    assert (got["level"], got["country"], got["where_prec"]) == ("country", "SS", 6)


def test_the_governorate_written_behind_a_name_decides():
    text = "The army shelled Salihiyah, in Deir ez-Zor province."
    got = place(text, "Salihiyah", "Deir ez-Zor province")
    assert (got["adm1"], got["level"]) == ("Deir-ez-Zor", "town")


def test_a_name_that_many_places_bear_stays_open_and_makes_one_doubt_for_the_case():
    text = "Gunmen in Salihiyah, it is said, fled. Syria said nothing."
    rows = claims(
        claim(id="c1", document="d1", quote=text, places=[at(text, "Salihiyah"), at(text, "Syria")]),
        claim(id="c2", document="d2", quote=text, places=[at(text, "Salihiyah"), at(text, "Syria")]),
    )
    _, places, doubts = resolve_places(
        rows, documents(document(id="d1", text=text), document(id="d2", text=text))
    )
    opened = [row for row in places.to_dicts() if row["text"] == "Salihiyah"]
    assert [row["place_id"] for row in opened] == [None, None]
    assert len(opened[0]["candidates"]) > 1
    assert [row["name"] for row in doubts.to_dicts()] == ["Salihiyah"]
    assert "2 documents" in doubts["sentence"][0]


def test_what_a_person_settled_counts_for_every_document():
    text = "Gunmen fled Salihiyah."
    chosen = load_gazetteer().look_up("Salihiyah", country="SY", adm1="SY09").candidates[0].place_id
    decision = settled("salihiyah", str(chosen), shown="Salhiyeh, Deir-ez-Zor")
    rows, doubts = resolved(text, "Salihiyah", settled=[decision])
    assert rows["Salihiyah"]["place_id"] == chosen
    assert rows["Salihiyah"]["adm1"] == "Deir-ez-Zor"
    assert rows["Salihiyah"]["reason"] == (
        "Rana decided on 2026-03-01 that “salihiyah” means Salhiyeh, Deir-ez-Zor in this case."
    )
    assert doubts == []


def test_a_decision_beats_a_well_known_name_and_a_later_one_beats_an_earlier():
    homs, hama = (load_gazetteer().look_up(n, country="SY").candidates[0].place_id for n in ("Homs", "Hama"))
    decisions = [settled("Idlib", str(homs)), settled("the Idlib", str(hama))]
    assert resolved("Shells fell on Idlib.", "Idlib", settled=decisions)[0]["Idlib"]["place_id"] == hama


def test_a_decision_for_one_document_holds_there_alone():
    homs, hama = (load_gazetteer().look_up(n, country="SY").candidates[0].place_id for n in ("Homs", "Hama"))
    text = "Shells fell on Idlib."
    rows = claims(
        claim(id="c1", document="d1", quote=text, places=[at(text, "Idlib")]),
        claim(id="c2", document="d2", quote=text, places=[at(text, "Idlib")]),
    )
    held = documents(document(id="d1", text=text), document(id="d2", text=text))
    decisions = [settled("Idlib", str(homs)), settled("Idlib", str(hama), document="d2")]
    _, places, _ = resolve_places(rows, held, settled=decisions)
    assert places["place_id"].to_list() == [homs, hama]


def test_a_decision_about_a_governorate_leaves_the_town_of_its_name_to_the_words():
    idlib = str(place("Shells fell on Idlib.", "Idlib")["place_id"])
    got = place("Shells fell on Idlib city.", "Idlib city", settled=[settled("Idlib", idlib)])
    assert got["level"] == "town"


def test_a_name_that_a_person_says_is_no_place_is_none():
    text = "Gunmen fled Salihiyah."
    rows = claims(claim(quote=text, places=[at(text, "Salihiyah")]))
    filled, places, doubts = resolve_places(
        rows, documents(document(text=text)), settled=[settled("Salihiyah", "")]
    )
    assert filled["places"].to_list() == [[]]
    assert (places.height, doubts.height) == (0, 0)


@pytest.mark.parametrize(
    ("name", "means", "why"),
    [("Homs", "1", "no place of a claim has this name"), ("Idlib", "1", "the gazetteer has no such place")],
)
def test_a_decision_without_effect_is_listed(name, means, why):
    rows, doubts = resolved(
        "Shells fell on Idlib.", "Idlib", settled=[settled(name, means, shown="Old Mill")]
    )
    assert rows["Idlib"]["name"] == "Idleb"
    assert [(d["what"], d["name"]) for d in doubts] == [("decision without effect", name)]
    assert why in doubts[0]["sentence"] and "Rana decided on 2026-03-01" in doubts[0]["sentence"]
    assert f'`rasid reopen place "{name}"`' in doubts[0]["advice"]


@pytest.mark.parametrize(
    ("type_", "kept"), [("deployment", ["Homs"]), ("displacement", ["Homs", "Russia", "Canada"])]
)
def test_where_arriving_troops_come_from_is_not_where_they_arrive(type_, kept):
    text = "They came in Homs from Russia and also Canada."
    row = claim(quote=text, type=type_, places=[at(text, w) for w in ("Homs", "Russia", "Canada")])
    filled, _, _ = resolve_places(claims(row), documents(document(text=text)))
    assert [p["text"] for p in filled["places"][0]] == kept


def test_the_doubt_about_an_open_place_says_what_to_type():
    rows, doubts = resolved("Gunmen in Nasib fled. Syria said nothing.", "Nasib", "Syria")
    first = rows["Nasib"]["candidates"][0]["place_id"]
    assert f'`rasid settle place "Nasib" --as {first}`' in doubts[0]["advice"]
    many = resolved("Gunmen in Salihiyah fled. Syria said nothing.", "Salihiyah", "Syria")[1]
    assert '`rasid settle place "Salihiyah" --as PLACE`' in many[0]["advice"]


@pytest.mark.parametrize("name", ["Veldamar", "Qrstvwx", "the Ash Front", "Dovrek"])
def test_an_invented_name_is_never_given_a_place(name):
    rows, doubts = resolved(f"Shells fell on {name} in spring. Syria said nothing.", name)
    assert rows[name]["place_id"] is None
    assert rows[name]["latitude"] is None
    assert len(doubts) == 1


def test_words_without_a_name_are_no_place_and_no_doubt():
    rows, doubts = resolved("Shells fell on the old hospital.", "the old hospital")
    assert rows == {}
    assert doubts == []


def test_claims_get_name_level_and_country_and_the_target_its_name():
    text = "Fighters shelled Kirkook at dawn."
    row = claim(quote=text, target=mention("Kirkook", start=text.index("Kirkook")))
    filled, places, _ = resolve_places(claims(row), documents(document(text=text)))
    got = filled.to_dicts()[0]
    assert [(p["name"], p["level"], p["country"]) for p in got["places"]] == [("Kirkuk", "governorate", "IQ")]
    assert got["target"]["name"] == "Kirkuk"
    assert places["text"].to_list() == ["Kirkook"]


def test_a_country_as_target_does_not_become_the_place():
    text = "They fought Syria for years."
    row = claim(quote=text, target=mention("Syria", start=text.index("Syria")))
    assert resolve_places(claims(row), documents(document(text=text)))[0].to_dicts()[0]["places"] == []


def test_the_order_of_claims_and_documents_is_irrelevant():
    texts = {"d1": "Shells fell on Hajin and Salihiyah.", "d2": "Idlib city was quiet, Hama was not."}
    rows = [
        claim(
            id="c1",
            document="d1",
            quote=texts["d1"],
            places=[at(texts["d1"], w) for w in ("Hajin", "Salihiyah")],
        ),
        claim(
            id="c2",
            document="d2",
            quote=texts["d2"],
            places=[at(texts["d2"], w) for w in ("Idlib city", "Hama")],
        ),
    ]
    held = [document(id=d, text=t) for d, t in texts.items()]
    one = resolve_places(claims(*rows), documents(*held))
    two = resolve_places(claims(*reversed(rows)), documents(*reversed(held)))
    assert one[1].equals(two[1])
    assert one[2].equals(two[2])


def test_resolving_twice_changes_nothing():
    text = "Fighters shelled Kirkook and Veldamar near Mosul."
    row = claim(quote=text, places=[at(text, w) for w in ("Kirkook", "Veldamar", "Mosul")])
    held = documents(document(text=text))
    once = resolve_places(claims(row), held)
    assert all(a.equals(b) for a, b in zip(once, resolve_places(once[0], held), strict=True))


def test_a_guess_follows_the_state_behind_the_name_and_the_other_places():
    names = [Named("Alexandria", ", La., on Monday"), Named("Baton Rouge"), Named("Paris", ", Texas")]
    guessed = guess_places(names, load_gazetteer())
    assert [(c.name, c.adm1) for c in guessed if c] == [
        ("Alexandria", "Louisiana"),
        ("Baton Rouge", "Louisiana"),
        ("Paris", "Texas"),
    ]


def test_a_guess_knows_the_people_of_a_country_and_leaves_the_unknown_open():
    guessed = guess_places([Named("Syrian"), Named("Qrstvwx")], load_gazetteer())
    assert [c.name if c else None for c in guessed] == ["Syria", None]
