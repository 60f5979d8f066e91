"""The countries of ISO 3166-1 and what they are called in everyday English.

And Kosovo, which has no code there but goes by XK everywhere. A name as it is shown
is looked up in the catalogue of words by the English one.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from downlight.core.speech import ENGLISH, language, tr, trn
from downlight.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from downlight.core.model import Place

_TABLE: Final = """
AD Andorra; AE United Arab Emirates; AF Afghanistan; AG Antigua and Barbuda;
AI Anguilla; AL Albania; AM Armenia; AO Angola; AQ Antarctica; AR Argentina;
AS American Samoa; AT Austria; AU Australia; AW Aruba; AX Åland Islands;
AZ Azerbaijan; BA Bosnia and Herzegovina; BB Barbados; BD Bangladesh; BE Belgium;
BF Burkina Faso; BG Bulgaria; BH Bahrain; BI Burundi; BJ Benin;
BL Saint Barthélemy; BM Bermuda; BN Brunei; BO Bolivia; BQ Caribbean Netherlands;
BR Brazil; BS Bahamas; BT Bhutan; BV Bouvet Island; BW Botswana; BY Belarus;
BZ Belize; CA Canada; CC Cocos (Keeling) Islands; CD DR Congo;
CF Central African Republic; CG Congo; CH Switzerland; CI Ivory Coast;
CK Cook Islands; CL Chile; CM Cameroon; CN China; CO Colombia; CR Costa Rica;
CU Cuba; CV Cape Verde; CW Curaçao; CX Christmas Island; CY Cyprus; CZ Czechia;
DE Germany; DJ Djibouti; DK Denmark; DM Dominica; DO Dominican Republic;
DZ Algeria; EC Ecuador; EE Estonia; EG Egypt; EH Western Sahara; ER Eritrea;
ES Spain; ET Ethiopia; FI Finland; FJ Fiji; FK Falkland Islands; FM Micronesia;
FO Faroe Islands; FR France; GA Gabon; GB United Kingdom; GD Grenada; GE Georgia;
GF French Guiana; GG Guernsey; GH Ghana; GI Gibraltar; GL Greenland; GM Gambia;
GN Guinea; GP Guadeloupe; GQ Equatorial Guinea; GR Greece;
GS South Georgia and the South Sandwich Islands; GT Guatemala; GU Guam;
GW Guinea-Bissau; GY Guyana; HK Hong Kong; HM Heard Island and McDonald Islands;
HN Honduras; HR Croatia; HT Haiti; HU Hungary; ID Indonesia; IE Ireland; IL Israel;
IM Isle of Man; IN India; IO British Indian Ocean Territory; IQ Iraq; IR Iran;
IS Iceland; IT Italy; JE Jersey; JM Jamaica; JO Jordan; JP Japan; KE Kenya;
KG Kyrgyzstan; KH Cambodia; KI Kiribati; KM Comoros; KN Saint Kitts and Nevis;
KP North Korea; KR South Korea; KW Kuwait; KY Cayman Islands; KZ Kazakhstan;
LA Laos; LB Lebanon; LC Saint Lucia; LI Liechtenstein; LK Sri Lanka; LR Liberia;
LS Lesotho; LT Lithuania; LU Luxembourg; LV Latvia; LY Libya; MA Morocco;
MC Monaco; MD Moldova; ME Montenegro; MF Saint Martin; MG Madagascar;
MH Marshall Islands; MK North Macedonia; ML Mali; MM Myanmar; MN Mongolia;
MO Macao; MP Northern Mariana Islands; MQ Martinique; MR Mauritania;
MS Montserrat; MT Malta; MU Mauritius; MV Maldives; MW Malawi; MX Mexico;
MY Malaysia; MZ Mozambique; NA Namibia; NC New Caledonia; NE Niger;
NF Norfolk Island; NG Nigeria; NI Nicaragua; NL Netherlands; NO Norway; NP Nepal;
NR Nauru; NU Niue; NZ New Zealand; OM Oman; PA Panama; PE Peru;
PF French Polynesia; PG Papua New Guinea; PH Philippines; PK Pakistan; PL Poland;
PM Saint Pierre and Miquelon; PN Pitcairn Islands; PR Puerto Rico; PS Palestine;
PT Portugal; PW Palau; PY Paraguay; QA Qatar; RE Réunion; RO Romania; RS Serbia;
RU Russia; RW Rwanda; SA Saudi Arabia; SB Solomon Islands; SC Seychelles; SD Sudan;
SE Sweden; SG Singapore; SH Saint Helena, Ascension and Tristan da Cunha;
SI Slovenia; SJ Svalbard and Jan Mayen; SK Slovakia; SL Sierra Leone;
SM San Marino; SN Senegal; SO Somalia; SR Suriname; SS South Sudan;
ST São Tomé and Príncipe; SV El Salvador; SX Sint Maarten; SY Syria; SZ Eswatini;
TC Turks and Caicos Islands; TD Chad; TF French Southern Territories; TG Togo;
TH Thailand; TJ Tajikistan; TK Tokelau; TL Timor-Leste; TM Turkmenistan;
TN Tunisia; TO Tonga; TR Turkey; TT Trinidad and Tobago; TV Tuvalu; TW Taiwan;
TZ Tanzania; UA Ukraine; UG Uganda; UM United States Minor Outlying Islands;
US United States; UY Uruguay; UZ Uzbekistan; VA Vatican City;
VC Saint Vincent and the Grenadines; VE Venezuela; VG British Virgin Islands;
VI US Virgin Islands; VN Vietnam; VU Vanuatu; WF Wallis and Futuna; WS Samoa;
XK Kosovo; YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW Zimbabwe
"""

COUNTRIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        code: name
        for entry in " ".join(_TABLE.split()).split("; ")
        for code, _, name in (entry.partition(" "),)
    }
)
"""English name of every country by its two-letter code."""
_CALLED: Final = frozenset(COUNTRIES.values())


_OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "AE": ("UAE",),
        "BA": ("Bosnia",),
        "CD": ("Congo-Kinshasa",),
        "CG": ("Congo-Brazzaville",),
        "CI": ("Côte d'Ivoire",),
        "CV": ("Cabo Verde",),
        "CZ": ("Czech Republic",),
        "GB": ("UK", "Great Britain", "England", "Scotland", "Wales"),
        "KR": ("Korea",),
        "MM": ("Burma",),
        "NL": ("Holland",),
        "SZ": ("Swaziland",),
        "TL": ("East Timor",),
        "TR": ("Türkiye",),
        "US": ("USA", "America"),
        "VA": ("Holy See",),
    }
)
"""What people type and what is not the beginning of the name."""
MOST_NAMED: Final = 3
"""More countries than these are counted, not named."""
_WITH_THE: Final = """
AE AX BQ BS CC CD CF CK DO FK FO GB GM HM IM IO KM KY MH MP MV NL PH PN SB SC TC TF UM
US VG VI
"""


def country(code: str) -> str:
    """Return what the country ``code`` is called; the code again if it is none."""
    return tr(COUNTRIES.get(code, code))


def place_name(place: Place) -> str:
    """Return what a place is called; names of cities and states are not translated.

    A state may be called as a country is: there is a Georgia in the United States.
    """
    if place.name not in _CALLED:
        return tr(place.name)
    lands = place.countries or (place.code,)
    is_it = [COUNTRIES.get(land) for land in lands] == [place.name]
    return tr(place.name) if is_it else place.name


def with_article(code: str) -> str:
    """Return its name as it stands in a sentence: "Spain", "the Netherlands"."""
    return f"{the(code)}{country(code)}"


def named(codes: Sequence[str]) -> str:
    """Return countries as they stand in a sentence, many of them counted.

    Args:
        codes: ISO 3166-1 alpha-2; at least one.
    """
    names = [with_article(code) for code in codes]
    if len(names) <= MOST_NAMED:
        return listed(names)
    return trn(
        "{names} and {n} more place",
        "{names} and {n} more places",
        len(names) - MOST_NAMED + 1,
        names=", ".join(names[: MOST_NAMED - 1]),
    )


def the(code: str) -> str:
    """Return the article that goes before a country's name, if any: "the ".

    Only English has one here.
    """
    return "the " * (language() == ENGLISH and code in _WITH_THE)


def called(words: str) -> str:
    """Return the code of the country that goes by this code or name; empty: none."""
    asked = bare(words)
    return next((c for c in COUNTRIES if asked in {c.casefold(), *_names(c)}), "")


def find(words: str, more: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """Return the codes of the countries that are meant, the best match first.

    Case and accents make no difference.

    Args:
        words: What a person typed; nothing finds all, in the order of their names.
        more: Further names by code, e.g. those in a country's own languages.
    """
    asked = bare(words)
    if not asked:
        return sorted(COUNTRIES, key=lambda code: bare(country(code)))
    fits = {}
    for code in COUNTRIES:
        names = [*_names(code), *map(bare, (more or {}).get(code, ()))]
        fit = min(_fit(asked, name) for name in names)
        if asked == code.casefold():
            fit = _WHOLE
        if fit < _NOT:
            fits[code] = (fit, bare(country(code)))
    return sorted(fits, key=lambda code: fits[code])


_WHOLE, _BEGINNING, _WORD, _NOT = range(4)
"""How well what was typed fits a name."""


def _fit(asked: str, name: str) -> int:
    if asked == name:
        return _WHOLE
    if name.startswith(asked):
        return _BEGINNING
    return _WORD if f" {asked}" in name else _NOT


def _names(code: str) -> list[str]:
    """Return what a country is called, in the person's language and in English."""
    names = (country(code), COUNTRIES[code], *_OTHER_NAMES.get(code, ()))
    return [bare(name) for name in names]


def bare(words: str) -> str:
    """Return words without case, accents and what stands between them.

    By this, names are compared and put in order.
    """
    split = unicodedata.normalize("NFKD", words.casefold()).replace("ı", "i")
    letters = "".join(c if c.isalnum() else " " for c in split if not _is_accent(c))
    return " ".join(letters.split())


def _is_accent(character: str) -> bool:
    return unicodedata.combining(character) > 0
