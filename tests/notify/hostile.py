"""Texts that have broken something somewhere; what is shown must stand all of them."""

# ruff: noqa: RUF001 - letters that look like others are here on purpose

from __future__ import annotations

from defusedxml.ElementTree import fromstring

_NOTHING = (
    *("", " ", "\n", "\r", "\t", "\v\f\x85", "\u00a0", "\u3000", "\u2003"),
    *("\u200b", "\u2060", "\ufeff", "\u00ad", "\u115f", "\u2800", "\u3164"),
    *("\u200c\u200d", "\ufe0f", "\u034f"),
)
"""What cannot be seen, or hardly."""

_OPTIONS = (
    *("-", "--", "-h", "--help", "--version", "-u critical", "-i/etc/passwd"),
    "--hint=string:sound-file:/x.wav",
    "--urgency=low --expire-time=1 --replace-id=1",
    *("- a list item", "-- ", "-1", "-e", "-o ProxyCommand=id", "/?", "/h", "@file"),
    *("\u2010-h", "\u2212h", "\t-h", "\n-h", "\x00-h", "\u200b-h", "\ufeff-h"),
)
"""What a program may take for an option of its own."""

_MARKUP = (
    *("<", ">", "<>", "</>", "< >", "<<", ">>", "<<b>>", "<\n>", "<\x00b>", "<b", "b>"),
    *("<b>", "</b>", "<b>bold</b>", "<B>BOLD</B>", "</body>", "<i>never closed"),
    *("<b><i>crossed</b></i>", "<u/>", "<br>", "<br/>", "<p>one<p>two", "<tt>x</tt>"),
    *("<big><big><big>x", "<sub>x</sub><sup>y</sup>", "<nosuch>x</nosuch>", "<1>"),
    "<img src='http://example.org/pixel.png'/>",
    '<img src="file:///dev/zero" alt="x"/>',
    "<img src=x onerror=alert(1)>",
    "<a href='file:///etc/passwd'>click</a>",
    '<a href="javascript:alert(1)">click</a>',
    "<a href=x>click",
    "<script>alert(1)</script>",
    "<style>*{display:none}</style>",
    "<svg/onload=alert(1)>",
    "<iframe src=//example.org>",
    "<span size='xx-large'>huge</span>",
    '<span foreground="red" background="red">unseen</span>',
    "<span font=1>tiny</span>",
    "<span size='2147483647'>x</span>",
    "<span alpha='1' letter_spacing='-99999' rise=\"99999\">x</span>",
    "<span font_desc='Sans 1000'>x</span>",
    '<markup><span face="\x07">x</span></markup>',
    "<![CDATA[x]]>",
    "]]>",
    "<![CDATA[",
    "<!-- comment -->",
    "<!--",
    "-->",
    "<!-->x",
    "<?xml version='1.0'?>",
    "<?php echo 1 ?>",
    '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
    "<b" + " x='y'" * 500 + ">",
    "<b>" * 300,
    "a < b > c",
    "if (a<b && c>d) { }",
    "\uff1cb\uff1e",
    "\u2039b\u203a",
)
"""What might be read as tags, in every half."""

_ENTITIES = (
    *("&", "&&", "& ", "&;", "&amp", "&amp;", "&amp;amp;", "&amp;lt;", "&AMP;"),
    *("&lt;b&gt;", "&lt", "&l", "&gt;", "&quot;", "&apos;", "&nbsp;", "&nosuch;"),
    *("&#0;", "&#", "&#;", "&#x;", "&#60;b&#62;", "&#x3c;b&#x3e;", "&#60b"),
    *("&#x202e;", "&#xd800;", "&#xffff;", "&#1114112;", "&#99999999999999999999;"),
    *("&#-1;", "&#x1F525;", "a & b", "AT&T", "?a=1&lt=2&copy=3", "%26lt%3B"),
    *("x" * 1995 + "&&&&&&&&", "<&" * 150),
)
"""Ampersands, and what they might begin."""

_DIRECTIONS = (
    *("\u202egnp.exe", "\u202a\u202b\u202d\u202e", "\u202e" * 500, "\u202c\u202c"),
    *("\u2066isolated\u2069", "\u2067never ended", "\u2068\u2069\u2069", "\u061c"),
    *("\u200f\u200e", "Chat \u202enwod si\u202c", "/* \u202e } \u2066if\u2069 */"),
    *("שלום עולם", "שלום -h <b>", "مرحبا 123 (عالم)", "\u200fשלום\u200f!"),
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
)
"""What changes the direction of reading, or is rightly read the other way."""

