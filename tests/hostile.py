"""Texts that break readers."""

from __future__ import annotations

HOSTILE = {
    "empty": "",
    "blanks": " \r\n\t\u00a0",
    "one letter": "a",
    "only headlines": "Rebels: 40 killed in raid\nMinister denies strike\nTALKS OFF - ENVOY\n",
    "only quotes": '"We did not." "You did." “Who says so?” «Никто.»',
    "unclosed quotes": '"We held the line, he said. "They lost nine men.\n\n"And they will be back.',
    "emoji": "🔥🔥 Army said 👩\u200d🚒 rescued 4 people 🙏 after drones 🚁 hit Orr.",
    "arabic": "The army said that قوات killed 3 people in مدينة, officials said.",
    "crlf": "KARVELI (Wire) -\r\n\r\nThe army said rebels killed three.\r\n* Two were wounded\r\n* One is missing\r\n",
    "controls": "The army\x00 said\x0b rebels\x1b[31m killed 3\u202e people.",
    "surrogate": "The army said \ud83d rebels killed 3.",
    "no spaces": "said" * 2000,
    "one word many times": "killed " * 3000,
    "brackets": "[[[{{{" * 500,
    "zero width": "The ar\u200bmy said reb\u200dels killed\ufeff 3.",
}
