"""Colours of the HTML report, light and dark, and which of them stand on which. A test computes every contrast."""

LIGHT = {
    "paper": "#faf9f6",
    "surface": "#ffffff",
    "sunken": "#f2f0ea",
    "ink": "#1d2226",
    "muted": "#535d66",
    "rule": "#d8d4ca",
    "control": "#7b838a",
    "link": "#0b5563",
    "focus": "#a34a00",
    "less_urgent": "#93300f",
    "less_urgent-tint": "#fbeee8",
    "lost": "#7d1f4c",
    "lost-tint": "#f9ecf2",
    "lateral": "#58388a",
    "lateral-tint": "#f2edf9",
    "scope": "#46525d",
    "scope-tint": "#eef0f2",
    "constraint": "#664a00",
    "constraint-tint": "#f7f1df",
    "gained": "#0d5a53",
    "gained-tint": "#e5f2ef",
    "more_urgent": "#1e4c97",
    "more_urgent-tint": "#e9effa",
}

DARK = {
    "paper": "#14171a",
    "surface": "#1b1f23",
    "sunken": "#22272c",
    "ink": "#e7e4de",
    "muted": "#a9b1b8",
    "rule": "#363d44",
    "control": "#7f8a93",
    "link": "#7fc8d6",
    "focus": "#f0a35e",
    "less_urgent": "#f2a58e",
    "less_urgent-tint": "#33211b",
    "lost": "#efa6c6",
    "lost-tint": "#321f29",
    "lateral": "#c5b1f0",
    "lateral-tint": "#281f36",
    "scope": "#b7c1ca",
    "scope-tint": "#242a30",
    "constraint": "#dcc17d",
    "constraint-tint": "#2f2917",
    "gained": "#8dd1c3",
    "gained-tint": "#17302c",
    "more_urgent": "#a1c2f5",
    "more_urgent-tint": "#1b2940",
}

DIRECTION_COLOURS = ("less_urgent", "lost", "lateral", "scope", "constraint", "gained", "more_urgent")
GROUNDS = ("paper", "surface", "sunken")

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("ink", "muted", "link") for ground in GROUNDS),
    *((name, ground) for name in DIRECTION_COLOURS for ground in (*GROUNDS, f"{name}-tint")),
    *(("ink", f"{name}-tint") for name in DIRECTION_COLOURS),
    *(("muted", f"{name}-tint") for name in DIRECTION_COLOURS),
    *(("link", f"{name}-tint") for name in DIRECTION_COLOURS),
)
"""Text on ground: a contrast of 4.5 or more (WCAG 2.2, 1.4.3)."""

SIGN_PAIRS: tuple[tuple[str, str], ...] = tuple((sign, ground) for sign in ("focus", "control") for ground in GROUNDS)
"""Outlines of controls and of the focus on ground: a contrast of 3 or more (WCAG 2.2, 1.4.11)."""


def stylesheet() -> str:
    """Return the palettes as custom properties: dark where the reader prefers or chooses it, print always light."""
    light, dark = _properties(LIGHT), _properties(DARK)
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark)"
        f'{{:root:not([data-theme="light"]){{color-scheme:dark;{dark}}}}}\n'
        f'@media screen{{:root[data-theme="dark"]{{color-scheme:dark;{dark}}}}}\n'
    )


def _properties(palette: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in palette.items())


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast ratio of two colours written `#rrggbb`."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    # SOURCE: WCAG 2.2, definition of relative luminance.
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
