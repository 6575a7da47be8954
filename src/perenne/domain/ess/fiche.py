"""One enterprise of the atlas, as read: codes and dates, no sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Raison:
    """One reason of the verdict.

    Attributes:
        raison: `forme`, `mention`, `ess-france`, `esus`, `siae` or `rna`.
        valeur: the code that was read.
        sens: `pour`, `contre` or `neutre`.
        source, date: where and when; the date is the year of the source when the row has none.
        fin: end of validity, empty when there is none.
    """

    raison: str
    valeur: str
    sens: str
    source: str
    date: str
    fin: str


@dataclass(frozen=True, kw_only=True)
class Lien:
    """A pairing with the other register.

    Attributes:
        autre: number of the other one.
        methode: `numero`, `siret` or `nom-commune`.
        confiance: in [0, 1], an ordering agreed upon.
        statut: `retenu` or `doublon-possible`.
    """

    autre: str
    methode: str
    confiance: float
    statut: str


@dataclass(frozen=True, kw_only=True)
class Inscription:
    """A list that names the enterprise."""

    registre: str
    categorie: str
    nom: str
    date: str
    source: str


@dataclass(frozen=True, kw_only=True)
class IndiceActivite:
    """What shows an activity.

    Attributes:
        champ: `nom`, `sigle`, `texte` (the declared purpose), `nom-liste`, `texte-liste`, `registre`,
            `service`, `naf`, `waldec`, `modele` or `decision`.
        mots: the words found, the code, the type or the theme; empty for a decision.
        debut, fin: place of the words in the field; None elsewhere.
        motif: the pattern that found them.
        registre, reference, source: the list that says so, or whose words they are.
        date: of the row of the list, or of the decision; `role`, who decided.
    """

    champ: str
    mots: str = ""
    debut: int | None = None
    fin: int | None = None
    motif: str = ""
    registre: str = ""
    reference: str = ""
    source: str = ""
    date: str = ""
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class ActiviteReconnue:
    """One activity of social utility.

    Attributes:
        confiance: `haute`, `moyenne` or `faible`.
        origines: among `decision`, `registre`, `texte`, `code`; the most authoritative first.
    """

    activite: str
    confiance: str
    origines: tuple[str, ...]
    indices: tuple[IndiceActivite, ...]


@dataclass(frozen=True, kw_only=True)
class Etablissement:
    """One establishment.

    Attributes:
        precision_source: `insee` when the precision is that of its geolocation; empty for one guessed.
        qpv_insee: quarter that INSEE's geolocation gives, `hors`, or empty; `qpv_insee_qualite`: `sur`,
            `probable` or `aleatoire`.
    """

    siret: str
    siege: bool
    etat: str
    nom: str
    adresse: str
    code_postal: str
    commune: str
    commune_nom: str
    precision: str
    qpv_statut: str
    qpv: str
    fermee_le: str
    precision_source: str = ""
    qpv_insee: str = ""
    qpv_insee_qualite: str = ""


@dataclass(frozen=True, kw_only=True)
class FicheEntreprise:
    """Everything that the atlas holds of one enterprise; an empty text or None means not observed.

    Attributes:
        id: SIREN, or number in the register of associations when there is no SIREN.
        activites: the surest first; None when the atlas was built without looking for them.
        etablissements: the active ones first, then by number; at most as many as were asked for.
        nombre_etablissements: how many the atlas holds.
    """

    id: str
    siren: str
    rna: str
    nom: str
    sigle: str
    forme: str
    verdict: str
    contradictions: tuple[str, ...]
    etat: str
    creee_le: str
    fermee_le: str
    naf: str
    effectif: str
    annee_effectif: str
    employeur: str
    objet: str
    commune: str
    commune_nom: str
    departement: str
    lon: float | None
    lat: float | None
    precision: str
    qpv_statut: str
    qpv: str
    etablissements_actifs: int | None
    diffusible: bool
    raisons: tuple[Raison, ...]
    liens: tuple[Lien, ...]
    inscriptions: tuple[Inscription, ...]
    activites: tuple[ActiviteReconnue, ...] | None
    etablissements: tuple[Etablissement, ...]
    nombre_etablissements: int
