"""Short forms of given names in English, and forms of the same name in other languages of Europe.

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

#: English name: the same name in other languages, and other spellings that sound alike. Writers translate the names of
#: persons of other countries and earlier times.
OTHER_LANGUAGES = """
adelaide: adele adelheid
agnes: ines agnese
alan: allan allen alain
albert: alberto albrecht
alexander: alexandre alejandro alessandro aleksandr alasdair alistair iskander
alfred: alfredo
alice: alicia alix alison
andrew: andre andreas andrea andrei andres anders
anne: anna ann annie hannah nancy nan
anthony: antoine anton antonio antonius
arnold: arnaud arnaldo
arthur: arturo artur
augustus: auguste augusto august
benjamin: benjamino binyamin
bernard: bernardo bernhard
bertram: bertrand
catherine: caterina catalina katharina katrina caitlin ekaterina
charles: karl carl carlos carlo karel
charlotte: carlotta lottie
christian: kristian christiaan
christopher: christophe cristobal kristoffer
claude: claudio claudius
conrad: konrad
daniel: daniele daniil
david: davide dafydd dewi
edmund: edmond edmundo
edward: edouard eduard eduardo edoardo
eleanor: eleonora leonora elinor
elizabeth: elisabeth isabel isabelle elspeth elisabetta betsy
emily: emilia emilie
eric: erich erik
ernest: ernst ernesto
eugene: eugen eugenio
eve: eva evie
ferdinand: fernando hernando
frances: francesca francoise francisca franziska
francis: franz francesco francisco francois ferenc
frederick: friedrich federico frederik frederic fritz
geoffrey: godfrey gottfried geoffroy jeffrey
george: georg georges jorge giorgio jurgen yuri
gerard: gerhard gerardo
gregory: gregor gregoire gregorio
guy: guido
harriet: henrietta hattie
helen: helena helene elena ellen
henry: heinrich henri enrique enrico hendrik henrik
hugh: hugo ugo huw hughes
isaac: isaak itzhak
isabella: isabel isabelle
jacob: jakob jaap
james: jacques jaime seamus hamish giacomo diego iago
jane: jean joan janet joanna johanna jeanne giovanna juana
jerome: hieronymus geronimo
john: jean johann johannes jan juan giovanni ivan ian sean hans evan ioan joao
joseph: josef giuseppe jose yosef beppe
julia: juliana julie giulia
julian: julien giuliano
katherine: katharina katrina catalina
laurence: laurent lorenz lorenzo
lawrence: laurent lorenz lorenzo
leonard: leonhard leonardo
leopold: leopoldo
lewis: louis ludwig luis luigi
louis: ludwig luis luigi lodewijk
louise: louisa luise luisa
lucy: lucia lucie luz
luke: lucas luca
margaret: margarita marguerite margarete margherita gretchen marjorie
mark: marcus marc marco markus
martha: marta marthe
martin: martino maarten
mary: maria marie miriam mair maureen
matthew: mathieu matteo mateo matthias mattheus
maurice: moritz mauricio maurizio morris
michael: michel miguel michele mikhail michiel
nicholas: nicolas nikolaus niccolo nikolai klaus
oliver: olivier oliviero
patrick: patricio padraig patrizio
paul: pablo paolo pavel pauline
peter: pierre pedro pietro piotr piers pieter petrus
philip: philippe felipe filippo philipp
ralph: raoul rolf raul
raymond: ramon raimondo raimund
reginald: reinhold reynold
richard: ricardo riccardo rikard
robert: roberto rupert ruprecht
roger: ruggero rogelio
rudolph: rodolfo rudolf rolf
samuel: samuele
sarah: sara sarai
sophia: sophie sofia
stephen: stefan etienne esteban stefano istvan steffen
susan: susanna suzanne susannah
sylvester: silvestre silvester
theodore: theodor teodoro fyodor
theresa: teresa therese
thomas: tomas tommaso
timothy: timothee timoteo
valentine: valentin valentino
victor: viktor vittorio
vincent: vincenzo vicente vinzenz
walter: gautier walther gualtiero
william: wilhelm guillaume guillermo guglielmo gwilym liam willem
"""


@lru_cache(maxsize=1)
def full_names() -> dict[str, tuple[str, ...]]:
    """Short or foreign form -> the names that it may stand for, in the order of the alphabet."""
    found: dict[str, set[str]] = {}
    for line in (SHORT_FORMS + OTHER_LANGUAGES).split("\n"):
        full, _, others = line.partition(": ")
        for word in others.split():
            found.setdefault(word, set()).add(full)
    return {word: tuple(sorted(full)) for word, full in found.items()}
