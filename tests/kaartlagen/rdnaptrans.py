"""RDNAPTRANS2018 once more, from its published formulas, and official points to hold it against.

The product lets PROJ interpolate the grid that has the datum transformation in it
(`rdtrans2018`). This goes the other way round: variant 1 of the NSGI document, with the
seven parameters, the grid of corrections (`rdcorr2018`) and the projection written out in
numpy, read from the file without any geo library. Only the datum and the grid are shared.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Getallen = NDArray[np.float64]

# NSGI, self-validation file Z001 (ETRS89 and RDNAP), published with RDNAPTRANS2018:
# number, latitude, longitude (ETRS89), x, y (RD). A choice from all over the country.
Z001 = np.array(
    [
        (30010000, 51.728601274, 4.712120126, 108360.8790, 415757.2745),
        (30010004, 53.558631914, 6.829370962, 250569.5957, 620134.9245),
        (30010005, 51.589888118, 3.160820284, 729.7127, 402466.5599),
        (30010007, 52.175136373, 2.618267658, -34373.0132, 468835.5131),
        (30010008, 51.593897609, 3.927663147, 53868.5138, 401568.0165),
        (30010009, 53.184783369, 5.816489592, 183697.1899, 577653.4349),
        (30010010, 51.665048744, 6.975755518, 264897.3013, 409670.0085),
        (30010011, 52.895724188, 3.977163774, 60114.5409, 546326.8570),
        (30010012, 52.625706976, 7.426184226, 293049.2890, 517300.6867),
        (30010013, 53.140259161, 3.321991798, 16812.5046, 574592.6914),
        (30010014, 51.825323002, 5.049883673, 131745.5792, 426355.6419),
        (30010017, 51.891451991, 3.940964982, 55448.2064, 434649.2759),
        (30010018, 51.749850783, 4.704324531, 107844.5008, 418126.3146),
        (30010019, 52.716916247, 4.971955798, 126941.2885, 525583.8295),
        (30010020, 53.473095072, 6.886681267, 254565.6835, 610693.7409),
        (30010021, 52.763874938, 4.069800843, 66080.2628, 531539.0239),
        (30010022, 51.219509537, 3.242243400, 5158.5834, 361104.5680),
        (30010023, 53.079872831, 4.675954460, 107338.4060, 566127.5985),
        (30010024, 52.984909704, 6.775366112, 248222.1165, 556221.9315),
        (30010025, 51.931355334, 7.130046611, 274859.8014, 439536.2357),
        (30010028, 51.828833480, 6.824635739, 254083.6547, 427671.9070),
        (30010032, 50.827018492, 4.772719554, 111703.2374, 315420.9378),
        (30010034, 52.648256434, 4.179893744, 73295.7805, 518545.2108),
        (30010035, 51.020196533, 6.366735178, 223730.5222, 337190.9205),
        (30010036, 50.754371758, 5.003832187, 127945.2820, 307228.1493),
        (30010040, 53.465534736, 6.174908074, 207314.7367, 609100.5053),
        (30010048, 52.765775289, 6.025230199, 198063.5327, 531130.2133),
        (30010050, 51.991885990, 4.115817284, 67678.7311, 445597.0243),
        (30010052, 51.674559075, 5.159209097, 139229.7879, 409553.3776),
        (30010053, 53.255638209, 6.832591255, 251460.5426, 586421.5535),
        (30010055, 52.140280214, 6.283826609, 216379.0437, 461722.4577),
        (30010057, 51.352621077, 5.457690819, 159910.5404, 373714.9536),
        (30010061, 52.290257108, 5.021235164, 130031.2115, 478092.6998),
        (30010063, 50.881379640, 5.203527788, 142073.5456, 321303.2259),
        (30010065, 52.752855543, 5.912022268, 190433.1059, 529631.1529),
        (30010072, 51.487917973, 4.240498387, 75358.0123, 389390.7968),
        (30010073, 53.539781693, 6.658490799, 239283.6487, 617823.2858),
        (30010075, 52.395678441, 4.341813011, 83847.1065, 490272.6705),
        (30010076, 53.409445148, 5.301483269, 149299.0098, 602574.4634),
        (30010077, 52.433711033, 4.592141948, 100931.2449, 494287.8082),
        (30010078, 51.255192451, 6.501674605, 232799.4040, 363467.6838),
        (30010081, 51.482876949, 6.455693275, 229218.6281, 388747.8705),
        (30010085, 52.285283806, 3.699864423, 39872.3857, 478816.1569),
        (30010088, 52.083404326, 6.816650887, 252975.9146, 455980.0838),
        (30010089, 51.732003320, 4.986422683, 127313.4508, 415995.7533),
        (30010090, 51.264713311, 3.991770136, 57609.3825, 364863.4266),
        (30010095, 51.211191165, 5.708656377, 177462.4310, 358027.9864),
        (30010096, 51.676948561, 3.829759368, 47283.0598, 410946.7253),
        (30010097, 52.508480538, 4.921456934, 123379.7747, 502412.1096),
        (30010101, 51.461909782, 6.306353239, 218875.1739, 386273.9317),
        (30010102, 51.271897246, 3.546428168, 26551.8139, 366351.3980),
        (30010103, 52.660176507, 5.856184961, 186730.1676, 519292.6909),
        (30010105, 53.520667551, 6.793341605, 248264.8689, 615862.6655),
        (30010108, 52.500626965, 4.572452772, 99676.1032, 501747.8895),
        (30010111, 52.683336671, 5.191029683, 141734.0878, 521784.7975),
        (30010114, 52.768594428, 5.477261726, 161077.9604, 531257.5360),
        (30010117, 52.899322082, 5.347826781, 152350.0877, 545801.4489),
        (30010119, 50.880783361, 5.770979299, 182010.4298, 321291.5269),
        (30010122, 53.488695505, 5.655009146, 172776.3748, 611424.7605),
        (30010124, 51.694266782, 4.704426966, 107793.5563, 411942.5204),
        (30010128, 52.883183705, 6.462408482, 227375.3252, 544543.9126),
        (30010130, 51.370377482, 4.025225731, 60163.5648, 376573.1022),
        (30010131, 53.015378736, 6.968901723, 261143.3010, 559879.5374),
        (30010134, 51.499302780, 3.270931309, 8065.2505, 392164.2219),
        (30010135, 51.747133343, 5.370003191, 153812.2990, 417602.9841),
        (30010136, 53.217815485, 5.332782746, 151364.5429, 581245.3629),
        (30010137, 51.659884656, 6.297460180, 217981.8750, 408290.0571),
        (30010138, 52.524221970, 6.835720989, 253302.5553, 505045.9731),
        (30010143, 51.046321112, 5.056096335, 131780.4967, 339689.2273),
        (30010144, 53.025060904, 6.144041667, 205780.0693, 560059.5544),
        (30010149, 52.084624209, 6.739201249, 247665.3631, 456014.0614),
        (30010151, 50.779323575, 4.362363520, 82715.8894, 310438.8391),
        (30010153, 51.441379076, 5.366727866, 153576.6806, 383587.1493),
        (30010154, 51.965644856, 6.774484978, 250336.4412, 442823.9206),
        (30010157, 53.451841033, 6.057793874, 199551.0663, 607497.5501),
        (30010159, 50.840068955, 5.453556162, 159674.4727, 316693.3607),
        (30010161, 52.941351766, 6.806932083, 250437.1274, 551416.6963),
        (30010164, 51.197393492, 5.779817307, 182443.1827, 356517.3349),
        (30010183, 52.873278096, 7.007436977, 264084.0604, 544126.7939),
        (30010185, 51.106199092, 5.885351450, 189888.9944, 346417.1282),
        (30010187, 52.641738585, 5.534935707, 164999.3137, 517148.3218),
        (30010189, 52.048259828, 4.757637224, 111813.3549, 451292.0588),
        (30010195, 53.241147847, 4.909424614, 123102.1395, 583946.4096),
        (30010200, 53.021331306, 4.274152474, 80314.0157, 559954.0593),
        (30010203, 51.164484676, 5.337667005, 151535.3257, 352783.5263),
        (30010204, 50.708782387, 6.481270324, 232284.5813, 302662.7419),
        (30010207, 51.321228257, 4.914802274, 122069.6322, 370326.5781),
        (30010208, 50.916725826, 5.452191357, 159570.7235, 325221.3066),
        (30010209, 52.484173014, 5.519411122, 163980.6239, 499614.0203),
        (30010006, 53.957638355, 5.089553648, 135458.0914, 663630.6489),
        (30010029, 50.367382747, 5.940075089, 194341.9220, 264252.3985),
        (30010083, 51.376451789, 7.910872395, 330686.7441, 379403.8937),
        (30010179, 51.658368598, 7.764409441, 319469.9381, 410413.4740),
        (30010109, 52.526488069, 2.512791470, -40033.3636, 508187.5760),
        (30010201, 50.252744134, 4.280181909, 76035.9274, 251944.7044),
        (30010206, 50.319823998, 3.863527592, 46472.9193, 259938.3377),
    ]
)

GRS80 = (6_378_137.0, 1 / 298.257222101)
BESSEL = (6_377_397.155, 1 / 299.1528128)
_BOOGSECONDE = np.pi / 180 / 3600


@dataclass(frozen=True)
class Correctiegrid:
    """The corrections of one grid, degrees: rows from north to south, latitude and longitude."""

    west: float
    noord: float
    stap_lon: float
    stap_lat: float
    lat: Getallen
    lon: Getallen

    def correction(self, lat: Getallen, lon: Getallen) -> tuple[Getallen, Getallen]:
        """Interpolate between the four nodes around each point."""
        kolom = (lon - self.west) / self.stap_lon
        rij = (self.noord - lat) / self.stap_lat
        k, r = np.floor(kolom).astype(int), np.floor(rij).astype(int)
        u, v = kolom - k, rij - r
        return tuple(
            (1 - v) * ((1 - u) * w[r, k] + u * w[r, k + 1])
            + v * ((1 - u) * w[r + 1, k] + u * w[r + 1, k + 1])
            for w in (self.lat, self.lon)
        )


def etrs89_to_rd(lat: Getallen, lon: Getallen, grid: Correctiegrid) -> tuple[Getallen, Getallen]:
    """Bring ETRS89 degrees to RD by variant 1."""
    # Height: the ellipsoidal height of about 0 m NAP, as the document prescribes.
    xyz = _geocentric(np.radians(lat), np.radians(lon), 43.0, *GRS80)
    pseudo_lat, pseudo_lon = _geographic(_similarity(xyz), *BESSEL)
    lat_b, lon_b = np.degrees(pseudo_lat), np.degrees(pseudo_lon)
    echt_lat, echt_lon = lat_b.copy(), lon_b.copy()
    for _ in range(20):
        d_lat, d_lon = grid.correction(echt_lat, echt_lon)
        echt_lat, echt_lon = lat_b - d_lat, lon_b - d_lon
    return _project(np.radians(echt_lat), np.radians(echt_lon))


def _geocentric(
    lat: Getallen, lon: Getallen, hoogte: float, a: float, f: float
) -> tuple[Getallen, Getallen, Getallen]:
    e2 = f * (2 - f)
    n = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return (
        (n + hoogte) * np.cos(lat) * np.cos(lon),
        (n + hoogte) * np.cos(lat) * np.sin(lon),
        (n * (1 - e2) + hoogte) * np.sin(lat),
    )


def _similarity(
    xyz: tuple[Getallen, Getallen, Getallen],
) -> tuple[Getallen, Getallen, Getallen]:
    """Apply the seven parameters from ETRS89 to RD Bessel, with full rotations."""
    alfa, beta, gamma = (h * _BOOGSECONDE for h in (-0.395023, 0.330776, -1.876073))
    sa, sb, sc = np.sin([alfa, beta, gamma])
    ca, cb, cc = np.cos([alfa, beta, gamma])
    draaiing = np.array(
        [
            [cc * cb, cc * sb * sa + sc * ca, -cc * sb * ca + sc * sa],
            [-sc * cb, -sc * sb * sa + cc * ca, sc * sb * ca + cc * sa],
            [sb, -cb * sa, cb * ca],
        ]
    )
    x, y, z = (1 - 4.07242e-6) * draaiing @ np.stack(xyz)
    return x - 565.7346, y - 50.4058, z - 465.2895


def _geographic(
    xyz: tuple[Getallen, Getallen, Getallen], a: float, f: float
) -> tuple[Getallen, Getallen]:
    x, y, z = xyz
    e2 = f * (2 - f)
    p = np.hypot(x, y)
    lat = np.arctan2(z, p * (1 - e2))
    for _ in range(20):
        n = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + e2 * n * np.sin(lat), p)
    return lat, np.arctan2(y, x)


def _project(lat: Getallen, lon: Getallen) -> tuple[Getallen, Getallen]:
    """Project Bessel radians to RD: Gauss' conformal sphere, then oblique stereographic."""
    a, f = BESSEL
    e2 = f * (2 - f)
    e = np.sqrt(e2)
    lat0, lon0 = np.radians(52 + 9 / 60 + 22.178 / 3600), np.radians(5 + 23 / 60 + 15.5 / 3600)
    k = 0.9999079
    wortel = 1 - e2 * np.sin(lat0) ** 2
    straal = np.sqrt(a / np.sqrt(wortel) * a * (1 - e2) / wortel**1.5)
    n = np.sqrt(1 + e2 * np.cos(lat0) ** 4 / (1 - e2))

    def isometric(phi: Getallen) -> Getallen:
        return np.log(np.tan(phi / 2 + np.pi / 4)) - e / 2 * np.log(
            (1 + e * np.sin(phi)) / (1 - e * np.sin(phi))
        )

    bol0 = np.arcsin(np.sin(lat0) / n)
    m = np.log(np.tan(bol0 / 2 + np.pi / 4)) - n * isometric(lat0)
    bol = 2 * np.arctan(np.exp(n * isometric(lat) + m)) - np.pi / 2
    d_lon = n * (lon - lon0)
    noemer = 1 + np.sin(bol) * np.sin(bol0) + np.cos(bol) * np.cos(bol0) * np.cos(d_lon)
    x = 2 * k * straal * np.cos(bol) * np.sin(d_lon) / noemer
    y = (
        2 * k * straal
        * (np.sin(bol) * np.cos(bol0) - np.cos(bol) * np.sin(bol0) * np.cos(d_lon))
        / noemer
    )  # fmt: skip
    return x + 155_000, y + 463_000


