"""The part of sequences.py about attention."""

from . import sequences


def make():
    return sequences.make(sequences.attention)
