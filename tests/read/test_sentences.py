"""The sentence cutter. In the cases "¦" marks where a sentence must end; it is not part of the text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.read.sentences import MAX_SENTENCE_CHARS, cut_sentences

CASES = [
    # a space before the stop
    "The militia left the valley . ¦What it wanted is not known .",
    "What is this ? ¦It is not a truce .",
    "They fled ! ¦Nobody came back .",
    "The town has fallen .¦The bridge project was only a cover .",
    "Is it over ?¦No one can say .",
    "the town has fallen . ¦what now",
    "They came back ? ! ¦Nobody knows .",
    "He waited . . . ¦The road stayed closed.",
    # no space after the stop
    "We publish updates on the valley.¦Teacher_Nadim_Sabra_missing_since_2015_en",
    "They left the town.¦The army came in.",
    "It ended in 2012.¦The army came in.",
    "They want peace!¦The rest is talk.",
    "Who did it?¦The army says it was not there.",
    "The camp (in the south).¦Nobody lives there now.",
    "The shelling stopped.¦A man was found.",
    "They came from Marwa.¦ISIS fled.",
    '"We left."¦The army denied it.',
    "We were there.¦“They shot at us.”",
    # stops that end nothing
    "The U.S.Army denied it.",
    "See snhr.example.org for the list.",
    "The page www.example.org/Report.Final is gone.",
    "About 3.5 million people fled.",
    "Convoy No.5 was hit near Sabra.",
    "The file Report.Annex.pdf was leaked.",
    "Write to nadim.Sabra@example.org today.",
    "Read https://example.org/a.B?Id=3.The for more.",
    "J.Smith was there.",
    "It was reported by Example.Com on Monday.",
    "The rate rose by .5 per cent.",
    "Version 2.0.1 of the list was used.",
    "The plan was called Node.js by the clerk.",
    # titles, initials, abbreviations
    "Dr. Lina Haddad treated them. ¦She left at night.",
    "Gen. Karim Odeh spoke to Lt. Col. Sami Nur about it.",
    "Brig. Gen. Odeh and Maj. Nur were killed.",
    "The envoy J. R. Smith arrived. ¦He met Mr. Odeh.",
    "George W. Harlan said so.",
    "The U.S. Army and the U.N. Security Council disagree.",
    "He flew to the U.S. ¦The others stayed.",
    "The talks in the U.S. ended.",
    "They came at 5 a.m. and left at 6 p.m. ¦The guards slept.",
    "They came at 5 a.m. Monday.",
    "It was on Jan. 5, and again on Feb. 12, 2019.",
    "Nothing has moved since Jan. ¦The road is closed.",
    "See p. 12 and Art. 3 of the treaty.",
    "Convoy No. 5 was hit. ¦Convoy No. 6 was not.",
    "He said no. ¦They left.",
    "Weapons, e.g. mortars, were found, i.e. the old ones.",
    "They live in St. Mary St. near the port.",
    "Acme Ltd. sold fuel. ¦Haddad Inc. bought it.",
    "They took fuel, bread, etc. ¦The rest was burned.",
    "They took fuel (diesel, etc.), and left.",
    "It is Odeh vs. Nur, as ever.",
    "Prof. Haddad, Ph.D., wrote it.",
    "He chose plan B. ¦The army did not.",
    "Rep. Ann Lee and Sen. Tom Ray voted for it.",
    "About 40 people, approx. half of them women, came.",
    "Odeh et al. Nur wrote the study.",
    # ellipses
    "They waited... ¦Then the guns fell silent.",
    "They waited... and then the guns fell silent.",
    "They waited… ¦Then the guns fell silent.",
    "He was … tired.",
    'The witness said: "I saw [...] the men."',
    # quotation marks and brackets
    "“We left.” ¦The road was open.",
    '"We left." he said.',
    "“Why?” he asked. ¦Nobody answered.",
    "“Stop!” shouted the guard.",
    '"We left. ¦They stayed." ¦The rest is not known.',
    'He said: "We left." ¦"We did not," she said.',
    "They left (at night). ¦Then it rained.",
    "(They left at night.) ¦Then it rained.",
    "They fled.[12] ¦The town is empty.[3][4] ¦Nobody came.",
    "'We left.' ¦The road was open.",
    "«We left.» ¦The road was open.",
    '"We left." — Karim Odeh',
    "“We left . ” ¦The road was open.",
    'He called it a "victory." ¦Nobody else did.',
    'They want "peace"? ¦The army laughed.',
    "They fled. [12] ¦The town is empty. [3, 4] ¦Nobody came.",
    "He named [Karim H.] Odeh and [Lina] Haddad.",
    "It is in the study by Nur et al. [4] and in Op. 46 of the list.",
    "The rate is now at 83.5. ¦I do not trust it.",
    "they took her to the vet. ¦obviously she died.",
    "They sent it to the ext. 12 of the office, est. 1950.",
    # numbers, names and small words at the start
    "The camp is full. ¦900 thousand people live there.",
    "They killed 12. ¦The army denied it.",
    "There are two rules. ¦1. Stay home. ¦2. Lock the door.",
    "The town fell. ¦al-Marwa was next.",
    "The town fell. ¦al Marwa was next.",
    "the town is over there. ¦but the army is here. ¦nobody moves.",
    "The town is gone. ¦#EyesOnMarwa",
    "Thanks! ¦@odeh will write more.",
    "They paid. ¦$5 was the price.",
    "Yahoo! said nothing.",
    # capitals throughout
    "THE ARMY LEFT THE TOWN. ¦THE U.S. FORCES STAYED. ¦GEN. ODEH SPOKE.",
    "NO. ¦THEY DID NOT LEAVE.",
    # wrapped lines
    "The army left the town\nand the bridge. ¦The rest\nstayed.",
    # Arabic, Persian, Hebrew
    "انسحب الجيش من البلدة. ¦عاد الناس إلى بيوتهم.",
    "من فعل هذا؟ ¦لا أحد يعرف.",
    "انسحب الجيش من البلدة ؛ ¦عاد الناس إلى بيوتهم .",
    "انسحب الجيش.¦عاد الناس.",
    "قال د. سامي نور إن الطريق مغلق. ¦ثم غادر.",
    "بلغت النسبة 3.5 في المئة. ¦وهي الأعلى.",
    "«انسحبنا.» ¦هكذا قال.",
    "ارتش شهر را ترک کرد. ¦مردم بازگشتند۔",
    "הצבא עזב את העיר. ¦האנשים חזרו.",
    # nothing to cut
    "No stop at all",
    "...",
    "?!",
]


def spans(text: str) -> list[str]:
    return [text[start:end] for start, end in cut_sentences(text, 0, len(text))]


@pytest.mark.parametrize("case", CASES)
def test_a_text_is_cut_where_its_sentences_end(case: str) -> None:
    assert spans(case.replace("¦", "")) == [part.strip() for part in case.split("¦")]


def test_there_are_at_least_eighty_cases() -> None:
    assert len(set(CASES)) >= 80


def test_a_run_without_a_stop_is_cut_at_a_space() -> None:
    pieces = spans("word " * 1_000)
    assert [len(piece) for piece in pieces] == [1_999, 1_999, 999]


def test_a_run_without_a_space_is_cut_at_the_limit() -> None:
    assert [len(piece) for piece in spans("x" * 4_500)] == [MAX_SENTENCE_CHARS, MAX_SENTENCE_CHARS, 500]


PIECES = st.sampled_from(
    [".", "?", "!", "…", " ", "  ", "\n", '"', "”", "“", "(", ")", "[1]", "'", "Dr", "U.S", "al-", "He", "left",
     "The", "no", "5", "3.5", "a", "قتل", "؟", "؛", "http://x.y", "é", "\u200f", "\u00a0", "A", "…", "-", "*"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
def test_sentences_cover_all_ink_without_overlap(text: str) -> None:
    last = 0
    for start, end in cut_sentences(text, 0, len(text)):
        assert last <= start < end
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()


@pytest.mark.parametrize(
    "unit", [".", ". ", '."', "a.B", "!? ", "((", "x" * 300 + ".", "\u061f", "[1]", "A. "]
)
def test_the_time_grows_with_the_length_and_not_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        begun = time.process_time()
        for _ in cut_sentences(text, 0, len(text)):
            pass
        return time.process_time() - begun

    assert seconds(200_000) < 12 * max(seconds(50_000), 0.02)
