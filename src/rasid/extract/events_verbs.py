"""Who stands in which grammatical place of a verb: subject, object, by, and each preposition."""

from __future__ import annotations

from rasid.extract.events_edges import without_time
from rasid.extract.events_phrases import calendar, preposition
from rasid.extract.events_words import coordinated_left, is_passive
from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
_MANNER = listed("dozen hundred thousand score million force hand night day")  # "killed by the dozen"
# "the widow of a man killed", "pictures of the men shot": what was done was done to the other one.
_OF_OTHERS = listed(
    "daughter son wife husband widow widower father mother brother sister parent parents child family relative friend "
    "friends relatives lawyer photo photograph picture pictures image images video footage list name names body bodies "
    "remains funeral home house homes houses help outreach memory number fate case cases story stories trial killer"
)
_RECEIVING = listed(
    "get receive pay win serve face spend earn take have be"
)  # "gets ten years for killing": he who gets
_SAYING = listed(
    "say announce report state add claim confirm tell disclose reveal indicate declare note charge allege"
)
_TELLING = listed(
    "rumour rumor claim report news allegation accusation suggestion notion idea belief fear hope fact evidence proof "
    "sign statement story view impression assertion theory suspicion"
)
_DEPTH = 6  # clauses climbed for a shared subject

Places = dict[str, int]  # grammatical place -> head token of what stands there


def verb_places(s: Sentence, i: int, form: str, *, transitive: bool = True) -> Places:
    """The places of verb `i`, passives turned round: the object of "was killed by X" is the one killed."""
    passive = transitive and is_passive(s, i, form)
    places: Places = {}
    subject = own_subject(s, i)
    left = coordinated_left(s, i)
    if subject is None and left is not None:
        subject = own_subject(s, left)
        if subject is None and passive:
            subject = inherited_subject(s, left, passive=passive)  # "citizens taken and killed"
        if subject is not None:
            subject = _antecedent(s, left, subject)
    if subject is None and left is None:
        subject = inherited_subject(s, i, passive=passive)
    _put_oblique(s, i, places)
    obj = next((c for c in s.all_children(i, "obj") if s.child(c, "case") is None), None)
    if obj is None and s.deps[i] == "amod" and left is not None and s.heads[i] > i:
        obj = s.heads[i]
    if obj is not None:
        obj = without_time(s, obj)
    if passive:
        _set(places, "object", _counted_before(s, i) or subject)
        _set(places, "subject", _agent(s, i, places))
        if obj is not None and "object" not in places:
            places["object"] = obj
    else:
        _set(places, "subject", subject)
        if obj is None:
            obj = _shared_object(s, i)
        _set(places, "object", obj if obj is not None else _contact_object(s, i))
    _relative(s, i, places, passive=passive)
    if "object" in places:
        _put_oblique(s, places["object"], places, only_missing=True)
    return places


def _contact_object(s: Sentence, i: int) -> int | None:
    """ "Seven bases the army has built along the river": the counted noun right before the subject is the object.

    Parsers lose this clause often, since nothing marks it; so it is read from the order of the words alone.
    """
    ends = (
        i + 1 >= len(s)
        or s.pos[i + 1] in {"ADP", "PUNCT", "ADV"}
        or s.lower[i + 1] in {"were", "are", "have"}
    )
    if not ends or i < 4 or s.lower[i - 1] not in {"has", "have", "had"}:
        return None
    subject = i - 2
    while (
        subject > 1
        and s.pos[subject - 1] in {"PROPN", "DET", "ADJ"}
        and s.pos[subject] in {"PROPN", "NOUN", "ADJ"}
    ):
        subject -= 1
    noun = subject - 1
    if noun < 1 or s.pos[subject] not in {"PROPN", "DET", "PRON"} or not s.lower[noun].endswith("s"):
        return None
    counted = any(
        s.pos[k] == "NUM" or s.lower[k] in {"many", "several"} for k in range(max(0, noun - 3), noun)
    )
    return noun if counted and s.pos[noun] in {"NOUN", "VERB"} else None


