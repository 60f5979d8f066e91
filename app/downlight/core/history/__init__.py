"""What was: outages we saw, that pages tell of, and that are on public record.

`record` reads the public record; `gathering` and `merging` make one outage of what
several tell (`past`: the values); `calendar` and `figures` count, `figure_words` says
it; `telling` tells one outage, `when` answers "was it down on that day?". What nobody
looked at is not known.
"""
