"""Early warnings from a series: how many people write, how long answers take.

Each is a frozen value with constant memory: what came before is in it, ``after`` gives
the next one. None of them knows an outage from a party; that is weighed elsewhere.

* `baseline`: how many posts a minute are usual at this hour of the week
* `counts`: whether many more people write than usual (a capped CUSUM)
* `latency`: whether a measured time lies outside all that was seen (a novelty band)
* `episode`: one event is reported once; how false alarms are counted

"The study" in these files is the project's own comparison of detectors of 2026-11:
simulated report counts of 36 quiet months and 80 outages of each size, recorded
outages, and the Numenta Anomaly Benchmark (NAB).
"""