def _counted_before(s: Sentence, i: int) -> int | None:
    """ "The toll is 12 soldiers killed": the counted noun right before the participle, parsed as an adverb."""
    before = i - 1
    if before < 1 or s.heads[before] != i or s.deps[before] not in {"obl:unmarked", "nmod:unmarked", "obl"}:
        return None
    return before if s.pos[before] == "NOUN" and s.child(before, "nummod") is not None else None


def _set(places: Places, place: str, token: int | None) -> None:
    if token is not None:
        places[place] = token


def own_subject(s: Sentence, i: int) -> int | None:
    """The subject that hangs on the verb, or on the predicate noun that it helps.

    Of two with a verb between them it is the nearer one: the other belongs to a clause that was misread.
    """
    before = [c for c in s.all_children(i, "nsubj", "nsubj:pass") if c < i]
    if len(before) > 1:
        between = range(before[0], before[-1])
        if any(s.tags[k] in {"VBD", "VBZ", "VBP"} and not s.labels[k] for k in between):
            return before[-1]
    return s.child(i, *_SUBJECTS)


def inherited_subject(s: Sentence, i: int, *, passive: bool, depth: int = _DEPTH) -> int | None:
    """The subject of the clause above, where grammar says that it is shared (control, raising, coordination)."""
    head, dep = s.heads[i], s.deps[i]
    if head == i or depth == 0:
        return None
    if dep == "acl":
        mark = s.child(i, "mark", "case")
        if s.deps[head] == "obl:agent" and mark is not None and s.lower[mark] == "of":
            return own_subject(s, s.heads[head])  # "X is accused by Y of having shelled"
        if s.tags[i] in {"VBN", "VBD"}:
            return _nearest_person(s, i, head)
        if s.tags[i] == "VBG" and (mark is None or s.lower[mark] != "to"):  # "with a view to dismantling"
            return head
        return _plan_holder(s, head) if not _is_headline_plan(s, i, head) else head
    if dep == "acl:relcl":
        return None if _says_where(s, i) else _person_before_who(s, i, head)
    if dep == "amod" and s.pos[head] in {"NOUN", "PROPN"}:
        return _before_comma(s, i) if _is_behind_comma(s, i, head) else head
    if dep not in {"conj", "xcomp", "advcl", "ccomp", "parataxis"} or s.pos[head] not in {
        "VERB",
        "ADJ",
        "NOUN",
        "AUX",
    }:
        return None
    if dep == "advcl" and s.child(i, "mark") is not None and s.tags[i] not in {"VBG", "VB", "VBN"}:
        return None
    if dep in {"ccomp", "parataxis"} and s.tags[i] not in {"VB", "VBG"}:
        return None
    obj = s.child(head, "obj", "iobj")
    if obj is None and s.lemmas[head] in {"call", "appeal"}:
        obj = next((c for c in s.children[head] if c < i and preposition(s, c) in {"on", "upon", "to"}), None)
    asked = dep == "advcl" and s.tags[i] == "VB" and s.lemmas[head] in {"call", "appeal"}
    if (dep in {"xcomp", "ccomp"} or asked) and obj is not None and obj < i and s.pos[head] == "VERB":
        return obj
    accused = dep == "advcl" and s.tags[i] == "VBG" and obj is not None and _accuses(s, i)
    if accused and s.lemmas[head] not in _RECEIVING:
        return obj
    told = _teller_of(s, i, head) if dep in {"conj", "advcl"} else None
    if told is not None:
        return told
    above = own_subject(s, head)
    if above is not None:
        return _antecedent(s, head, above)
    return inherited_subject(s, head, passive=passive, depth=depth - 1)


