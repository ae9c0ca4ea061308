"""The secretariat's screens for surveys: a wave, a file, a series."""
