"""Slugs of the indicators that comparison knows how to read. Any other indicator shows on portraits too.

Whoever imports these figures uses these slugs; the definition (label, unit, source…) comes with the import.
"""

POPULATION = "population"  # loaded with the reference geography
MEDIAN_INCOME = "revenu-median"  # € a year per consumption unit; never summed
POVERTY_RATE = "taux-pauvrete"  # %; never summed
RURALITY = "ruralite"  # category (label of the ANCT grid)
DENSITY = "densite"  # category (label of the INSEE grid in 7 levels)
CENTRALITY = "centralite"  # category (label of the ANCT grid)
ZRR = "zrr"  # category: classée, partiellement classée, non classée
QPV = "quartiers-prioritaires"  # count; 0 only where the source covers the commune
