#!/usr/bin/env python3
"""How cost grows with the fleet: the table of tests/bench/growth_bench.cpp and its picture.

scripts/plot_growth.py GROWTH.csv PICTURE.svg prints the table with an exponent for each column (the
slope from the smallest to the largest fleet, both axes logarithmic) and writes the picture; exit code
1 if an exponent is above 1.05.
"""
import csv
import math
import sys

COLUMNS = [("compile_s", "compile, s", "#0b6e99"), ("mission_year_s", "a mission-year, s", "#b3541e"),
           ("loss_to_20pct_s", "a loss to 20 %, s", "#5b7f2b"), ("rss_mb", "memory, MB", "#6b4c9a")]
MOST = 1.05
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 400, 60, 50, 20, 160


def exponent(first, last, column):
    steps = math.log(float(last["disks"]) / float(first["disks"]))
    return math.log(float(last[column]) / float(first[column])) / steps


def table(rows):
    print("| disks | " + " | ".join(name for _, name, _ in COLUMNS) + " |")
    print("|---" * (len(COLUMNS) + 1) + "|")
    for row in rows:
        cells = [f"{float(row[column]):.3g}" for column, _, _ in COLUMNS]
        print(f"| {int(row['disks']):,} | " + " | ".join(cells) + " |")
    cells = [f"{exponent(rows[0], rows[-1], column):.2f}" for column, _, _ in COLUMNS]
    print("| exponent | " + " | ".join(cells) + " |")


def picture(rows):
    sizes = [math.log10(float(row["disks"])) for row in rows]
    values = [math.log10(float(row[column])) for row in rows for column, _, _ in COLUMNS]
    low, high = math.floor(min(values)), math.ceil(max(values))
    first, last = min(sizes), max(sizes)

    def x(size):
        return LEFT + (size - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def y(value):
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - BOTTOM - TOP)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
           'font-family="sans-serif" font-size="12">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    for power in range(low, high + 1):
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(power):.1f}" y2="{y(power):.1f}" '
                   'stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 6}" y="{y(power) + 4:.1f}" text-anchor="end">'
                   f'{10.0 ** power:g}</text>')
    for row, size in zip(rows, sizes):
        out.append(f'<text x="{x(size):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
                   f"{int(row['disks']):,}</text>")
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">'
               'disks</text>')
    # Labels keep their distance.
    ends = sorted((y(math.log10(float(rows[-1][c]))), c, name, ink) for c, name, ink in COLUMNS)
    label = -math.inf
    for end, column, name, ink in ends:
        points = " ".join(f"{x(size):.1f},{y(math.log10(float(row[column]))):.1f}"
                          for row, size in zip(rows, sizes))
        out.append(f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="2"/>')
        label = max(end, label + 16)
        out.append(f'<text x="{WIDTH - RIGHT + 8}" y="{label + 4:.1f}" fill="{ink}">{name}</text>')
    out.append("</svg>")
    return "\n".join(out) + "\n"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: float(row["disks"]))
    if len(rows) < 2:
        sys.exit(f"{sys.argv[1]}: a line for each of two fleets is needed; the benchmark writes them")
    table(rows)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write(picture(rows))
    return any(exponent(rows[0], rows[-1], column) > MOST for column, _, _ in COLUMNS)


if __name__ == "__main__":
    sys.exit(main())
