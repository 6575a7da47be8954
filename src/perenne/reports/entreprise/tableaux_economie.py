"""Tables of the economic model: resources, payers, what leaves with one, the balance sheet and its ratios."""

from __future__ import annotations

from perenne.domain.entreprise.comptes import Affectation
from perenne.domain.entreprise.economie import Economie
from perenne.domain.entreprise.postes import ACTIF, CHARGES, PASSIF, PRODUITS
from perenne.domain.entreprise.ressources import Depart, Part
from perenne.reports.entreprise.phrases import MOTS_POSTES, MOTS_RESSOURCES, euros
from perenne.reports.entreprise.tableaux import mot
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.typographie import avec_unite, composer, nombre

EUROS = '#,##0" €"'


def argent(cents: int | None) -> Cellule:
    """A cell of euros; None is said."""
    if cents is None:
        return Cellule(texte="non connu", genre="absent")
    return Cellule(texte=euros(cents), brut=cents / 100, format=EUROS, genre="nombre")


def chiffre(valeur: float | None, unite: str = "", decimales: int = 1) -> Cellule:
    """A cell of a number; None is said."""
    if valeur is None:
        return Cellule(texte="non connu", genre="absent")
    return Cellule(texte=avec_unite(valeur, unite, decimales), brut=round(valeur, 4), genre="nombre")


def ressources(e: Economie) -> Tableau | None:
    """Money by kind, then what is not money, never added together."""
    r = e.repartition
    if r is None:
        return None
    lignes = [(mot(MOTS_RESSOURCES[p.nom]), argent(p.montant), chiffre(p.part, "%")) for p in r.postes]
    lignes.append((mot("argent reçu ou dû"), argent(r.argent), chiffre(100.0, "%", 0)))
    vide = Cellule(texte="hors argent", genre="absent")
    if r.en_nature:
        lignes.append((mot("aides en nature (valeur estimée)"), argent(r.en_nature), vide))
    if r.benevolat:
        lignes.append((mot("bénévolat (valeur estimée)"), argent(r.benevolat), vide))
    return Tableau(
        ident="ressources",
        legende=composer(f"D'où vient l'argent, exercice {e.exercice.id}"),
        colonnes=(
            Colonne(titre="Sorte de ressource", part=2),
            Colonne(titre="Montant", nombre=True),
            Colonne(titre="Part", nombre=True),
        ),
        lignes=tuple(lignes),
        note=composer(_ecart(e)),
    )


def _ecart(e: Economie) -> str:
    if not e.ecart_produits:
        return ""
    return (
        f"Les comptes montrent {euros(e.ecart_produits, signe=True)} de produits que la liste des payeurs "
        "n'explique pas (produits financiers, reprises, quote-part de subventions d'investissement…)."
    )


def payeurs(e: Economie) -> Tableau | None:
    """Payers, largest first, and the concentration with its formula."""
    r = e.repartition
    if r is None:
        return None
    note = "Payeurs effectifs = 1 / Σ (part²), indice de Herfindahl-Hirschman."
    if r.payeurs_effectifs is not None:
        note = f"L'argent vient comme de {nombre(r.payeurs_effectifs, 1)} payeurs égaux. {note}"
    if r.foules:
        note += " Les payeurs nombreux et non comptés (clients, donateurs) n'y pèsent rien."
    note += (
        " C'est une épreuve, pas une note : les études ne trouvent qu'un effet faible et discuté de la "
        "diversification (méta-analyse de 2019, Nonprofit and Voluntary Sector Quarterly)."
    )
    return Tableau(
        ident="payeurs",
        legende=composer(f"Qui paie, exercice {e.exercice.id}"),
        colonnes=(
            Colonne(titre="Payeur", part=2.4),
            Colonne(titre="Montant", nombre=True),
            Colonne(titre="Part", nombre=True, part=0.7),
            Colonne(titre="Nombre", nombre=True, part=0.7),
        ),
        lignes=tuple((mot(p.nom), argent(p.montant), chiffre(p.part, "%"), _nombre(p)) for p in r.payeurs),
        note=composer(note),
    )


