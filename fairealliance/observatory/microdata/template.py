"""A codebook to fill in: one example of each kind of line."""

TEMPLATE = """\
colonne;role;libelle;code;libelle_code;manquant;multiple;question;correspondance
poids;poids;Pondération;;;;;;
acteur;acteur;Qui répond;1;Maires et élus locaux;;;;mayors
acteur;acteur;;2;Dirigeants d’entreprise;;;;companies
acteur;acteur;;3;Responsables associatifs;;;;associations
region;territoire;Région;;;;;;region
region;territoire;;11;Île-de-France;;;;
region;territoire;;53;Bretagne;;;;
taille;groupe;Taille de la commune;1;Moins de 2 000 habitants;;;;
taille;groupe;;2;2 000 habitants et plus;;;;
Q1;question;Faut-il que les acteurs du territoire agissent ensemble ?;1;Oui;;;;
Q1;question;;2;Non;;;;
Q1;question;;9;Ne se prononce pas;oui;;;
Q2;question;Avec qui agissez-vous ? (plusieurs réponses, séparées par une barre dans la case);1;Des associations;;oui;;
Q2;question;;2;Des entreprises;;;;
Q3_1;question;Des locaux;1;;;;Q3;
Q3_2;question;Du temps;1;;;;Q3;
"""