_SIGNS = (
    *("e" + "\u0301" * 10_000, "Z\u0351\u036b\u0343\u036a\u0302a\u0329\u031c\u035d"),
    *("\u0301alone", "\u20dd\u20e3", "\u0e49" * 300, "\u0bb9\u0bcd" * 200),
    *(
        "\u0644\u0644\u0651\u0628\u0651\u0631\u064f\u0631 \u0963 h",
        "\u0c1c\u0c4d\u0c1e",
    ),
    "\ufdfd",
    "\u1100\u1161\u11a8" * 100,
    *("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1e7\U0001f1f7"),
    *("\U0001f44d\U0001f3fd", "\u2764\ufe0f\u200d\U0001f525", "\U0001f1e7" * 99),
    "\u200d\U0001f525\u200d",
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "hidden\U000e0068\U000e0069\U000e007f",
    *("\U0001f525" * 10_000, "1\ufe0f\u20e3", "名前", "\u30b3\u3099", "ﬁ ℌ ㎏ Ⅷ"),
    *("раураl is down", "Gооgle", "ⅼоⅽаl", "ı İ ß ẞ ſ", "ＷｈａｔｓＡｐｐ"),
    *("\U0001d5d5\U0001d5fc\U0001d5f9\U0001d5f1", "\u24b6\u24b7", "A\u0300\u00c0"),
    *("\ue000\uf8ff", "\U000f0000", "\U0010ffff", "\ufffe\uffff", "\ufdd0", "\ufffd"),
    *("\ufff9a\ufffab\ufffb", "\u2028line\u2029paragraph", "\u206a\u206f", "\u0378"),
)
"""Marks without end, emoji of several parts, letters that look like others, and what
stands for no letter at all."""

_CONTROLS = (
    *("\x00", "before\x00after", "\x00\x00", "\x01\x02\x03", "bell\x07", "\x08\x08ab"),
    *("\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b[2J\x1b[H", "\x1bc", "\x9b31m"),
    "\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\",
    *("\x1bP+q\x1b\\", "\x7f", "\x80\x9f", "\x0e\x0f", "\x1a", "\x04", "\u2400"),
    *("line\r\nline", "over\rwritten", "line\n\n\n\n\nline", "a\n" * 200, "\n\r\n\r"),
)
"""What moves a terminal, or ends a string."""

_BYTES = (
    *("\ud800", "\udfff lone", "half \ud83d pair", "\udd25\ud83d", "\udc80"),
    *("\udcff\udcfe", "caf\udcc3\udca9", "Ã©Â\xa0", "\xff\xfe", "ï»¿"),
)
"""What was no text before it came to us."""

_LONG = (
    *("x" * 100_000, "-" * 10_000, " " * 10_000, "\n" * 10_000, "&" * 10_000),
    *("<" * 10_000, "'" * 10_000, "W" * 399, "x" * 400, "x" * 401, "x" * 120),
    *(" x" * 50_000, "\x00" * 100_000, "\ud800" * 10_000, "<b>x</b>" * 12_500),
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten" * 9,
    "https://example.org/" + "a/" * 1_000,
    "\u00ad".join("syllables" * 60),
    "\u200b" * 3_000 + "at last",
)
"""Long ones, with and without a place to break."""

_CODE = (
    *("back\\slash \\n \\0 \\x41 \\777", "\\", "\\\\", "trailing\\", "\\u202e"),
    *("'", '"', "`", "''", "'x", '"x', "it's", "\u2018x\u2019", "''''\"\"\"\""),
    'it\'s "quoted" `tick` $(id) ${HOME} %s %n %%',
    *("%", "%s%s%s%s%n", "%99999999d", "%1$s", "{0}", "{}", "{title}", "{0.__class__}"),
    *("$HOME", "${IFS}", "$((1/0))", "`id`", "$(id)", "; id", "| id", "&& id", "> /x"),
    *("#{1+1}", "{{7*7}}", "<%= 1 %>", "${jndi:ldap://example.org/a}", "@everyone"),
    *("'); drop table events; --", "1 OR 1=1", "{'title': <'x'>}", '{"a": [null]}'),
    *("@as []", "<byte 2>", "uint32 1", "urgency:2", "[1,default]", "#Open (x) [1,x]"),
    *("=1+1", "=cmd|' /C calc'!A0", "null", "None", "NaN", "true", "0", "-0"),
    *("#[fg=red]x", "%{F#f00}x", "^fg(red)x", "x | color=red", "---"),
)
"""What is program to somebody."""

_PLACES = (
    "file:///etc/passwd https://example.org/?a=1&b=<2>",
    *("/etc/passwd", "../../../../etc/passwd", "~/x", "C:\\x", "\\\\host\\share"),
    *("dialog-error", "image-missing", "/dev/zero", "javascript:alert(1)"),
    *("data:text/html,<b>x", "http://[::1", "http://例え.example/", "mailto:a@b"),
    *("org.freedesktop.Notifications", ":1.0", "/org/freedesktop/Notifications"),
    *("unix:path=/x", "con", "nul.txt", "a" * 256 + "/b", "xn--80ak6aa92e.example"),
)
"""Addresses, and names of icons, of buses, of files that are none."""

HOSTILE = (
    *_NOTHING,
    *_OPTIONS,
    *_MARKUP,
    *_ENTITIES,
    *_DIRECTIONS,
    *_SIGNS,
    *_CONTROLS,
    *_BYTES,
    *_LONG,
    *_CODE,
    *_PLACES,
)


def brief(text: str) -> str:
    """What a test with that text is called: its beginning, and how long it is."""
    return ascii(text) if len(text) < 40 else f"{text[:20]!a}-{len(text)}"


def shown(body: str) -> str:
    """What a reader of markup shows of a body.

    Raises:
        ParseError: It is no markup.
        ValueError: Some of it is not text.
    """
    tree = fromstring(f"<body>{body}</body>")
    if len(tree):
        raise ValueError(f"a tag: {tree[0].tag}")
    return tree.text or ""