def _nombre(p: Part) -> Cellule:
    if p.nombre == 0:
        return Cellule(texte="beaucoup", genre="absent")
    return Cellule(texte=nombre(p.nombre), brut=p.nombre, genre="nombre")


def departs(e: Economie) -> Tableau | None:
    """Stress tests: the three largest payers leave, one at a time."""
    if e.repartition is None or not e.repartition.departs:
        return None
    lignes = []
    for d in e.repartition.departs:
        tient = "oui" if d.tient else "non" if d.tient is False else "non connu"
        mois = _tenus(d)
        lignes.append(
            (
                mot(d.payeur), argent(-d.perte), argent(d.resultat_apres), argent(d.tresorerie_apres), mois,
                mot(tient, "texte" if d.tient is not False else "alerte"),
            )
        )  # fmt: skip
    return Tableau(
        ident="departs",
        legende="Et si ce payeur partait ? Rien ne le remplace, aucune charge ne baisse",
        colonnes=(
            Colonne(titre="Payeur", part=2),
            Colonne(titre="Perte par an", nombre=True),
            Colonne(titre="Résultat après", nombre=True),
            Colonne(titre="Trésorerie un an après", nombre=True),
            Colonne(titre="Trésorerie épuisée en", nombre=True),
            Colonne(titre="Se paie encore", part=0.8),
        ),
        lignes=tuple(lignes),
        note=composer(
            "Trésorerie un an après = trésorerie nette + capacité d'autofinancement − ce que le payeur "
            "apporte. "
            "C'est une question à mettre sur la table, pas une prévision : des charges baisseraient."
        ),
    )


def _tenus(d: Depart) -> Cellule:
    if d.mois_tenus is None:
        return mot("—" if d.tient else "non connu")
    return mot("déjà épuisée", "alerte") if d.mois_tenus == 0 else chiffre(d.mois_tenus, "mois")


RATIOS = (
    ("Fonds de roulement (FRNG)", "ressources stables − immobilisations nettes"),
    (
        "Besoin en fonds de roulement (BFR)",
        ("stocks + créances + subventions à recevoir − dettes d'exploitation"),
    ),
    ("Trésorerie nette (TN)", "FRNG − BFR = disponibilités − découverts et crédits de trésorerie"),
    ("Mois de trésorerie", "TN ÷ charges décaissées d'un mois"),
    ("FRNG en mois", "FRNG ÷ charges décaissées d'un mois"),
    ("BFR en jours", "BFR ÷ charges décaissées d'un jour"),
    ("Autonomie", "fonds propres ÷ total du bilan"),
    ("Résultat", "produits − charges"),
    ("Capacité d'autofinancement (CAF)", "résultat + charges sans décaissement − produits sans encaissement"),
    ("Remboursement des emprunts", "emprunts ÷ CAF, en années"),
    ("Fonds dédiés", "déjà promis à des projets, compris dans les ressources stables"),
)


def bilan(economies: tuple[Economie, ...]) -> Tableau | None:
    """The figures of each year, each with its formula."""
    lus = [e for e in economies if e.bilan or e.resultat][-3:]
    if not lus:
        return None
    colonnes = [[_ratio(e, n) for n in range(len(RATIOS))] for e in lus]
    return Tableau(
        ident="bilan",
        legende="Ce que disent les comptes",
        colonnes=(
            Colonne(titre="Grandeur", part=1.6),
            *(Colonne(titre=e.exercice.id, nombre=True, part=0.9) for e in lus),
            Colonne(titre="Calcul", part=2.6),
        ),
        lignes=tuple(
            (mot(nom), *(c[n] for c in colonnes), mot(formule)) for n, (nom, formule) in enumerate(RATIOS)
        ),
        note=composer(
            "Il n'y a pas de norme publiée pour les associations : lisez ces chiffres avec les repères "
            "de la grille. "
            "Formules : associatheque.fr, compta-associations.eu, associationmodeemploi.fr ; fonds "
            "dédiés en haut de "
            "bilan : guide du CNAR Financement."
        ),
    )


