"""The part of sequences.py about recurrent."""

from . import sequences


def make():
    return sequences.make(sequences.recurrent)
