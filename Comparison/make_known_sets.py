"""Writes what the static reading of scripts knows of scikit-learn's sets of data.

    python Comparison/make_known_sets.py > Sources/Scripts/Arrays/KnownSets+Scikit.swift

Of each column the quantiles in steps of 5 %, of the labels how many rows each class has and whether
they are sorted.
"""

import numpy as np
from sklearn import datasets

HEAD = """/// What is known of scikit-learn's sets of data: quantiles by column in steps of 5 %.
///
/// Made by `Comparison/make_known_sets.py`.
extension KnownSets {
  static let scikit: [String: KnownSet] = [
"""


def number(value):
    return f"{float(value):.4g}"


def row(values, indent):
    text, lines = " " * indent + "[", []
    for value in values:
        piece = number(value) + ", "
        if len(text) + len(piece) > 96:
            lines.append(text.rstrip())
            text = " " * (indent + 1)
        text += piece
    return "\n".join(lines + [text.rstrip(", ") + "],"])


def main():
    print(HEAD, end="")
    steps = np.linspace(0, 1, 21)
    for name in ("iris", "wine", "breast_cancer", "digits", "diabetes"):
        x, y = getattr(datasets, f"load_{name}")(return_X_y=True)
        print(f'    "load_{name}": KnownSet(')
        print(f"      rows: {len(x)},")
        print("      columns: [")
        for column in x.T:
            print(row(np.quantile(column, steps), 8))
        print("      ],")
        if name == "diabetes":
            print("      targets: " + row(np.quantile(y, steps), 8).strip()[:-1])
        else:
            is_sorted = "true" if (np.diff(y) >= 0).all() else "false"
            print(f"      classes: {np.bincount(y).tolist()}, isSorted: {is_sorted}", end="")
            print(", isWhole: true" if name == "digits" else "")
        print("    ),")
    # From the published tables of the set: smallest, quartiles, largest.
    print('    "fetch_california_housing": california,')
    print('    "load_boston": boston,')
    print("  ]\n}")


main()