def _ratio(e: Economie, n: int) -> Cellule:
    b, r, x = e.bilan, e.resultat, e.ratios
    cellules = (
        argent(b.frng if b else None),
        argent(b.bfr if b else None),
        argent(b.tn if b else None),
        chiffre(x.tresorerie_mois, "mois"),
        chiffre(x.frng_mois, "mois"),
        chiffre(x.bfr_jours, "jours", 0),
        chiffre(x.autonomie, "%"),
        argent(r.resultat if r else None),
        argent(r.caf if r else None),
        chiffre(x.remboursement_annees, "ans")
        if not (r and r.caf <= 0)
        else mot("CAF négative ou nulle", "alerte"),
        argent(b.fonds_dedies if b else None),
    )
    return cellules[n]


def detail_comptes(e: Economie) -> Tableau:
    """Every line of the accounts of a year."""
    lignes = []
    for titre, postes in (("Actif", ACTIF), ("Passif", PASSIF), ("Charges", CHARGES), ("Produits", PRODUITS)):
        for p in postes:
            if p in e.exercice.montants:
                lignes.append((mot(titre), mot(MOTS_POSTES[p]), argent(e.exercice.montants[p])))
    return Tableau(
        ident="comptes",
        legende=composer(f"Les comptes de l'exercice {e.exercice.id}, regroupés"),
        colonnes=(
            Colonne(titre="Partie", part=0.7),
            Colonne(titre="Poste", part=2),
            Colonne(titre="Montant", nombre=True),
        ),
        lignes=tuple(lignes),
    )


def activites(e: Economie) -> Tableau | None:
    """Activities by share."""
    if e.activites is None:
        return None
    note = ""
    if e.activites.effectives is not None:
        note = f"L'activité pèse comme {nombre(e.activites.effectives, 1)} activités égales (1 / Σ part²)."
    return Tableau(
        ident="activites",
        legende=composer(f"Ce que rapporte chaque activité, exercice {e.exercice.id}"),
        colonnes=(
            Colonne(titre="Activité", part=2.4),
            Colonne(titre="Produits", nombre=True),
            Colonne(titre="Part", nombre=True, part=0.7),
        ),
        lignes=tuple((mot(p.nom), argent(p.montant), chiffre(p.part, "%")) for p in e.activites.parts),
        note=composer(note),
    )


def affectation(a: Affectation, ident: str) -> Tableau:
    """Where each imported account went."""
    lignes = []
    for c in sorted(a.comptes, key=lambda c: c.solde.compte):
        dit = [c.affectation.note] if c.affectation.note else []
        if c.inverse:
            dit.insert(0, "Solde de l'autre côté.")
        if c.par_libelle:
            dit.insert(0, "Lu d'après son libellé.")
        if c.affectation.confiance == "C":
            dit.append("À vérifier.")
        lignes.append(
            (
                mot(c.solde.compte), mot(c.solde.libelle or "—"), mot(MOTS_POSTES[c.poste]),
                argent(c.montant), mot(c.racine), mot(" ".join(dit) or "—"),
            )
        )  # fmt: skip
    lignes += [
        (
            mot(s.compte),
            mot(s.libelle or "—"),
            mot("laissé de côté", "alerte"),
            argent(s.solde),
            mot("—"),
            mot("—"),
        )
        for s in a.inconnus
    ]
    return Tableau(
        ident=ident,
        legende="Où va chaque compte importé",
        colonnes=(
            Colonne(titre="Compte", part=0.8),
            Colonne(titre="Libellé", part=2),
            Colonne(titre="Poste", part=1.6),
            Colonne(titre="Montant", nombre=True),
            Colonne(titre="Racine", part=0.6),
            Colonne(titre="Remarque", part=2),
        ),
        lignes=tuple(lignes),
    )
