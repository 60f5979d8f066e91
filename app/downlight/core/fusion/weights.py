"""Every number of the rule that can be argued about.

Weights are in nats: the natural logarithm of how much likelier something is seen while
the service has a problem than while it has none. They add up. "Measured" names what
was counted; "assumed" says that nobody has counted yet.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

PRIOR: Final = -7.0
"""Log-odds of a problem before anyone is asked. Measured: 59 h of known WhatsApp
trouble in nine and a half years are 0.07 % of the time."""
ENTER: Final = 0.6
"""Log-odds from which there is a problem: two chances in three. Assumed."""
EARLY: Final = -3.0
"""Log-odds from which there are early signs: one chance in twenty. Assumed."""
CONFIRM: Final = 3.5
"""Log-odds from which two kinds of evidence confirm a problem. Assumed."""
SUPPORT: Final = 3.0
"""From this weight on a voice supports that there is a problem. Assumed."""

OFFICIAL_MAJOR: Final = 12.0
"""The official page names a large outage: hardly ever so without one. Assumed."""
OFFICIAL_MINOR: Final = 10.0
"""The official page names some trouble. Assumed."""
OFFICIAL_GREEN: Final = -0.3
"""It names none. Measured: 15 min into real incidents 76 to 100 % of pages are green
still, after 30 min 44 to 74 %."""
OLD: Final = timedelta(hours=6)
"""An incident not written about for longer weighs half. Measured: 99 % of GitHub's
open incidents are written about every 205 min."""
VERY_OLD: Final = timedelta(hours=24)
"""After this it weighs a fifth. Assumed."""
OLD_SHARE: Final = 0.5
"""What is left of an old incident's weight. Assumed."""
VERY_OLD_SHARE: Final = 0.2
"""What is left of a very old incident's weight. Assumed."""
OVERRUN: Final = timedelta(minutes=30)
"""How far planned work may overrun and still explain failures. Assumed."""

SERVER_ERROR: Final = 9.5
"""Every endpoint answers our own check with a server's error. Measured: 5 such blips in
94.5 service-months of Meta's fronts: ln(0.15 / 1e-5)."""
WRONG: Final = 8.0
"""It answers, but not with what the person told us to expect. Assumed: enough to say
"troubled" by itself, as whoever set up such a check wants to know."""
PATH: Final = 6.0
"""None answers, while unrelated places do; paths from homes are noisy. Assumed."""
PATH_LONG: Final = 8.5
"""The same for ten minutes (`LONG`). Assumed."""
SOME: Final = 3.5
"""A part of the endpoints fails. Assumed."""
EXPIRED: Final = 7.0
"""Their certificate has run out: nobody else can do that to them. Assumed."""
UNTRUSTED: Final = 1.0
"""Their certificate is a stranger's: most often somebody on the way. Assumed."""
SLOW: Final = 2.0
"""They answer slowly. Assumed."""
FIRST_SHARE: Final = 1 / 3
"""What the first failed round weighs of a second one. Assumed."""
FRONT_PASS: Final = -0.4
"""A front door answers. Measured: 0 of 2 Meta outages moved one."""
REAL_PASS: Final = -2.5
"""What people need works when we do it. Assumed."""
LONG: Final = timedelta(minutes=9)
"""Failing so long is no blip: the tenth look in a row, a look a minute."""
ONLY_YOU: Final = timedelta(minutes=24)
"""Failing so long while the crowd is calm, it is the own path: the 25th look. The crowd
lags behind own checks by minutes in real outages, and rises over 20 to 50 in partial
ones (measured), so not before."""

PEOPLE_QUIET: Final = -0.8
"""A lively crowd writes no more than usual; it lags by minutes. Assumed."""
PEOPLE_QUIET_SMALL: Final = -0.3
"""The same of a small crowd. Assumed."""
PEOPLE_QUIET_LONG: Final = -3.0
"""The same after our own checks failed for `LONG`. Assumed."""
PEOPLE_RISE: Final = 5.0
"""More than usual. Assumed that this is so in 0.6 % of quiet time, because of other
services' outages: ln(0.95 / 0.006); simulated feeds show a fiftieth of that."""
PEOPLE_STEADY: Final = 9.0
"""Three times the usual for 20 minutes, many people, no sibling in alarm. Assumed."""
PEOPLE_SURGE: Final = 10.0
"""Eight times the usual for five minutes, from many people. Measured in simulation: no
such minute in 48 quiet months: ln(0.5 / 2e-5)."""

LIVELY: Final = 0.5
"""Usual reports per minute from which calm is worth `PEOPLE_QUIET`. Assumed."""
SMALL: Final = 0.05
"""Usual reports per minute below which calm says nothing. Assumed."""
TELLING: Final = 0.3
"""Usual reports per minute from which calm speaks against a failing check of our own.
Assumed."""
RISING: Final = 2.0
"""Standard deviations above the usual, over the last minutes, from which a crowd is not
calm, though it may rise too slowly for an alarm. Measured in simulation: see decision
8."""
FADED: Final = 1.5
"""Times the usual below which this minute is told of as calm again, though what came
before still counts. Assumed."""
STIR: Final = 4.0
"""Strength of the crowd's rise, in nats, from which it is not calm. Assumed."""
SPREAD: Final = 1.3
"""Variance over mean of usual counts. Assumed until it is learnt per feed."""
FEW: Final = 5
"""Fewer people than this are no crowd: a bot writes often. Assumed."""
MANY: Final = 20
"""So many people are a crowd. Assumed."""
SURGE_RATIO: Final = 8.0
"""Times the usual from which a minute counts as a surge. Assumed."""
SURGE_MINUTES: Final = 5
"""Surging minutes in a row that are a surge. Assumed."""
STEADY_RATIO: Final = 3.0
"""Times the usual, in the mean, of a steady rise. Assumed."""
STEADY_MINUTES: Final = 20
"""Risen minutes in a row that are steady. Assumed."""
FLOOD_RATIO: Final = 30.0
"""Times the usual, in the mean, from which people alone say "down". Assumed."""
FLOOD_PEOPLE: Final = 50
"""How many people that takes. Assumed."""
COLD_RATIO: Final = 3.0
"""A country below so many times its usual is not part of a surge. Assumed."""

COUNTRY_FAILS: Final = 6.0
"""Measurements in the person's country fail. Assumed."""
COUNTRIES_FAIL: Final = 4.0
"""They fail in several countries at once, which is no censorship. Assumed."""
COUNTRIES_FINE: Final = -0.5
"""They are fine in several countries. Assumed."""
SEVERAL: Final = 3
"""How many countries are several. Assumed."""
MEASUREMENTS: Final = 5
"""Fewer measurements of a country say nothing. Assumed."""
NETWORKS: Final = 2
"""Failures on fewer networks are one network's trouble. Assumed."""
FAILING_SHARE: Final = 0.5
"""From this share of failures on a country fails. Assumed."""
FINE_SHARE: Final = 0.1
"""Below this share of failures it is fine. Assumed."""
FAILING_AGE: Final = timedelta(hours=48)
"""Older failures say nothing of now. Assumed."""
FINE_AGE: Final = timedelta(hours=2)
"""Older successes say nothing of now. Assumed."""

PARENT: Final = 1.5
"""The platform it stands on has an incident: context only. Assumed."""
SIBLINGS: Final = 1.0
"""Two siblings are in alarm: context only. Assumed."""

USABLE_SHARE: Final = 0.6
"""Share of unrelated places that must answer for the own line to count. Assumed."""