def _teller_of(s: Sentence, i: int, head: int) -> int | None:
    """ "The minister said that gunmen seized a nurse, killed a guard and fled": the gunmen killed him."""
    if s.lemmas[head] not in _SAYING:
        return None
    said = next((c for c in s.all_children(head, "ccomp", "parataxis") if head < c < i), None)
    return (
        None if said is None or s.tags[i] != "VBD" or s.child(i, "mark") is not None else own_subject(s, said)
    )


def _is_behind_comma(s: Sentence, i: int, head: int) -> bool:
    """ "..., arresting opponents, a spokeswoman said": the parser takes her for the one who arrests."""
    first = head
    while first > i + 1 and s.pos[first - 1] in {"DET", "ADJ", "NOUN", "PROPN", "NUM"}:
        first -= 1
    return head > i and s.words[first - 1] == ","


def _before_comma(s: Sentence, i: int) -> int | None:
    """The subject of the main clause before the participle, which it shares."""
    root = s.root()
    return own_subject(s, root) if root < i and s.pos[root] == "VERB" else None


def _says_where(s: Sentence, i: int) -> bool:
    """ "the incident in which", "the town where": the noun above is where it happened, not whom it happened to."""
    for c in s.children[i]:
        if c < i and (s.lower[c] in {"where", "when"} or (s.lower[c] in _RELATIVE and preposition(s, c))):
            return True
    return False


def gerund_subject(s: Sentence, i: int) -> int | None:
    """Who does the -ing form `i` that was tagged as a noun: "accused X of shelling", "Y responded by shelling"."""
    if i == 0 or s.pos[i - 1] not in {"ADP", "SCONJ"}:
        return None
    for j in range(i - 2, max(-1, i - 12), -1):
        if s.pos[j] == "VERB":
            obj = s.child(j, "obj")
            if s.lower[i - 1] in {"of", "from", "for"} and obj is not None and obj < i:
                return obj
            return own_subject(s, j)
    return None


def _accuses(s: Sentence, i: int) -> bool:
    """ "accuse X of shelling", "prevent X from leaving": the object of the verb above does it."""
    mark = s.child(i, "mark", "case")
    return mark is not None and s.lower[mark] in {"of", "from", "for"}


def _plan_holder(s: Sentence, noun: int) -> int | None:
    """Who has the plan in "its plan to attack" and in "they made plans to attack"."""
    poss = s.child(noun, "nmod:poss")
    if poss is not None:
        return poss
    by = next((c for c in s.all_children(noun, "nmod") if preposition(s, c) == "by"), None)
    if by is not None:
        return by  # "an attempt by X to enter"
    if s.deps[noun] in {"obj", "obl"} and s.pos[s.heads[noun]] == "VERB":
        return own_subject(s, s.heads[noun])
    return None


def _antecedent(s: Sentence, verb: int, subject: int) -> int:
    """The noun that a relative pronoun stands for."""
    if s.lower[subject] in _RELATIVE and s.deps[verb] in {"acl:relcl", "acl"}:
        return _person_before_who(s, verb, s.heads[verb])
    return subject


def _person_before_who(s: Sentence, verb: int, above: int) -> int:
    """ "The deeds of Karim Odeh, who shot ...": the person right before "who", whatever the parse hangs it on."""
    who = next((c for c in s.children[verb] if c < verb and s.lower[c] == "who"), None)
    if who is None or s.labels[above] == "PERSON":
        return above
    last = who - 1 - (s.words[who - 1] == ",")
    if last <= above or s.labels[last] != "PERSON":
        return above
    while s.labels[s.heads[last]] == "PERSON" and above < s.heads[last] < last:
        last = s.heads[last]
    return last


def _nearest_person(s: Sentence, i: int, head: int) -> int:
    """ "The daughter of a hostage beheaded by X", "no help to the villagers hit": the person right before."""
    near = i - 1
    while near > head and s.pos[near] == "PROPN" and s.heads[near] > head and s.heads[near] < near:
        near = s.heads[near]
    below = near > head and s.heads[near] == head and s.deps[near] == "nmod"
    if not below or s.pos[near] not in {"NOUN", "PROPN", "PRON"}:
        return head
    of_others = s.lemmas[head] in _OF_OTHERS
    return (
        near
        if of_others or (s.labels[near] == "PERSON" and not s.labels[head] and s.tags[head] == "NN")
        else head
    )


