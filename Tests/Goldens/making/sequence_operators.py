"""The part of sequences.py about operators."""

from . import sequences


def make():
    return sequences.make(sequences.operators)
