"""Short forms of given names in English, and the names that they stand for.

Public facts of the language, written down by us; not counted from any list of persons. A short form may stand for
several names, and a name of its own may look like a short form, so these are candidates and never replace what is
written.
"""

from __future__ import annotations

from functools import lru_cache

#: Full name: its short forms.
SHORT_FORMS = """
abraham: abe bram
albert: al bert bertie
alexander: alex alec sandy sandie xander lex
alfred: alf alfie fred
andrew: andy drew
anthony: tony
antony: tony
archibald: archie baldie
arthur: art artie
augustus: gus augie
bartholomew: bart bat
benjamin: ben benny benjy
bernard: bernie barney
catherine: cathy kate katie kitty kit
katherine: kathy kate katie kitty kit
charles: charlie charley chas chuck
christopher: chris kit topher
clement: clem
cornelius: con neil
daniel: dan danny
david: dave davy davie
donald: don donny
dorothy: dot dolly dottie
edmund: ed eddie ned ted
edward: ed eddie ned ted teddy
edwin: ed eddie
eleanor: nell nellie nelly ellie nora
elizabeth: liz lizzie beth betty bess bessie eliza libby elsie lisa
ernest: ernie
ferdinand: ferdie
florence: flo florrie
francis: frank frankie fran
frances: fanny fran
franklin: frank
frederick: fred freddie freddy
frederic: fred freddie freddy
gabriel: gabe
geoffrey: geoff jeff
george: georgie geordie
gerald: gerry jerry
gilbert: gil bert
gregory: greg
harold: harry hal
helen: nell nellie
henry: harry hal hank
herbert: herb herbie bert
horace: horry
hubert: bert hugh
hugh: hughie
isaac: ike zac
isabella: bella isa
jacob: jake
james: jim jimmy jamie jem jimmie
jane: janey jenny
jeffrey: jeff
jeremiah: jerry
john: johnny jack johnnie jock
jonathan: jon
joseph: joe joey jo
joshua: josh
julius: jules
kenneth: ken kenny
lawrence: larry laurie
laurence: larry laurie
leonard: len lenny leo
leopold: leo
lewis: lew lewie
louis: lou louie
lucas: luke
margaret: maggie meg peggy madge daisy greta
martha: patty mattie
martin: marty
mary: molly polly may mamie
matilda: tilly maud
matthew: matt mat
maurice: morrie
michael: mike mick mickey
moses: moe
nathan: nat nate
nathaniel: nat nate
nicholas: nick nicky
oliver: ollie noll
oswald: ozzie
patrick: pat paddy
percival: percy
peter: pete
philip: phil pip
phillip: phil pip
ralph: rafe
randolph: randy
raymond: ray
rebecca: becky
reginald: reg reggie
richard: dick rick richie dickie rich
robert: bob bobby rob robbie bert rab robin
rodney: rod
roderick: rod
roger: rodge hodge
ronald: ron ronnie
rudolf: rudi
samuel: sam sammy
sarah: sally sadie
sidney: sid
sydney: syd
silvester: sly
solomon: sol
stephen: steve steph
steven: steve
susan: sue susie
theodore: ted theo teddy
theresa: tess terry
thomas: tom tommy thom
timothy: tim
tobias: toby
valentine: val
victor: vic
victoria: vicky
vincent: vince
virginia: ginny
wallace: wally
walter: walt wally wat
wilfred: wilf fred
wilhelm: willi
william: will bill billy willie willy
zachary: zach zack
"""


@lru_cache(maxsize=1)
def full_names() -> dict[str, tuple[str, ...]]:
    """Short form -> the names that it may stand for, in the order of the alphabet."""
    found: dict[str, list[str]] = {}
    for line in SHORT_FORMS.split("\n"):
        full, _, short = line.partition(": ")
        for word in short.split():
            found.setdefault(word, []).append(full)
    return {word: tuple(sorted(full)) for word, full in found.items()}
