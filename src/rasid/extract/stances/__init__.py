"""Documents beside a claim: which agree, which disagree, which only discuss it, and the sentence that decides.

words    text -> words and stems            cues     words -> refutation, denial, doubt, report, negation
pieces   passages, cut once                 relate   how much of the claim a text speaks of
shelf    which documents are about it       bearing  one passage beside the claim
judge    one document                       table    documents and passages -> rows
reasons  why, in one sentence               arguments  for or against a claim by argument (learned)
"""

from rasid.extract.stances.table import DOCUMENT_STANCES, read_stances

__all__ = ["DOCUMENT_STANCES", "read_stances"]
