"""Owns src/rasid/knowledge/certainty.py and certainty.yaml, and extract/certainty_head.py."""

from __future__ import annotations

import math

from rasid.extract.certainty import judge
from rasid.extract.certainty_head import load_head, refined_value
from rasid.extract.syntax import PassageText, load_pipeline, parse
from rasid.knowledge.certainty import EFFECTS, load_certainty


def test_a_noun_entry_wins_over_the_plain_word() -> None:
    lexicon = load_certainty()
    assert lexicon.verbs["claim", "that"].means == EFFECTS["so"]
    assert lexicon.nouns["claim", "that"].means == EFFECTS["open"]


def test_a_wrong_lemma_is_led_back_to_a_known_word() -> None:
    lexicon = load_certainty()
    assert lexicon.known_lemma("stopp", "stopped") == "stop"
    assert lexicon.known_lemma("den", "denies") == "deny"
    assert lexicon.known_lemma("table", "tables") == "table"


def test_every_signature_is_a_known_effect() -> None:
    lexicon = load_certainty()
    known = set(EFFECTS.values())
    for signature in [*lexicon.verbs.values(), *lexicon.nouns.values()]:
        assert {signature.means, signature.denied, signature.modal_denied} <= known


def test_no_word_of_the_file_is_empty_or_spaced_at_its_edges() -> None:
    lexicon = load_certainty()
    for word, _ in [*lexicon.verbs, *lexicon.nouns]:
        assert word and word == word.strip() and "_" not in word


def test_the_head_moves_the_value_and_keeps_it_on_the_scale() -> None:
    nlp, lexicon, head = load_pipeline(), load_certainty(), load_head()
    texts = ["The guards fled.", "The guards may flee.", "The guards did not flee."]
    passages = [PassageText("d", k, "sentence", 0, text) for k, text in enumerate(texts)]
    values = []
    for sentence in parse(passages, nlp):
        i = len(sentence) - 2
        values.append(refined_value(sentence, i, judge(sentence, i, lexicon=lexicon), head=head))
    assert all(math.isfinite(v) and -3 <= v <= 3 for v in values)
    assert values[0] > values[1] > values[2]