def _is_headline_plan(s: Sentence, i: int, head: int) -> bool:
    """ "City police to stop arresting beggars": a headline says "will" so."""
    return s.deps[head] == "root" and s.lower[head + 1] == "to" and s.heads[head + 1] == i


def _agent(s: Sentence, i: int, places: Places) -> int | None:
    agent = s.child(i, "obl:agent")
    if agent is None:
        agent = places.get("by")
    if agent is not None and s.lower[agent] in calendar():
        return None
    if agent is not None and s.lemmas[agent] in _MANNER and s.child(agent, "nmod") is None:
        return None
    return agent


def _shared_object(s: Sentence, i: int) -> int | None:
    """ "killed and wounded 12 people": the first verb borrows the object of the one that follows it."""
    for c in s.all_children(i, "conj"):
        if s.pos[c] == "VERB" and c - i <= 3 and own_subject(s, c) is None:
            return s.child(c, "obj")
    right = i + 2
    if (
        right < len(s)
        and s.deps[right] == "amod"
        and coordinated_left(s, right) == i
        and s.heads[right] > right
    ):
        return s.heads[right]
    return None


def _put_oblique(s: Sentence, i: int, places: Places, *, only_missing: bool = True) -> None:
    """Each preposition below `i` and its noun."""
    for c in s.children[i]:
        oblique = s.deps[c].startswith(("obl", "nmod")) and s.deps[c] != "nmod:poss"
        if not oblique and s.deps[c] == "obj" and s.child(c, "case") is not None:
            oblique = True  # "driven the group out of the valley": a second object with a preposition is none
        if oblique and c > 0:
            name = preposition(s, c)
            if name in {"at", "by"} and s.lower[c] in {"hand", "hands"}:  # "died at the hands of the militia"
                holder = s.child(c, "nmod", "nmod:poss")
                if holder is not None:
                    places.setdefault("by", holder)
                    continue
            if name and (not only_missing or name not in places):
                places[name] = c
        elif s.deps[c] == "advcl" and s.lower[c] == "using" and (obj := s.child(c, "obj")) is not None:
            places.setdefault("using", obj)


def _not_but(s: Sentence, noun: int) -> int:
    """ "It was the army, not the rebels, that shelled": the one before the "not"."""
    denied = any(s.lower[c] == "not" and c < noun for c in s.children[noun])
    return s.heads[noun] if denied and s.deps[noun] in {"conj", "appos"} and s.heads[noun] < noun else noun


def _relative(s: Sentence, i: int, places: Places, *, passive: bool) -> None:
    """Put the noun above in the place of the relative pronoun, or in the place left open without one."""
    if s.deps[i] not in {"acl:relcl", "acl"} or s.heads[i] == i:
        return
    above = _not_but(s, s.heads[i])
    told = s.lemmas[above] in _TELLING and s.lower[i - 1 : i] != ["that"]
    if told and any(s.lower[c] == "that" for c in s.children[i]) and own_subject(s, i) is not None:
        for place in [p for p, t in places.items() if s.lower[t] == "that" or t == above]:
            del places[place]  # "the rumour that we killed him": the rumour is no party
        return
    for place, token in list(places.items()):
        if s.lower[token] in _RELATIVE and s.heads[token] == i:
            places[place] = _person_before_who(s, i, above)
    if s.deps[i] == "acl:relcl" and not passive:
        own = own_subject(s, i)
        has_subject = own is not None and s.lower[own] not in _RELATIVE
        if has_subject and places.get("subject") == above:
            del places["subject"]
        if has_subject and "object" not in places:
            places["object"] = above
