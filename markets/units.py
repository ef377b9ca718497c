"""Units of money: a currency and a scale, read from the usual spellings."""

import re
import unicodedata
from dataclasses import dataclass

from markets.errors import BadArgument, shortened

SCALES = {
    "": 1.0,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
    "lakh crore": 1e12,
}
_SCALE_NAMES = {
    **{name.replace(" ", ""): name for name in SCALES if name},
    **{f"{name.replace(' ', '')}s": name for name in SCALES if name},
    **dict.fromkeys(("k", "th", "thou", "000", "000s"), "thousand"),
    **dict.fromkeys(("m", "mn", "mm", "mio", "mil", "mln", "mill"), "million"),
    **dict.fromkeys(("b", "bn", "bil", "bln", "mrd", "md"), "billion"),
    **dict.fromkeys(("t", "tn", "trn", "tln"), "trillion"),
    **dict.fromkeys(("cr", "crs"), "crore"),
    **dict.fromkeys(("lac", "lacs"), "lakh"),
    **dict.fromkeys(("lakhcr", "laccrore", "laccrores", "laccr", "lcr"), "lakh crore"),
}
_ISO_4217 = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF
GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP
LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB
PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW
ZWG
"""
CURRENCIES = tuple(_ISO_4217.split())
"""The ISO 4217 currency codes in use, without funds and metals."""

_CURRENCY_NAMES = {
    **{code.casefold(): code for code in CURRENCIES},
    **dict.fromkeys(("us$", "$", "usdollar", "usdollars", "dollar", "dollars"), "USD"),
    **dict.fromkeys(("€", "euro", "euros"), "EUR"),
    **dict.fromkeys(("£", "pound", "pounds"), "GBP"),
    **dict.fromkeys(("¥", "yen"), "JPY"),
    **dict.fromkeys(("₹", "rs", "rupee", "rupees", "indianrupee", "indianrupees"), "INR"),
    **dict.fromkeys(("rmb", "yuan", "renminbi", "cn¥"), "CNY"),
    **dict.fromkeys(("a$", "au$"), "AUD"),
    **dict.fromkeys(("c$", "ca$", "can$"), "CAD"),
    "hk$": "HKD",
    "mx$": "MXN",
    "nt$": "TWD",
    "nz$": "NZD",
    "r$": "BRL",
    "s$": "SGD",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
    "₫": "VND",
    "₱": "PHP",
    "฿": "THB",
    "₪": "ILS",
    "₦": "NGN",
}
_CURRENCIES_LONGEST_FIRST = sorted(_CURRENCY_NAMES, key=len, reverse=True)
_THOUSANDS_OR_TRILLIONS = ("teur", "t€", "tchf", "tusd")
"""In German accounts, T means thousand. A factor of 10^9 is not guessed."""

_BETWEEN_WORDS = re.compile(r"\b(in|of)\b|[\s.,/()\[\]_'’‘`-]+")


@dataclass(frozen=True)
class Unit:
    """A currency (ISO 4217 code) and a scale, e.g. USD billion.

    >>> str(Unit("USD", "billion")), str(Unit("USD", ""))
    ('USD billion', 'USD')
    """

    currency: str
    scale: str

    def __str__(self) -> str:
        return f"{self.currency} {self.scale}".strip()

    def parse(self, text: str) -> "Unit":
        """Return the unit that `text` names. Blank text is this unit; a scale keeps the currency.

        A currency alone means single units. Raises BadArgument for unknown text and for another
        currency, because nothing is converted at an exchange rate.

        >>> Unit("USD", "billion").parse("mn")
        Unit(currency='USD', scale='million')
        >>> Unit("USD", "billion").parse("USD")
        Unit(currency='USD', scale='')
        >>> str(Unit("INR", "").parse("Rs. lakh crore")), str(Unit("EUR", "").parse("(EUR'000)"))
        ('INR lakh crore', 'EUR thousand')
        """
        if not text.strip():
            return self
        currency, scale = read_unit(text)
        if currency not in (None, self.currency):
            raise BadArgument(
                f"The figures are in {self.currency}. They cannot be converted to {currency} "
                "without an exchange rate."
            )
        return Unit(self.currency, scale)

    def converted(self, value: float, to: "Unit") -> float:
        """Return `value`, given in this unit, in another unit of the same currency.

        >>> Unit("USD", "billion").converted(8.6, Unit("USD", "million"))
        8600.0
        """
        ours, theirs = SCALES[self.scale], SCALES[to.scale]
        return value * (ours / theirs) if ours >= theirs else value / (theirs / ours)


def read_unit(text: str) -> tuple[str | None, str]:
    """Return the currency (None if none is named) and the scale in the text of a unit."""
    plain = unicodedata.normalize("NFKC", text).casefold() if len(text) <= 60 else ""
    key = _BETWEEN_WORDS.sub("", plain)
    if key in _SCALE_NAMES:
        return None, _SCALE_NAMES[key]
    for name in _CURRENCIES_LONGEST_FIRST if key not in _THOUSANDS_OR_TRILLIONS else ():
        for rest in (key.removeprefix(name), key.removesuffix(name)):
            if rest != key and (not rest or rest in _SCALE_NAMES):
                return _CURRENCY_NAMES[name], _SCALE_NAMES.get(rest, "")
    raise BadArgument(
        f'"{shortened(text)}" is not a unit. Enter a currency, a scale or both, such as USD million.'
    )
