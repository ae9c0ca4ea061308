"""Words that carry no subject: never indexed in a text, ignored in a question."""

# Folded forms. Grammar first, then the words with which one asks.
_GRAMMAR = """
a ai aie aient aies ait as au aucun aucune aucuns aujourd hui auquel aura aurai auraient aurais aurait auras
aurez auriez aurions aurons auront aussi autre autres aux auxquelles auxquels avaient avais avait avant avec
avez aviez avions avoir avons ayant ayez ayons c ca car ce ceci cela celle celles celui ces cet cette ceux
chaque chez ci comme d dans de dedans dehors deja depuis des desquelles desquels dont donc du duquel durant
e elle elles en encore entre es est et etaient etais etait etant etc ete etes etiez etions etre eu eue eues
eurent eus eusse eut eux fais faisant fait faite faites font faire fera feront fut furent hors ici il ils j
je l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsque lorsqu jusque jusqu puisqu
quoiqu presqu lui m ma mais malgre me meme memes
mes mien mienne miens moi moins mon n ne ni non nos notre nous on ont or ou par parce parmi pas pendant peu
plus plutot pour pourquoi pres puis puisque qu quand que quel quelle quelles quels quelque quelques qui quoi
quoique s sa sans se selon sera serai seraient serais serait seras serez seriez serions serons seront ses si
sien sienne siens sinon soi soient sois soit sommes son sont sous soyez soyons suis sur t ta tandis tant te
tel telle telles tels tes tien toi ton tous tout toute toutes tres tu un une va vais vas vers via vont vos
votre vous vu y
"""
_ASKING = """
comment combien pourquoi quand ou quoi quel quelle quelles quels lequel est peut peux peuvent pouvez
pouvons pourrait pourrais pourra pourrez puis pouvoir dois doit doivent devez devons devrait devrais devoir
faut faudrait fallait veut veux veulent voulez voulons voudrais voudrait vouloir souhaite souhaitez
souhaiterais possible bonjour bonsoir merci svp stp salut cordialement cas sert servent servir appelle appeler
appellent dit dire veulent signifie signifier
"""

STOPWORDS = frozenset((_GRAMMAR + _ASKING).split())
