"""What the words above a token in the parse make of it: "failed to", "if", "evidence that", a question.

Each word above is judged first (its own words, and the words above it); then the lexicon says what it makes of
what hangs on it, affirmed or denied. Words that the lexicon does not know pass on what holds for them, by the kind
of link: a relative clause is taken for granted, a purpose is still to come, a conjunct shares what grammar shares.

In: a sentence, a token. Out: a `Reading` without the token's own words.
"""

from __future__ import annotations

from rasid.extract.certainty_links import (
    caused_by_order,
    fit_for_whom,
    instead_of_first,
    judged_so,
    object_before_to,
    past_told,
    quoted_apart,
    says_on,
    stands_beside,
    stops_soon,
    told_by_rumour,
    told_in_passing,
    wanted_done,
)
from rasid.extract.certainty_local import PLAIN, Reading, apply_effect, combine, local_reading
from rasid.extract.certainty_mood import cleft, mood_at_root, rule_for_anyone
from rasid.extract.certainty_signature import (
    complement_role,
    has_to,
    noun_before,
    says_that,
    signature_for,
    verb_over,
)
from rasid.extract.syntax import Sentence
from rasid.knowledge.certainty import EFFECTS, POSSIBLE, PREDICTED, CertaintyLexicon, Effect, Signature

MAX_DEPTH = 12  # a longer way to the root is a parse gone wrong, and beyond it nothing reaches the token
# The graded value only, not the polarity, by reading: "prevented a strike" is a weaker no than "there was no strike",
# and what has ended was once so.
IMPLIED_DENIAL = 0.6
ENDED = 0.2

