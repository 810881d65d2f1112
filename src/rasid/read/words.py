"""The small word lists that the sentence cutter knows: abbreviations, words that open a sentence, name particles.

All in lower case and without the final stop. They are closed lists of general English (and the Latin ones that
English uses); a word that is missing here costs one wrong cut, never a wrong quote.
"""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# After these a stop never ends a sentence when a name follows: "Gen. Karim", "St. Mary", "vs. them".
TITLES = _words(
    """adm amb asst atty brig capt card cdr cmdr col comdr comr cpl cpt det dir dr eng esq fr gen gov hon insp
    lt maj messrs mc mgr min mlle mme mr mrs ms mt msgr mx pfc pres prof pte pvt rep repr rev rt sen sgt sheik
    spc spokesp sr st supt vs viz cf eg ie e.g i.e al mssrs ft pt undersec sec"""
)

# After these a stop never ends a sentence when a number follows: "No. 5", "p. 12", "Art. 3", "Jan. 4".
BEFORE_NUMBERS = _words(
    """no nos nr p pp art arts ch chap sec fig figs vol vols para paras par res doc docs ann app bldg apt rm
    op al ca c approx circa est v rev ed jan feb mar apr jun jul aug sep sept oct nov dec tel ext item sect
    cl reg regs ser wg st hwy rte km ft"""
)

# A stop after these ends a sentence only if a word follows that opens sentences: "in Jan. The army", "5 p.m. He".
UNSURE = _words(
    """jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    inc ltd co corp bros llc plc cie jr sr etc ave blvd rd sq hwy dept depts govt gov univ assn assoc inst
    int intl natl nat lat long approx incl excl est max misc temp prov gvt dist pop ed eds orig resp
    trans vol hq ph.d m.d b.a m.a a.m p.m a.d b.c d.c u.s u.n u.k e.u u.s.a u.a.e u.s.s.r n.y l.a
    ret cont tel ext ft oz lb lbs hr hrs sec secs yr yrs wk wks mo mos ref refs"""
)

# Words that often open an English sentence and are seldom part of a name.
OPENERS = _words(
    """the a an this that these those there here he she it they we you i his her its their our my your who what when
    where why how which if in on at by for from to of with without under over after before during since until while
    as although though because but and or so yet however meanwhile moreover nevertheless also all any some many most
    more several few no not none nobody nothing never only even just still then now today yesterday tomorrow later
    earlier according both each every another other others one two three four five six seven eight nine ten
    about between among against despite is are was were has have had do does did can could will would may might must
    should let please such instead thus therefore hence once perhaps maybe last next"""
)

# Endings that make a string with stops in it a file name or an address rather than two sentences.
FILE_AND_DOMAIN_ENDINGS = _words(
    """com org net info edu gov mil int eu uk us fr de ru sy iq ir il lb jo tr ua ps sa ae eg ye ly sd pk af me tv io
    co biz news blog site online pdf doc docx xls xlsx csv txt md htm html xml json zip gz rar jpg jpeg png gif mp3
    mp4 avi mov eml mbox odt rtf ppt pptx php asp aspx js"""
)

# "al Raqqa", "al-Bab", "el-Fasher": lower case, yet they open a sentence when a name follows.
PARTICLES = r"(?:a[ln]|el|ar|as|ash|at|ad|az|ibn|abu)[-‐‑'’](?=\w)|(?:al|el|abu|ibn)\s+(?=[A-Z])"
