"""
Facts about PLOVER types: their quad class and score, and the CAMEO codes that they came from.

Quad classes and scores are those of the PLOVER manual (2.0 draft, 2024);
ACCUSE has none, as the manual prints one that its own modes contradict. CAMEO codes are
those of its codebook (1.1b3, 2012); where PLOVER merged several roots and no
mode tells them apart, there is none.
"""

from __future__ import annotations

from typing import Final

from allegedly.records.claims import Claim

QUAD: Final = {
    "AGREE": "V-COOP", "CONSULT": "V-COOP", "SUPPORT": "V-COOP", "CONCEDE": "V-COOP",
    "COOPERATE": "M-COOP", "AID": "M-COOP", "RETREAT": "M-COOP",
    "REQUEST": "V-CONF", "ACCUSE": "V-CONF", "REJECT": "V-CONF", "THREATEN": "V-CONF",
    "PROTEST": "M-CONF", "SANCTION": "M-CONF", "MOBILIZE": "M-CONF", "COERCE": "M-CONF", "ASSAULT": "M-CONF",
}  # fmt: skip
QUAD_NUMBER: Final = {"V-COOP": 1, "M-COOP": 2, "V-CONF": 3, "M-CONF": 4}
SCORE: Final = {
    "AGREE": 2.5, "CONSULT": 2.5, "SUPPORT": 5.0, "CONCEDE": 4.5, "COOPERATE": 9.5, "AID": 10.0, "RETREAT": 6.5,
    "REQUEST": 0.0, "REJECT": -2.0, "THREATEN": -3.5, "PROTEST": -5.0, "SANCTION": -6.0, "MOBILIZE": -5.5,
    "COERCE": -7.0, "ASSAULT": -9.0,
}  # fmt: skip
# REQUEST (02 and 10) and ASSAULT (18, 19 and 20) stay without a root.
_CAMEO_ROOT: Final = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08", "RETREAT": "08",
    "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15", "SANCTION": "16", "COERCE": "17",
}  # fmt: skip
_CAMEO: Final = {
    ("CONSULT", "visit"): "042", ("CONSULT", "phone"): "041", ("CONSULT", "third-party"): "044",
    ("ACCUSE", "disapprove"): "11", ("ACCUSE", "allege"): "11", ("ACCUSE", "investigate"): "09",
    ("PROTEST", "demo"): "141", ("PROTEST", "hunger"): "142", ("PROTEST", "strike"): "143",
    ("PROTEST", "obstruct"): "144", ("PROTEST", "riot"): "145",
    ("MOBILIZE", "police"): "153", ("MOBILIZE", "troops"): "154",
    ("COERCE", "seize"): "171", ("COERCE", "curfew"): "1723", ("COERCE", "martial-law"): "1724",
    ("COERCE", "arrest"): "173", ("COERCE", "deport"): "174", ("COERCE", "cyber"): "176",
    ("ASSAULT", "crowd-control"): "175", ("ASSAULT", "abduct"): "181", ("ASSAULT", "beat"): "182",
    ("ASSAULT", "sexual"): "1821", ("ASSAULT", "torture"): "1822", ("ASSAULT", "explosives"): "183",
    ("ASSAULT", "suicide-attack"): "1831", ("ASSAULT", "targeted"): "186", ("ASSAULT", "firearms"): "193",
    ("ASSAULT", "heavy-weapons"): "194", ("ASSAULT", "aerial"): "195", ("ASSAULT", "drone"): "195",
    ("ASSAULT", "unconventional"): "204",
}  # fmt: skip


def quad_of(claim: Claim) -> str | None:
    """Give the quad class of a claim's event."""
    return QUAD.get(claim.type or "")


def cameo_of(claim: Claim) -> str | None:
    """
    Give the CAMEO code of a claim's event: that of its modes if they agree, else its root; None if that is open.

    A root alone is written with a zero behind it, as CAMEO does: ``030``.
    """
    by_mode = {_CAMEO[key] for mode in claim.modes if (key := (claim.type or "", mode)) in _CAMEO}
    code = by_mode.pop() if len(by_mode) == 1 else _CAMEO_ROOT.get(claim.type or "")
    return f"{code}0" if code and len(code) == 2 else code
