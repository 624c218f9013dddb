"""The part of sequences.py about masks."""

from . import sequences


def make():
    return sequences.make(sequences.masks)
