"""The roadmap at the desk: reports, the progress report, programmes and what they are made of."""