_NOUNS = frozenset({"NOUN", "PROPN"})
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass", "acl", "advcl", "advcl:relcl"})
_PASSING = _COMPLEMENTS | {"obj", "nsubj", "nsubj:pass", "compound", "obl", "nmod", "obl:agent"}
_SAME_AS_HEAD = frozenset({"appos", "flat", "list", "dep", "fixed", "goeswith"})
_FAILED = frozenset({"failed", "collapsed", "foiled", "thwarted", "unsuccessful", "repelled"})
_PARTICLES = frozenset({"over", "out", "off", "up", "down", "back", "away"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl"})
_PAST = frozenset({"VBD", "VBN"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_AMOUNTS = frozenset("millions thousands hundreds dozens scores tens billions".split())
_NEWS = frozenset(
    "new report rumour rumor story photo video footage image claim alarm information post tweet".split()
)
_OPEN_HEADS = frozenset({"anyone", "anybody", "whoever", "anything", "whatever", "whichever", "everyone"})
_BESIDE = frozenset({"amid", "amidst", "despite", "during", "after", "following", "since"})
_TOWARDS = frozenset({"toward", "towards"})
_WH = frozenset({"who", "whom", "how", "why", "when", "where", "which", "whose"})
_INDEFINITE = frozenset({"a", "an", "any", "another", "more", "further", "new", "some", "no"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my"})
_ADVERBIAL_MARKS = frozenset(
    [
        "when",
        "while",
        "after",
        "before",
        "because",
        "since",
        "as",
        "although",
        "though",
        "until",
        "once",
        "where",
    ]
)


def reading_above(sentence: Sentence, i: int, *, lexicon: CertaintyLexicon, depth: int = 0) -> Reading:
    """What everything above token `i` makes of it."""
    if depth > MAX_DEPTH:
        return PLAIN
    opener, marks = _opener(sentence, i, lexicon)
    head = sentence.heads[i]
    if (until := _until_before(sentence, i)) is not None:
        return apply_effect(EFFECTS["coming"], until)
    if (denied := _denied_gerund(sentence, i)) is not None:
        return apply_effect(EFFECTS["not so"], denied)
    if head == i:
        above = combine(mood_at_root(sentence, i, lexicon), _ended_in_headline(sentence, i, lexicon))
    else:
        above = _from_head(sentence, i, head, lexicon=lexicon, depth=depth, opened=opener is not None)
    above = combine(above, cleft(sentence, i, head))
    if opener is None:
        return above
    if opener.sign < 0 and above.sign < 0:  # "cannot be won without fighting"
        return apply_effect(EFFECTS["open"], *marks)
    return combine(above, apply_effect(opener, *marks))


def taken_for_granted(sentence: Sentence, i: int, *, lexicon: CertaintyLexicon) -> bool:
    """Does the word above speak of its end or its aftermath: "urged them to lift the siege", "regret the raid"?"""
    head = sentence.heads[i]
    if head == i:
        return False
    found = signature_for(sentence, i, head, complement_role(sentence, i, head), lexicon)
    return found is not None and (found.phase or found.means.fixed)


def full_reading(
    sentence: Sentence, i: int, *, lexicon: CertaintyLexicon, depth: int = 0, coming_from: int = -1
) -> Reading:
    """The token's own words set inside what stands above it; `coming_from` as in `local_reading`."""
    above = reading_above(sentence, i, lexicon=lexicon, depth=depth)
    return combine(above, local_reading(sentence, i, lexicon=lexicon, coming_from=coming_from))


def _until_before(sentence: Sentence, i: int) -> int | None:
    """ "until the militia is defeated", by the order of the words: no verb between, and not past."""
    if "until" not in sentence.lower or sentence.pos[i] not in {"VERB", "ADJ"}:
        return None
    for j in range(i - 1, max(-1, i - 8), -1):
        if sentence.lower[j] == "until":
            return j if _is_present(sentence, i) or sentence.lower[i - 1] in {"is", "are"} else None
        if sentence.pos[j] in {"VERB", "PUNCT"}:
            return None
    return None


def _denied_gerund(sentence: Sentence, i: int) -> int | None:
    """ "X denies having taken", "Army denies shelling school", with "denies" taken for a noun."""
    j = i - 1 - (i > 1 and sentence.lower[i - 1] in {"having", "being"})
    gerund = j < i - 1 or sentence.lower[i].endswith("ing")
    wrong = j > 0 and sentence.lower[j] in {"denies", "deny", "denied"} and sentence.pos[j] in _NOUNS
    return j if wrong and gerund else None


def _ended_in_headline(sentence: Sentence, i: int, lexicon: CertaintyLexicon) -> Reading:
    """ "Ordun siege lifted": a participle after the noun that is all of the headline's verb."""
    if sentence.pos[i] not in _NOUNS or i + 1 >= len(sentence) or sentence.deps[i + 1] != "acl":
        return PLAIN
    found = lexicon.verbs.get((lexicon.known_lemma(sentence.lemmas[i + 1], sentence.lower[i + 1]), "noun"))
    ended = found is not None and found.phase and sentence.tags[i + 1] in _PAST
    return apply_effect(EFFECTS["not so"], i + 1) if ended else PLAIN


def _opener(sentence: Sentence, i: int, lexicon: CertaintyLexicon) -> tuple[Effect | None, list[int]]:
    """ "if", "without", "in order to" on the token itself; "whoever is arrested", "any killing is reported"."""
    lower = sentence.lower
    if (anyone := rule_for_anyone(sentence, i)) is not None:
        return EFFECTS["open"], [anyone]
    if (instead := instead_of_first(sentence)) is not None:
        own = i == instead
        return (lexicon.openers[" ".join(lower[:2])], [0, 1]) if own else (None, [])
    for c in sentence.children[i]:
        if c > i or sentence.deps[c] not in {"mark", "case", "cc", "advmod", "fixed"}:
            continue
        if lower[c] in _TOWARDS and not _is_no_place(sentence, i, c):
            continue
        pair = f"{lower[c]} {lower[c + 1]}"
        if pair in lexicon.openers:
            return lexicon.openers[pair], [c, c + 1]
        if lower[c] in lexicon.openers:
            return lexicon.openers[lower[c]], [c]
        if lower[c] == "before" and any(lower[g] in {"could", "can"} for g in sentence.children[i]):
            return EFFECTS["not so"], [c]
    return None, []


def _is_no_place(sentence: Sentence, i: int, c: int) -> bool:
    """ "toward a new war", "towards the release of the men": not "ran towards the fighting"."""
    of = any(sentence.lower[g] == "of" for k in sentence.children[i] if k > i for g in sentence.children[k])
    return of or not any(sentence.lower[k] in _DEFINITE for k in range(c + 1, i))


def _from_head(
    sentence: Sentence, i: int, head: int, *, lexicon: CertaintyLexicon, depth: int, opened: bool
) -> Reading:
    """What the head makes of the token, by the link between them."""
    dep = sentence.deps[i]
    if quoted_apart(sentence, i, head):
        return PLAIN
    if dep not in _PASSING:
        if dep == "conj":
            return _shared(sentence, i, head, lexicon=lexicon, depth=depth)
        if dep in {"flat", "goeswith", "nummod"}:  # part of a name: what is said of the name
            return full_reading(sentence, head, lexicon=lexicon, depth=depth + 1)
        if dep in _SAME_AS_HEAD:
            return reading_above(sentence, head, lexicon=lexicon, depth=depth + 1)
        if dep == "amod":
            return _inside_noun(sentence, i, head)
        if dep != "acl:relcl":
            return PLAIN
        if not says_that(sentence, i, head, lexicon):
            new = _of_new_thing(sentence, i, head, lexicon=lexicon, depth=depth)
            return _relative(sentence, i, head) if new is PLAIN else new
    if _asks_only_for_the_rest(sentence, i, head) or told_in_passing(sentence, i):
        return PLAIN
    head = judged_so(sentence, i, head, lexicon)
    if dep == "acl" and (judging := fit_for_whom(sentence, i, head)) is not None:
        head = judging
    if dep in {"nsubj", "nsubj:pass"} and sentence.lemmas[head] in {"turn", "prove"}:
        head = sentence.child(head, "xcomp") or head  # "turned out to be false"
    if dep in {"advcl", "xcomp"} and (plot := object_before_to(sentence, i, head, lexicon)) is not None:
        head = plot
    if (wanting := wanted_done(sentence, i, head)) is not None:
        return apply_effect(EFFECTS["coming"], wanting)
    if (rumour := told_by_rumour(sentence, i, head, lexicon)) is not None:
        return apply_effect(rumour.means, head)
    if (causing := caused_by_order(sentence, i, head)) is not None:
        return full_reading(sentence, causing, lexicon=lexicon, depth=depth + 1)
    if (
        dep == "nmod"
        and (shared := _of_amount_or_news(sentence, i, head, lexicon=lexicon, depth=depth)) is not None
    ):
        return shared
    if dep == "obl" or (dep == "obj" and sentence.child(i, "case") is not None):
        head = noun_before(sentence, i, head, lexicon)
    if "guilty" in sentence.lower and (guilty := sentence.lower.index("guilty")) < i:
        pleaded = {"plead", "pleads", "pleaded"} & set(sentence.lower[max(0, guilty - 2) : guilty])
        if pleaded and head <= guilty:
            denied = sentence.lower[guilty - 1] == "not"
            return apply_effect(EFFECTS["not so"], guilty - 1) if denied else PLAIN
    role = complement_role(sentence, i, head)
    subject = sentence.child(head, "nsubj") if dep == "obl" else None
    if subject is not None and (fear := _of_the_subject(sentence, i, subject, lexicon)) is not None:
        return _signed(PLAIN, fear, subject)
    signature = None if opened else signature_for(sentence, i, head, role, lexicon)
    gerund = sentence.lower[i].endswith("ing")
    if opened or signature is not None:
        gerund = False
    if gerund and (over := verb_over(sentence, i, head, lexicon)) is not None:
        signature, head = over
    above = full_reading(sentence, head, lexicon=lexicon, depth=depth + 1, coming_from=i)
    if signature is not None and signature.group == "saying" and _one_can(sentence, head):
        return PLAIN
    if signature is not None and signature.phase and above.sign > 0 and stops_soon(sentence, head, above):
        return Reading(-1, PREDICTED, above.strength, (*above.cues, head))
    if signature is not None:
        failed = _failed_after(sentence, i, head) if signature.group == "tried" else None
        if failed is not None:
            return apply_effect(EFFECTS["not so"], head, failed)
        reading = _signed(above, signature, head)
        told = role == "that" and reading.level == PREDICTED and signature.group == "threatened"
        if told and past_told(sentence, i):  # "fear that their sons were executed"
            return reading._replace(level=POSSIBLE)
        return reading
    return _unsigned(sentence, i, head, role=role, above=above, opened=opened, lexicon=lexicon)


def _of_amount_or_news(
    sentence: Sentence, i: int, head: int, *, lexicon: CertaintyLexicon, depth: int
) -> Reading | None:
    """ "would help millions of workers": as its amount. "The unverified news about his death": as its news."""
    case = sentence.child(i, "case")
    link = "" if case is None else sentence.lower[case]
    if link == "of" and sentence.lower[head] in _AMOUNTS:
        return full_reading(sentence, head, lexicon=lexicon, depth=depth + 1)
    if link not in {"of", "about", "on", "over"}:
        return None
    told = next((k for k in range(head, case or head) if sentence.lower[k].rstrip("s") in _NEWS), None)
    if told is None:
        return None
    local = local_reading(sentence, head, lexicon=lexicon)
    return None if local is PLAIN else local


def _of_the_subject(sentence: Sentence, i: int, subject: int, lexicon: CertaintyLexicon) -> Signature | None:
    """ "Fears grow of an attack": the words after "of" belong to the subject, not to the verb."""
    case = sentence.child(i, "case")
    if case is None or sentence.lower[case] != "of" or subject > i:
        return None
    lemma = lexicon.known_lemma(sentence.lemmas[subject], sentence.lower[subject])
    return lexicon.nouns.get((lemma, "noun"))


def _one_can(sentence: Sentence, head: int) -> bool:
    """ "One can say that ..." says it."""
    words = {sentence.lower[c] for c in sentence.children[head] if c < head}
    return "can" in words and not words.isdisjoint({"one", "you", "we"}) and words.isdisjoint({"not", "n't"})


def _asks_only_for_the_rest(sentence: Sentence, i: int, head: int) -> bool:
    """ "It is not clear who fired", "did not say how many died": that it happened is taken for granted."""
    if sentence.deps[i] not in _COMPLEMENTS or sentence.pos[head] not in {"VERB", "ADJ", "AUX"}:
        return False
    first = min(sentence.subtree(i))
    return first > head and sentence.lower[first] in _WH and not has_to(sentence, i)


def _failed_after(sentence: Sentence, i: int, head: int) -> int | None:
    """ "Attempts to storm the town failed": the word that says so, on either side of a shaky parse."""
    for j in range(i + 1, len(sentence)):
        if sentence.lower[j] in _FAILED and (sentence.heads[j] == i or sentence.heads[head] == j):
            return j
    return None


def _inside_noun(sentence: Sentence, i: int, head: int) -> Reading:
    """ "no wounded soldiers": a participle before a noun shares what is denied of the noun by "no"."""
    for c in sentence.children[head]:
        if sentence.lower[c] == "no" and c < i:
            return apply_effect(EFFECTS["not so"], c)
    return PLAIN


def _signed(above: Reading, signature: Signature, head: int) -> Reading:
    """Apply the word's signature to what is known of the word itself."""
    if signature.phase and above.level >= PREDICTED:
        return PLAIN  # "should stop bombing": the bombing goes on
    effect = signature.means
    if above.sign < 0 and signature.group == "doubted":
        return Reading(
            1, 0, 1.0, (*above.cues, head)
        )  # "there can be no doubt that": sure, in spite of "can"
    if above.sign < 0:
        effect = signature.modal_denied if above.can else signature.denied
    if effect.fixed:
        return PLAIN
    if effect.sign > 0 and not effect.level and effect.strength == 1.0:
        if above is PLAIN:
            return PLAIN
        cues = (*above.cues, head) if above.sign < 0 else above.cues
        return Reading(1, above.level, above.strength, cues)
    level = effect.level if effect.level == PREDICTED else max(effect.level, above.level)
    strength = effect.strength * above.strength
    if effect.sign < 0 and not effect.level:
        strength *= ENDED if signature.phase else IMPLIED_DENIAL
    return Reading(effect.sign, level, strength, (*above.cues, head))


def _unsigned(
    sentence: Sentence,
    i: int,
    head: int,
    *,
    role: str,
    above: Reading,
    opened: bool,
    lexicon: CertaintyLexicon,
) -> Reading:
    """What a word that the lexicon does not know passes on."""
    dep = sentence.deps[i]
    if dep in {"advcl", "advcl:relcl"}:
        return _adverbial(sentence, i, head, above, opened=opened)
    if dep == "acl":
        return _beside_noun(sentence, i, head, above, lexicon)
    if role == "to" and has_to(sentence, i):
        return _infinitive(sentence, i, head, above)
    if role in {"noun", "subj"}:
        return PLAIN if stands_beside(sentence, i) else _argument(sentence, i, head, above)
    if dep in {"ccomp", "csubj", "csubj:pass"} and above.sign < 0:
        return apply_effect(EFFECTS["open"], *above.cues)
    return above._replace(can=False) if above.can else above


def _infinitive(sentence: Sentence, i: int, head: int, above: Reading) -> Reading:
    """ "too weak to attack" did not; any other unknown word with "to" points ahead."""
    too = next((c for c in sentence.children[head] if sentence.lower[c] == "too"), None)
    if too is not None:
        return apply_effect(EFFECTS["not so"], too)
    if sentence.lower[i - 2 : i] == ["used", "to"]:
        return PLAIN  # "used to control", "was used to attack"
    to = i - 1 if i and sentence.lower[i - 1] == "to" else head
    if above.sign < 0 and sentence.child(head, "cop") is not None:
        return apply_effect(EFFECTS["open"], *above.cues, to)  # "it would not be wise to arrest him"
    coming = EFFECTS["not coming"] if above.sign < 0 else EFFECTS["coming"]
    return Reading(coming.sign, coming.level, coming.strength * above.strength, (*above.cues, to))


def _adverbial(sentence: Sentence, i: int, head: int, above: Reading, *, opened: bool) -> Reading:
    """Time, reason and manner are taken for granted; a purpose is still to come; results share the fate."""
    marks = [
        sentence.lower[c] for c in sentence.children[i] if sentence.deps[c] in {"mark", "advmod"} and c < i
    ]
    if opened:
        return PLAIN
    if has_to(sentence, i):
        return _infinitive(sentence, i, head, above)
    if "until" in marks and _is_present(sentence, i):
        return apply_effect(EFFECTS["coming"], i)
    if any(mark in _ADVERBIAL_MARKS for mark in marks):
        waits = above.level == PREDICTED and sentence.tags[i] not in _PAST and "because" not in marks
        return above._replace(sign=1) if waits else PLAIN
    if sentence.tags[i] in {"VBG", "VBN"} and i > head and above.level:
        return above._replace(sign=1)
    return PLAIN


def _is_present(sentence: Sentence, i: int) -> bool:
    """ "is defeated", "withdraws": not past."""
    first = next((c for c in sentence.children[i] if sentence.deps[c] in {"aux", "aux:pass", "cop"}), i)
    return sentence.tags[first] in {"VBZ", "VBP"}


def _beside_noun(sentence: Sentence, i: int, head: int, above: Reading, lexicon: CertaintyLexicon) -> Reading:
    """A clause on a noun the lexicon does not know: "a way to leave" points ahead, "bombs dropped" is taken as so.

    "forced families to move" is often parsed as "[forced families] [to move]": the verb before the noun decides.
    """
    if has_to(sentence, i):
        k = head - 1
        while k > 0 and sentence.pos[k] in {"DET", "ADJ", "NOUN", "PROPN", "NUM"}:
            k -= 1
        if k >= 0 and sentence.tags[k] in {"VBD", "VBN", "VBZ", "VBP"}:
            found = lexicon.verbs.get((lexicon.known_lemma(sentence.lemmas[k], sentence.lower[k]), "to"))
            if found is not None and not found.means.fixed:
                return _signed(local_reading(sentence, k, lexicon=lexicon), found, k)
        if above.sign < 0 and sentence.child(head, "cop") is not None:
            return apply_effect(EFFECTS["open"], *above.cues, i - 1)
        coming = EFFECTS["not coming"] if above.sign < 0 else EFFECTS["coming"]
        return Reading(coming.sign, coming.level, coming.strength * above.strength, (*above.cues, i - 1))
    return PLAIN


def _of_new_thing(sentence: Sentence, i: int, head: int, *, lexicon: CertaintyLexicon, depth: int) -> Reading:
    """ "They must reach a deal that ends the war": what does not exist yet has ended nothing."""
    new = any(sentence.lower[c] in {"a", "an"} for c in sentence.children[head])
    if not new or not _is_present(sentence, i):
        return PLAIN
    above = full_reading(sentence, head, lexicon=lexicon, depth=depth + 1, coming_from=i)
    return above._replace(sign=1) if above.level >= PREDICTED else PLAIN


def _relative(sentence: Sentence, i: int, head: int) -> Reading:
    """ "the men who killed him" is taken for granted, "anyone who attacks" and "each town it loses" are left open."""
    if sentence.lower[head] in _OPEN_HEADS:
        return apply_effect(EFFECTS["open"], head)
    each = {"every", "each"} if sentence.tags[i] in {"VBZ", "VBP"} else set[str]()
    free = next((c for c in sentence.children[head] if sentence.lower[c] in {"any", "no"} | each), None)
    return PLAIN if free is None else apply_effect(EFFECTS["open"], free)


def _argument(sentence: Sentence, i: int, head: int, above: Reading) -> Reading:
    """A noun under an unknown word: a new thing ("an attack") shares its fate, a known one ("the attack") does not."""
    if above is PLAIN or (above.sign > 0 and above.level < PREDICTED):
        return PLAIN
    words = {sentence.lower[c] for c in sentence.children[i] if c < i}
    if sentence.tags[i] in {"CD", "$"}:
        return above  # "will start at $500"
    if words & _DEFINITE or any(sentence.deps[c] == "nmod:poss" for c in sentence.children[i]):
        return PLAIN
    if above.sign < 0:
        return above._replace(can=False) if words & {"any", "single"} else PLAIN
    if words & _INDEFINITE or sentence.tags[i] == "NNS" or sentence.deps[i] in {"obj", "nsubj"}:
        return above
    return PLAIN


def _shared(sentence: Sentence, i: int, head: int, *, lexicon: CertaintyLexicon, depth: int) -> Reading:
    """A conjunct stands under the same words above, and shares the first one's own words where grammar does."""
    case = sentence.child(i, "case")
    if case is not None and case < i and sentence.lower[case] in _BESIDE:
        return PLAIN  # "blocked the gates, amid heavy police presence", hung on the gates
    if says_on(sentence, i, head, lexicon):
        return reading_above(sentence, sentence.heads[head], lexicon=lexicon, depth=depth + 1)
    verb = _lost_verb(sentence, i, head)
    if verb is not None:
        return full_reading(sentence, verb, lexicon=lexicon, depth=depth + 1)
    above = reading_above(sentence, head, lexicon=lexicon, depth=depth + 1)
    if any(sentence.deps[c] in _SUBJECTS for c in sentence.children[i]):
        return above
    local = local_reading(sentence, head, lexicon=lexicon)
    if local is PLAIN:
        return above
    joint = next((sentence.lower[c] for c in sentence.children[i] if sentence.deps[c] == "cc"), "")
    if joint == "nor":
        return above  # "neither confirmed nor denied": each has its own "no"
    same_form = sentence.tags[i] == sentence.tags[head] or {sentence.tags[i], sentence.tags[head]} <= _PAST
    if sentence.tags[head] == "VB" and sentence.tags[i] not in _FINITE | _PAST | {"VBG"}:
        same_form = True  # "will hide or relocate" with "relocate" mistaken for an adjective
    own_words = any(sentence.deps[c] in {"aux", "aux:pass", "cop"} for c in sentence.children[i])
    before = all(c < min(i, head) or (sentence.deps[head] != "conj" and c < i) for c in local.cues)
    if not same_form or own_words or not before or sentence.tags[i] in _FINITE - {"VBD"}:
        return above
    if joint in {"but", "yet"} and local.sign < 0:
        local = Reading(1, local.level, local.strength, local.cues) if local.level else PLAIN
    return combine(above, local._replace(can=False) if local.can else local)


def _lost_verb(sentence: Sentence, i: int, head: int) -> int | None:
    """ "to free the men and hand over the town" with "hand" taken for a noun beside "men": the verb it belongs to."""
    if (
        sentence.tags[i] not in {"NN", "JJ", "NNP"}
        or i + 1 >= len(sentence)
        or sentence.pos[i - 1] != "CCONJ"
    ):
        return None
    after = i + 1
    opens = (
        sentence.lower[after] in _PARTICLES or sentence.pos[after] == "DET" or sentence.tags[after] == "PRP$"
    )
    if not opens or sentence.lower[i - 1] == "but":
        return None
    while sentence.pos[head] in _NOUNS and sentence.heads[head] != head:
        head = sentence.heads[head]
    return head if sentence.tags[head] == "VB" and head < i else None
