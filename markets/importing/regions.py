"""A small gazetteer: world regions and countries under the names that market reports give them."""

import re
from functools import lru_cache

from markets.names import name_key

_REGIONS = """
North America = Northern America = NAM = North American; Europe = European; Asia = Asian; Africa = African
Asia-Pacific = APAC = Asia and the Pacific = Asia-Pac = Asian-Pacific; Asia-Pacific excluding Japan = APEJ
Latin America = LATAM = Latin American = LATAM Countries = Latin America and the Caribbean = LAC; Caribbean
South America = Southern America = South American; Central America; Americas = America = The Americas
Central & South America = South & Central America = SCA; North & South America
Middle East = Mideast = Middle Eastern
Middle East & Africa = MEA = Middle East Africa = Africa & Middle East; Middle East & North Africa = MENA
Middle East, Turkey & Africa = META; Europe, Middle East & Africa = EMEA
Latin America, Middle East & Africa = LAMEA = Latin America & MEA = Latin America & Middle East & Africa
North Africa = Northern Africa; Sub-Saharan Africa; East Africa = Eastern Africa
West Africa = Western Africa; Central Africa; Southern Africa; East Asia = Eastern Asia
South Asia = Southern Asia; Northeast Asia; Central Asia; South Asia & Pacific = South Asia Pacific
Southeast Asia = Southeastern Asia = Southeast Asian; West Asia = Western Asia
Oceania = Australasia = Australia & Oceania = Pacific; Australia & New Zealand = ANZ
Western Europe = West Europe = Western European; Eastern Europe = East Europe = Eastern European
Central Europe; Central & Eastern Europe = CEE = Central Eastern Europe = Central and East Europe
Northern Europe = North Europe; Southern Europe = South Europe; Russia & CIS = CIS & Russia; Eurasia
CIS = Commonwealth of Independent States = CIS Countries; DACH; Iberia; Benelux = Benelux Countries
Nordics = Nordic = Nordic Countries = Scandinavia = Scandinavian Countries
Baltics = Baltic = Baltic Countries; Balkans = Balkan = Balkan Countries; Balkan & Baltic Countries
European Union = EU = EU27 = EU28 = EU5
GCC = GCC Countries = Gulf Cooperation Council = Gulf = Gulf Countries = Gulf States; Maghreb; Levant; SAARC
ASEAN = ASEAN Countries = Association of Southeast Asian Nations; BRICS = BRIC = BRICS Countries
Rest of the World = Rest of World = ROW = Other Regions = Other Countries
"""
_COUNTRIES = """
United States = US = USA = United States of America = American; Canada = Canadian; Mexico = Mexican; Cuba
United Kingdom = UK = Great Britain = Britain = British = England; Ireland = Republic of Ireland; Scotland
Wales; Germany = German; France = French; Italy = Italian; Spain = Spanish; Portugal
Netherlands = The Netherlands = Holland; Belgium; Luxembourg; Switzerland = Swiss; Austria; Liechtenstein
Monaco; Denmark; Sweden; Norway; Finland; Iceland; Poland; Czech Republic = Czechia; Slovakia; Hungary
Romania; Bulgaria; Greece; Croatia; Slovenia; Serbia; Bosnia & Herzegovina = Bosnia; Montenegro
North Macedonia = Macedonia; Albania; Kosovo; Cyprus; Malta; Estonia; Latvia; Lithuania; Belarus; Ukraine
Moldova; Russia = Russian Federation = Russian; Turkey = Türkiye = Turkiye; Georgia; Armenia; Azerbaijan
Kazakhstan; Uzbekistan; Turkmenistan; Kyrgyzstan; Tajikistan; Mongolia
China = Chinese = Mainland China = PR China = People's Republic of China = Greater China; Japan = Japanese
India = Indian; South Korea = Korea = Republic of Korea = S. Korea = Korean; North Korea; Hong Kong
Macau = Macao; Taiwan = China Taiwan = Taiwan, China; Singapore; Malaysia; Indonesia; Thailand
Vietnam = Viet Nam; Philippines; Myanmar = Burma; Cambodia; Laos; Brunei; Bangladesh; Pakistan; Sri Lanka
Nepal; Bhutan; Maldives; Afghanistan; Australia = Australian; New Zealand; Papua New Guinea; Fiji
Puerto Rico; Jamaica; Dominican Republic; Haiti; Trinidad & Tobago; Bahamas; Barbados; Guatemala; Honduras
El Salvador; Nicaragua; Costa Rica; Panama; Belize; Brazil = Brazilian; Argentina; Chile; Colombia; Peru
Venezuela; Ecuador; Bolivia; Paraguay; Uruguay; Guyana; Suriname
Saudi Arabia = Kingdom of Saudi Arabia = KSA; United Arab Emirates = UAE = Emirates; Qatar; Kuwait; Oman
Bahrain; Israel; Jordan; Lebanon; Iraq; Iran; Yemen; Syria; Palestine; Egypt; Morocco; Algeria; Tunisia
Libya; Sudan; South Africa = Republic of South Africa; Nigeria; Kenya; Ethiopia; Ghana; Tanzania; Uganda
Rwanda; Angola; Mozambique; Zambia; Zimbabwe; Botswana; Namibia; Senegal; Ivory Coast = Côte d'Ivoire
Cameroon; Congo; Gabon; Madagascar; Mauritius; Mali; Niger; Chad; Malawi; Somalia; Benin; Togo; Burkina Faso
Guinea; Sierra Leone; Liberia; Mauritania; Eritrea; Djibouti; Lesotho; Eswatini
"""
"""Places, each a name and its other names."""

