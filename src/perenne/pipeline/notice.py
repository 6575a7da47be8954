"""The notice of a source (`source.yml`): who publishes it, how it is recognised, what its columns hold."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur

OuiNon = Literal["oui", "non"]
TypeColonne = Literal["texte", "code_commune", "siren", "siret", "entier", "nombre", "date", "geometrie"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Colonne(_Strict):
    """What one column of the official file must hold.

    Attributes:
        type: how the text is read.
        libelle: what it is, in French, shown in the reference pages.
        obligatoire: whether the build stops when the column is missing.
        vide: whether a cell may be empty.
        min, max: bounds of a number, both allowed.
        valeurs: the only texts allowed; empty means any.
        secret: texts that mean statistical confidentiality.
        absent: texts that mean that the producer has no value.
    """

    type: TypeColonne = "texte"
    libelle: str = ""
    obligatoire: OuiNon = "oui"
    vide: OuiNon = "non"
    min: float | None = None
    max: float | None = None
    valeurs: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


class Fichier(_Strict):
    """How the file is recognised.

    Attributes:
        noms: patterns of the name without its extension, case ignored (`cog_communes_*`).
        formats: extensions accepted.
        feuille: pattern of the sheet's name, for a workbook.
        liste: key under which the fields of a record stand, for a JSON list (`fields`).
        taille_min: bytes under which a download is refused.
        nom: name to give to the download, when the address does not end with one.
        lecture: `memoire` for a file that fits; `volumineuse` for millions of rows, read in place, column by
            column; `tolerante` for a CSV with cut lines and mixed encodings. The last two set aside the rows
            that cannot be, and say how many, up to a limit.
        plusieurs: whether several files make one source (one a département).
        debut: how a record begins, for a tolerant reading.
    """

    noms: tuple[str, ...]
    formats: tuple[Literal["csv", "parquet", "xlsx", "json", "geojson"], ...]
    feuille: str = "*"
    liste: str = ""
    taille_min: int = 1
    nom: str = ""
    lecture: Literal["memoire", "volumineuse", "tolerante"] = "memoire"
    plusieurs: OuiNon = "non"
    debut: str = ""


class Mesure(_Strict):
    """One measure that the source gives, keyed by the identifier of its indicator.

    Attributes:
        colonne: column of the official file, empty when computed from several.
        poids: column that weighs it when it is averaged, empty when it is not.
        millesime: year measured, when it is not that of the source.
    """

    colonne: str = ""
    poids: str = ""
    millesime: str = ""


class Controles(_Strict):
    """What must hold of the whole file.

    Attributes:
        unique: columns that together identify a row.
        communes: column of commune codes, all of which must be known of the COG or of its movements.
        couverture_min: least share of the COG's communes that the file must hold.
        dater: whether the geography of the file is recognised by its codes, when the list is complete.
    """

    unique: tuple[str, ...] = ()
    communes: str = ""
    couverture_min: float = 0.0
    dater: OuiNon = "non"


class Notice(_Strict):
    """The whole notice.

    Attributes:
        id: name of the folder.
        geographie: date of the COG in which the codes of the file are written.
        format_verifie: whether the producer's own file was seen; `non` means a derived form only.
        ignorees: patterns of the columns that are known and not read, each with the reason.
        chapitre: the part of the atlas that the source fills.
        tables: correspondences between labels of the file and codes of the atlas.
        telechargement: the official address of the file itself, empty when not known.
        sha256: expected digest of the download, for a file that never changes; empty when not known.
    """

    id: str
    titre: str
    producteur: str
    jeu: str
    licence: str
    millesime: str
    geographie: dt.date
    chapitre: Literal["reference", "entreprises"] = "reference"
    page: str = ""
    telechargement: str = ""
    sha256: str = ""
    format_verifie: OuiNon
    reserve: str = ""
    obligatoire: OuiNon = "non"
    fichier: Fichier
    colonnes: dict[str, Colonne]
    ignorees: dict[str, str] = Field(default_factory=dict)
    controles: Controles = Controles()
    mesures: dict[str, Mesure] = Field(default_factory=dict)
    tables: dict[str, dict[str, str]] = Field(default_factory=dict)

    @property
    def ou_le_trouver(self) -> str:
        """What to do when the file is missing, in French."""
        noms = " ou ".join(f"« {n} »" for n in self.fichier.noms)
        if self.telechargement:
            return (
                f"Lancez « perenne atlas telecharger --source {self.id} » ou placez dans le dossier "
                f"un fichier nommé {noms}."
            )
        page = f" (à chercher ici : {self.page})" if self.page else ""
        return f"Placez dans le dossier un fichier nommé {noms}{page}."


def lire_notice(chemin: Path) -> Notice:
    """Read `source.yml`; its folder's name is the identifier of the source.

    Raises:
        ErreurUtilisateur: the notice is not valid, every fault at once.
    """
    brut = yaml.load(chemin.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    try:
        return Notice.model_validate_json(json.dumps({**brut, "id": chemin.parent.name}, default=str))
    except ValidationError as erreur:
        raise ErreurUtilisateur(
            f"La notice de la source « {chemin.parent.name} » n'est pas valide.",
            anomalies=[
                Anomalie(ou=f"{chemin.name}, {'.'.join(map(str, e['loc']))}", message=e["msg"])
                for e in erreur.errors()
            ],
        ) from erreur
