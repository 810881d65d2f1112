"""What a file says about itself, and what is not taken for it."""

import pytest

from rasid.read.facts import clean_author, clean_title, facts_of_front_matter, facts_of_head, read_date


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("2024-3-5", "2024-03-05"),
        ("2024-03-05T23:10:00+03:00", "2024-03-05"),
        ("2024/03/05", "2024-03-05"),
        ("March 2024", "2024-03"),
        ("12 March 2024", "2024-03-12"),
        ("Tuesday, 12th March 2024, 10:00", "2024-03-12"),
        ("Mar. 12, 2024", "2024-03-12"),
        ("12 آذار 2024", "2024-03-12"),
        ("3 كانون الثاني 2024", "2024-01-03"),
        ("5/6/2024", None),
        ("2024-13", None),
        ("2024-02-30", None),
        ("31 February 2024", None),
        ("20240305123", None),
        ("last March", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_keeps_its_precision(words: str | None, date: str | None) -> None:
    assert read_date(words) == date


def test_the_article_of_a_desk_is_no_part_of_its_name() -> None:
    assert facts_of_head("A title\nBy the Evening Desk\n7 March 2019").author == "Evening Desk"


def test_a_byline_and_a_dateline_at_the_head_are_read() -> None:
    facts = facts_of_head(
        "The bridge\n\nBy Lina Haddad | Published: 12 March 2024\nSource: Valley Post\n\nWords."
    )
    assert (facts.author, facts.date, facts.publisher) == ("Lina Haddad", "2024-03-12", "Valley Post")


@pytest.mark.parametrize(
    "line",
    [
        "By now everyone has left",
        "By it, we know them.",
        "By the river",
        "By Monday the town was empty.",
        "By force",
        "BY CARRYING OUT RAIDS ON THE MILLS AND THE ROADS",
    ],
)
def test_prose_that_begins_with_by_is_no_byline(line: str) -> None:
    assert facts_of_head(f"{line}\n\nMore words.").author is None


def test_a_date_in_a_sentence_is_not_the_date_of_the_document() -> None:
    assert facts_of_head("12 March 2024 was the day when the bridge fell.\n").date is None
    assert facts_of_head("On 12 March 2024 the bridge fell.\n").date is None


def test_front_matter_is_read_as_it_is_written() -> None:
    text = "---\ntitle: The bridge\nauthor: [Lina Haddad, Sami Nur]\ndate: 2024-03\nurl: https://x.example.org/a\n---\nWords."
    facts, begin = facts_of_front_matter(text)
    assert (facts.title, facts.author, facts.date) == ("The bridge", "Lina Haddad, Sami Nur", "2024-03")
    assert facts.address == "https://x.example.org/a"
    assert text[begin:] == "Words."


@pytest.mark.parametrize(
    "text", ["---\nno end", "---\n- a\n- b\n---\nx", "---\n{{{\n---\nx", "words\n---\na: b\n---\n"]
)
def test_what_is_no_front_matter_stays_text(text: str) -> None:
    assert facts_of_front_matter(text)[1] == 0


def test_names_that_programs_write_are_no_authors_and_no_titles() -> None:
    assert clean_author("Administrator") is None
    assert clean_author("python-docx") is None
    assert clean_author(" Lina\n Haddad ") == "Lina Haddad"
    assert clean_title("Microsoft Word - The bridge.docx") == "The bridge"
    assert clean_title("Untitled") is None