_NAMES = {
    name_key(spelling): names[0].strip()
    for place in re.split(r";|\n", _REGIONS + _COUNTRIES)
    if (names := place.split("=")) and place.strip()
    for spelling in names
}
_COUNTRY_NAMES = {name.split("=")[0].strip() for name in re.split(r";|\n", _COUNTRIES.strip())}
_WORDS_TOO = frozenset(("Meta", "Row", "Nam", "Lac"))
"""Acronyms of regions that are other names and words unless they are in capitals."""

_LONGEST = 100
_MOST_WORDS = 7
_FRAME = re.compile(r"(?i)^the\s+|\s+(?:region|market|area|segment|sub-?region|continent)s?$|\s*\([^()]*\)$")
_REST = re.compile(r"(?i)^(?:the\s+)?rest\s+of\s+(?:the\s+)?(?=\S)")


def is_region(name: str) -> bool:
    """Return whether a name is that of a world region or a country.

    >>> is_region("Asia Pacific"), is_region("Rest of APAC"), is_region("Hospitals"), is_region("us")
    (True, True, False, False)
    """
    return bool(region_name(name))


def is_country(name: str) -> bool:
    """Return whether a name is that of a country.

    >>> is_country("the U.S."), is_country("Europe")
    (True, False)
    """
    return region_name(name) in _COUNTRY_NAMES


@lru_cache(maxsize=4096)
def region_name(text: str) -> str:
    """Return the usual name of the region or country that a phrase names, blank if it names none.

    >>> region_name("the APAC region"), region_name("North America (US and Canada)"), region_name("U.S.")
    ('Asia-Pacific', 'North America', 'United States')
    """
    if len(text) > _LONGEST:
        return ""
    rest = _REST.match(text)
    if rest and (name := region_name(text[rest.end() :])):
        return f"Rest of {name}"
    named = text.strip(" .,;:")
    if _FRAME.sub("", named) in _WORDS_TOO:
        return ""
    if named[:1].islower() and not named.startswith("the "):
        return ""
    return _NAMES.get(name_key(named)) or (
        region_name(bare) if (bare := _FRAME.sub("", named)) != named else ""
    )


def leading_region(text: str) -> str:
    """Return the region or country that a text begins with, blank if it begins with none.

    >>> leading_region("North America in 2023"), leading_region("Pumps in Europe")
    ('North America', '')
    """
    words = text.split()[:_MOST_WORDS]
    for count in range(len(words), 0, -1):
        if name := region_name(" ".join(words[:count])):
            return name
    return ""
