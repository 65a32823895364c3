#!/usr/bin/env python3
"""Chance of losing data over the time of a record: replayed, and by the model fitted to it.

scripts/losses_agree.py REPLAY.json COMPARE.json prints a table; exit code 1 if the intervals of a
strategy do not meet. The replay needs --resample: its interval is over records drawn from the blocks
of this one and over placements; that of the model is over missions and over the stated range of the
inputs (the slowest to the fastest year of the record, where no law fits).
"""
import datetime
import json
import sys


def share(value):
    return f"{100 * value:.3g} %"


def interval(pair):
    return f"[{share(pair[0])}, {share(pair[1])}]"


def over(annual, years):
    return 1 - (1 - min(max(annual, 0), 1)) ** years


def of_model(metric, years):
    """Its value or None, and the hull of its sampling interval and its input range."""
    ends = [list(metric["ci95"])]
    if metric.get("input_range"):
        ends.append(list(metric["input_range"]))
    ends = [[low or 0, 1 if high is None else high] for low, high in ends]
    low = min(pair[0] for pair in ends)
    high = max(pair[1] for pair in ends)
    value = metric["value"]
    return (None if value is None else over(value, years)), [over(low, years), over(high, years)]


def main(replay_file, compare_file):
    replay = json.load(open(replay_file, encoding="utf-8"))
    compare = json.load(open(compare_file, encoding="utf-8"))
    days = [datetime.date.fromisoformat(replay["record"][end]) for end in ("from", "until")]
    years = ((days[1] - days[0]).days + 1) / 365.25
    fitted = {one["name"]: one["metrics"] for one in compare["strategies"]}
    print("| strategy | replayed: records that lose data | fitted model | intervals |")
    print("|---|---|---|---|")
    apart = 0
    for one in replay["strategies"]:
        seen = one["resampled"]["figures"]["loss_probability"]
        metric = fitted[one["name"]]["annual_loss_probability"]
        value, model = of_model(metric, years)
        meet = seen["ci95"][0] <= model[1] and model[0] <= seen["ci95"][1]
        apart += not meet
        shown = "none seen" if value is None else share(value)
        print(f"| {one['name']} | {share(seen['value'])} {interval(seen['ci95'])} "
              f"| {shown} {interval(model)} | {'meet' if meet else 'APART'} |")
    print(f"\nOver {years:.2f} years. Strategies whose intervals do not meet: {apart}.")
    return 1 if apart else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
