#!/usr/bin/python3
"""Finds the widths of baselines/fahana.cc: which channels give exactly Table I's parameter count?

The blocks and their order are fixed below (stem, MB, DB, RB, CB, classifier). Every width is a multiple of 8, none
shrinks with depth, MB blocks expand six times. The last width enters the count linearly, so it is solved for and not
searched. Of all solutions the one nearest to plain doubling widths is printed first.

    python3 baselines/fahana_widths.py [COUNT]
"""

import itertools
import math
import sys

NOMINAL = (32, 32, 48, 96, 192, 384, 448)  # what a designer would write down; the last one is solved for
EXPANSION = 6


def bn(c):
    return 2 * c


def mb(i, o):
    h = EXPANSION * i
    return i * h + bn(h) + 9 * h + bn(h) + h * o + bn(o)


def db(i, o):
    return 9 * i + bn(i) + i * o + bn(o)


def rb(i, o, stride):
    shortcut = i * o + bn(o) if stride != 1 or i != o else 0
    return 9 * i * o + bn(o) + 9 * o * o + bn(o) + shortcut


def cb(i, o):
    return 9 * i * o + bn(o)


def before_last(w):
    """Parameters of everything but the last CB and the classifier."""
    count = 27 * w[0] + bn(w[0])
    count += mb(w[0], w[1])                    # 112 px
    count += mb(w[1], w[2]) + 2 * mb(w[2], w[2])   # 56 px
    count += db(w[2], w[3]) + 2 * db(w[3], w[3])   # 28 px
    count += rb(w[3], w[4], 2) + 2 * rb(w[4], w[4], 1)  # 14 px
    count += cb(w[4], w[5])                    # 7 px
    return count


def choices(nominal):
    low, high = 8 * math.ceil(nominal * 0.6 / 8), int(nominal * 1.5)
    return range(low, high + 1, 8)


def distance(w):
    """Mean squared deviation from the nominal widths on a log scale, plus a small price for odd multiples of 8."""
    off = sum(math.log2(a / b) ** 2 for a, b in zip(w, NOMINAL))
    return off + 0.01 * sum(1 for a in w if a % 16)


def solutions(count):
    for w in itertools.product(*(choices(n) for n in NOMINAL[:-1])):
        if list(w) != sorted(w):
            continue
        rest = count - 2 - before_last(w)
        each = 9 * w[-1] + 2 + 2  # convolution, batch norm, classifier: per channel of the last width
        if rest > 0 and rest % (8 * each) == 0 and w[-1] <= rest // each <= 1024:
            yield w + (rest // each,)


if __name__ == "__main__":
    target = int(sys.argv[1]) if len(sys.argv) > 1 else 5_532_866
    found = sorted(solutions(target), key=distance)
    print(f"{len(found)} solutions")
    for widths in found[:10]:
        print(widths, round(distance(widths), 3))
