"""Weighted tables from the answers of each respondent: shares, intervals, and secrecy.

`reading` opens the file, `codebook` what its codes mean, `respondents` checks and codes both, `tallies` counts (Ibis),
`estimates` turns counts into shares and intervals, `secrecy` hides what is too small, `tables` puts it together.
Nothing of a respondent is kept: neither in the database nor on disk.
"""
