"""Microdata at the desk: send a survey's answers and its codebook, look at the weighted tables, publish them."""
