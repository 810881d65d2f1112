from rasid.present.voice_cards import group_cards, group_voices

SENTENCE = "The column has been driven out of the whole valley, the ministry said on Monday."


def row(voice, *via, quote="It is so.", date="2024-05-01", directness="stated"):
    return {
        "voice": voice,
        "via": list(via),
        "quotes": [{"quote": quote}],
        "date": date,
        "directness": directness,
    }


def names(groups):
    return [[(each["voice"], tuple(each["via"])) for each in group] for group in groups]


def test_one_sentence_in_two_papers_is_one_voice_on_one_card():
    rows = [row("spokesman", "Mirror", quote=SENTENCE), row("ministry", "Wire", quote=SENTENCE)]
    assert names(group_cards(rows)) == [[("ministry", ("Wire",)), ("spokesman", ("Mirror",))]]
    assert len(group_voices(rows)) == 1


def test_short_sentences_that_are_alike_are_not_copies():
    assert len(group_voices([row("mayor", quote="It is over."), row("general", quote="It is over.")])) == 2


def test_what_others_pass_on_stands_on_the_card_of_the_voice_itself():
    own = row("Ministry of Defence of Kelan", quote="The valley is free.")
    heard = row(
        "Ministry of Defence", "Lisa Karr", quote="They say that the valley is free.", date="2024-05-02"
    )
    assert names(group_cards([heard, own])) == [
        [("Ministry of Defence of Kelan", ()), ("Ministry of Defence", ("Lisa Karr",))]
    ]


def test_two_voices_without_a_name_stay_two():
    assert len(group_voices([row("unnamed", "Wire", quote="A."), row("unnamed", "Blog", quote="B.")])) == 2


def test_one_voice_on_two_days_has_two_cards_and_counts_once():
    rows = [row("mayor", quote="We are free."), row("mayor", quote="We are still free.", date="2024-06-01")]
    assert len(group_cards(rows)) == 2
    assert len(group_voices(rows)) == 1


def test_the_order_of_the_rows_changes_nothing():
    rows = [row("a", quote="One."), row("b", "x", quote="Two."), row("b", quote="Three.")]
    assert names(group_cards(rows)) == names(group_cards(rows[::-1]))