def read_grid(pad: Path) -> Correctiegrid:
    """Read the finest grid of a GeoTIFF with deflated floating-point tiles (predictor 3)."""
    inhoud = pad.read_bytes()
    assert inhoud[:4] == b"II*\x00"
    mappen = []
    plek = struct.unpack_from("<I", inhoud, 4)[0]
    while plek:
        mappen.append(_tags(inhoud, plek))
        aantal = struct.unpack_from("<H", inhoud, plek)[0]
        plek = struct.unpack_from("<I", inhoud, plek + 2 + 12 * aantal)[0]
    fijnste = min(mappen, key=lambda tags: tags[33550][0])
    stap_lon, stap_lat = fijnste[33550][:2]
    west, noord = fijnste[33922][3:5]
    # Offsets are in arc seconds: latitude first, then longitude, positive to the east.
    lat, lon = (_band(inhoud, fijnste, band) / 3600 for band in (0, 1))
    return Correctiegrid(west, noord, stap_lon, stap_lat, lat, lon)


def _tags(inhoud: bytes, plek: int) -> dict[int, tuple[float, ...]]:
    vormen = {3: "H", 4: "I", 12: "d"}
    uit = {}
    for nummer in range(struct.unpack_from("<H", inhoud, plek)[0]):
        begin = plek + 2 + 12 * nummer
        tag, soort, aantal = struct.unpack_from("<HHI", inhoud, begin)
        if soort not in vormen:
            continue
        vorm = f"<{aantal}{vormen[soort]}"
        waar = begin + 8
        if struct.calcsize(vorm) > 4:
            waar = struct.unpack_from("<I", inhoud, waar)[0]
        uit[tag] = struct.unpack_from(vorm, inhoud, waar)
    return uit


def _band(inhoud: bytes, tags: dict[int, tuple[float, ...]], band: int) -> Getallen:
    breed, hoog, tegel = int(tags[256][0]), int(tags[257][0]), int(tags[322][0])
    assert (tags[259][0], tags[317][0], tags[284][0]) == (8, 3, 2)
    over = -(-breed // tegel)
    rijen = -(-hoog // tegel)
    uit = np.zeros((rijen * tegel, over * tegel))
    for nummer in range(over * rijen):
        plek = band * over * rijen + nummer
        begin, lengte = int(tags[324][plek]), int(tags[325][plek])
        bytes_ = np.frombuffer(zlib.decompress(inhoud[begin : begin + lengte]), np.uint8)
        # Predictor 3: per row the bytes by weight, heaviest first, each as a difference.
        gewichten = np.cumsum(bytes_.reshape(tegel, tegel * 4), axis=1, dtype=np.uint8)
        stukken = gewichten.reshape(tegel, 4, tegel).transpose(0, 2, 1)
        waarden = np.ascontiguousarray(stukken).view(">f4")[..., 0]
        r, k = divmod(nummer, over)
        uit[r * tegel : (r + 1) * tegel, k * tegel : (k + 1) * tegel] = waarden
    return uit[:hoog, :breed]
