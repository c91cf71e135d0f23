"""Invented articles of a given length, for measuring speed: no sentence is about a real event."""

from __future__ import annotations

import random

PLACES = ("Karveli", "Port Azel", "Nord Tessin", "Ulmen", "the Orrin valley", "Sarhad", "Lower Veld", "Mistra")
PARTIES = ("the Southern Front", "Veldra's army", "the health ministry", "the Norland government", "the Ost militia")
PEOPLE = ("Idris Taal", "Col. Mina Orr", "Gen. Pavel Sol", "Mayor Lena Ost", "Dr. Amin Kesh", "the envoy, Ruth Vale,")
TIMES = ("on Monday", "early on Saturday", "last week", "on 7 May", "overnight", "before dawn on Tuesday")
SENTENCES = (
    "A drone strike hit the district hospital in {place} {time}, killing at least {n} people, {party} said.",
    "{Party} blamed {other}, which denied carrying out the attack.",
    "“We do not target hospitals,” {person} told reporters, adding that forces had left {place} {time}.",
    "{Party} rejected that claim and accused {other} of shelling the market in {place}.",
    "According to {person}, more than {n} fighters had been captured near {place} since the truce.",
    "Neither account could be independently verified.",
    "{Party} said it would release {n} prisoners {time} if {other} withdrew from {place}.",
    "Talks between {party} and {other} were held in {place} {time}, {person} confirmed.",
    "“They said ‘not yet’ and left,” {person} said. “We will be back.”",
    "Troops of {other} entered {place} {time}; dozens of families fled, aid workers reported.",
    "{Party} threatened to cut relations unless {other} returned the bodies of {n} soldiers.",
    "A spokesman for {party} did not say whether civilians were among the dead.",
    "Up to {n} vehicles were destroyed in the raid, {person} claimed, though {other} put the figure at two.",
    "The report, which cited an unnamed officer, said that the bridge at {place} had been mined.",
    "Residents of {place} said the shelling began {time} and went on for three hours.",
    "Police arrested {n} demonstrators in {place} {time} after {party} banned the march.",
    "The road to {place} was open again, and shops sold bread for the first time in weeks.",
    "Snow fell in the hills above {place}, where the harvest had been poor for years.",
)


def make_article(seed: int, *, words: int = 400) -> str:
    """Make one article of about ``words`` words, in paragraphs of one to three sentences; the seed decides."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    paragraphs: list[str] = []
    count = 0
    while count < words:
        paragraph = " ".join(_make_sentence(chance) for _ in range(chance.randint(1, 3)))
        paragraphs.append(paragraph)
        count += len(paragraph.split())
    return "\n\n".join(paragraphs)


def _make_sentence(chance: random.Random) -> str:
    """Fill one sentence."""
    party, other = chance.sample(PARTIES, 2)
    return chance.choice(SENTENCES).format(
        place=chance.choice(PLACES),
        time=chance.choice(TIMES),
        person=chance.choice(PEOPLE),
        party=party,
        Party=party[0].upper() + party[1:],
        other=other,
        n=chance.randint(2, 90),
    )
