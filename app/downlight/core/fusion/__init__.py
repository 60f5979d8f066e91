"""The rule that weighs: is it me, is it them, or is it my country?

One `rule.step` per moment: `gate` (is the own line usable?) → findings (`voices`,
`own`, `crowd`) → `weighing` (log-odds, severity, places, confidence) → `course` (what
is believed, and what is told). Every number that can be argued about is in `weights`.
"""
