"""Estimate: from the overlap of lists to how many nobody listed, or a refusal with its reason.

capture.py     the table of patterns that all models read, and its correction for links missed or false
overlap.py     counts per list and pair, and the checks that come before any model
chao.py        a lower bound
loglinear.py   hierarchical log-linear models, averaged
graphs.py      averaging over decomposable graphs
trait.py       a continuous trait of several shapes, with ties between pairs of lists (trait_models, trait_kernels)
latent.py      latent classes (latent_kernels, latent_room, latent_slide, latent_trade)
stacking.py    how much each model counts
intervals.py   all of them side by side and as one, over many capture tables

Pure functions over capture tables. Nothing here reads names, rows or files.
"""
