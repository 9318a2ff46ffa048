"""The numbered checks on plans (KL4xx) that joined after the first six; see `controles`."""

from __future__ import annotations

from kaartlagen.controles import Controle

PLAN_ELDERS = Controle(
    "KL407",
    "waarschuwing",
    "Objecten horen bij een plan dat niet in dit bestand staat; zij staan bij dat plan.",
    "Zonder dat plan is hun status niet bekend.",
    "Lees ook het bestand van dat plan in.",
)
PLAN_ENIG = Controle(
    "KL408",
    "waarschuwing",
    "Objecten verwijzen naar een plangebied dat er niet is; zij staan bij het enige plan in "
    "het bestand.",
    "Een IMRO-bestand bevat één plan.",
    "Vraag de bronhouder om een bestand met kloppende verwijzingen.",
)
VERWIJZING_ELDERS = Controle(
    "KL409",
    "waarschuwing",
    "Verwijzingen naar een vlak dat niet in het bestand staat; zij zijn letterlijk bewaard.",
    "",
    "Vraag de bronhouder om een volledig planbestand.",
)
DOSSIERSTATUS_GEVONDEN = Controle(
    "KL410",
    "melding",
    "De dossierstatus komt uit een STRI-manifest naast het planbestand.",
    "Het planbestand zelf kent haar niet.",
    "",
)
DOSSIERSTATUS_STRIJDIG = Controle(
    "KL411",
    "waarschuwing",
    "Manifesten van dezelfde dag noemen een verschillende dossierstatus; zij is leeg gelaten.",
    "",
    "Laat alleen het geldende manifest naast het planbestand staan.",
)
MANIFEST_HISTORISCH = Controle(
    "KL412",
    "waarschuwing",
    "Het STRI-manifest naast het planbestand noemt het plan historisch.",
    "Het plan geldt dan mogelijk niet meer.",
    "Zoek op welk plan hier nu geldt.",
)
MANIFEST_BESCHADIGD = Controle(
    "KL413",
    "waarschuwing",
    "Een STRI-manifest naast het planbestand is beschadigd en niet gebruikt.",
    "Een dossierstatus daaruit ontbreekt dan.",
    "Download het manifest opnieuw.",
)
GELEIDEFORMULIER_VERSCHILT = Controle(
    "KL414",
    "waarschuwing",
    "Het geleideformulier noemt een andere planstatus dan het plan; die van het plan is gebruikt.",
    "",
    "Vraag de bronhouder welke klopt.",
)
COMPLEX_UIT_ONDERDELEN = Controle(
    "KL415",
    "melding",
    "Complexen zonder eigen begrenzing hebben het gebied van hun onderdelen gekregen.",
    "",
    "",
)
BEGRENZING_ONGEBRUIKT = Controle(
    "KL416",
    "waarschuwing",
    "Begrenzingen waar geen object naar verwijst, zijn niet opgenomen.",
    "",
    "Vraag de bronhouder om een volledig planbestand.",
)
LAGERE_DIMENSIE_WEG = Controle(
    "KL417",
    "waarschuwing",
    "Van objecten met ongelijksoortige geometrie zijn alleen de vlakken (of anders de lijnen) "
    "opgenomen.",
    "",
    "",
)
