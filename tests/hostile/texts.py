"""Texts that somebody sends who means no good, or who has a strange keyboard."""

from random import Random

NUL, SURROGATE, OVERRIDE, ISOLATE = "\0", "\ud800", "\u202e", "\u2067"

PLAIN = ("Deventer", "ja", "portefeuillehouder Assen", "De gemeente Ommen stemt in", "Utrecht, https://voorbeeld.nl/x")
UNSEEN = (
    NUL,
    SURROGATE,
    "\udfff",
    "\ud83d",
    OVERRIDE,
    ISOLATE,
    "\u202d",
    "\u2066",
    "\u2069",
    "\u200b",
    "\u200d",
    "\u200f",
    "\ufeff",
    "\u00ad",
    "\u2800",
    "\u3164",
    "\u2028",
    "\u2029",
    "\x1b[2J",
    "\r",
    "\x08",
    "\x85",
    "\ufff9",
    "\U000e0041",
    "\uffff",
)
STACKS = (
    "Z" + "\u0300\u0316\u0489" * 40,
    "👩‍👩‍👧‍👦" * 20,
    "🏴\U000e0067\U000e0062\U000e007f",
    "e\u0301" * 200,
    "ﷺ" * 30,
    "שלום עולם",
    "مرحبا",
)
PAYLOADS = (
    "<b>Bo</b> & <a href='tg://user?id=1'>x</a>",
    "</b></i><script>alert(1)</script>",
    "<tg-spoiler>",
    "&lt;&#0;&#x110000;&amp",
    "*_[x](http://x)_*`",
    "'; DROP TABLE ballots; --",
    '" OR 1=1 --',
    "{0.__class__} {name} {}",
    "%s%n%(token)s",
    "${jndi:ldap://x}",
    "../../../../etc/passwd",
    "C:\\nul\\..\\x",
    "=cmd|' /C calc'!A0",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "nan",
    "-0",
    "1e999",
    "٤٢",
    "9" * 400,
    "13-02-2019 18:00",
    "31-12-9999 23:59",
    "01-01-0001 00:00",
    "29 februari 2020 om 25.61 uur",
    "2099-02-13T18:00+23:59",
    "https://" + "a" * 3000,
    "1. Opening\n2. Sluiting",
    "1. \u202etiulseB\n2. x\0y\n- bijlage 999\n- bijlagen 1 t/m 999",
    "1. " + "x" * 3900,
    "\n".join(f"{number}. punt" for number in range(1, 100)),
    "voor",
    "/start",
)
LENGTHS = (255, 256, 1024, 1025, 4095, 4096, 4097)
HUGE = 100_000


def hostile(dice: Random) -> str:
    """Return some text: a plain or nasty one, one with unseen characters in it, a mix of all, or a long one."""
    shape = dice.random()
    if shape < 0.2:
        return dice.choice(PLAIN)
    if shape < 0.45:
        return dice.choice(PAYLOADS)
    if shape < 0.6:
        return dice.choice(UNSEEN + STACKS)
    if shape < 0.97:
        parts = dice.choices(PLAIN + UNSEEN + STACKS + PAYLOADS, k=dice.randint(2, 4))
        return dice.choice(("", " ", "\n")).join(parts)
    if shape < 0.999:
        return (dice.choice(PLAIN + UNSEEN + STACKS) * 5000)[: dice.choice(LENGTHS)]
    return (dice.choice(PLAIN + UNSEEN) * HUGE)[:HUGE]


def spoiled(dice: Random, text: str) -> str:
    """Return ``text`` with something unseen in it."""
    at = dice.randint(0, len(text))
    return text[:at] + dice.choice(UNSEEN) + text[at:]
