"""The picture by which a link to a resort shows itself elsewhere: its name, region, verdict and age, as PNG.

Such pictures are kept for weeks by those who show them. So it says on which day the rules were read, never how long
ago, and nothing that is announced for a day.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import as_file, files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from webapp.marks import Mark

MIMETYPE = "image/png"
WIDTH, HEIGHT = 1200, 630
"""Pixels; the shape that sites crop least."""

_MARGIN = 72
_GROUND, _INK, _QUIET, _LINE, _ACCENT = "#fbfbf9", "#16202a", "#56626c", "#dfe3e6", "#0b5cad"
_INKS = {
    Mark.ALLOWED: "#0f6b4f",
    Mark.LIMITED: "#8a5a00",
    Mark.PROHIBITED: "#a3243b",
    Mark.UNKNOWN: "#5b6670",
}
"""Those of the pages on their light ground."""
_LONGEST = 600
"""Letters of one line of text before it is wrapped: what nobody could read is not measured either."""
_FINE = 4
"""Shapes are drawn this many times as large, and made smaller, so that their edges are smooth."""
_DRAWING = 1
"""To be raised where the same words are drawn otherwise than before, so that nobody keeps the old picture."""

_Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class CardFace:
    """All that a card shows; ``mark_word`` is the mark's word in the reader's language."""

    name: str
    place: str
    mark: Mark
    mark_word: str
    verdict: str
    age: str
    site: str

    @property
    def etag(self) -> str:
        said = repr((_DRAWING, self)).encode()
        return blake2b(said, digest_size=12).hexdigest()


@lru_cache(maxsize=128)
def drawn(face: CardFace) -> bytes:
    """The picture as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
    pen = ImageDraw.Draw(picture)
    _hill(picture, (_MARGIN, 56), 44)
    pen.text((_MARGIN + 60, 54), face.site, font=_font("Semibold", 34), fill=_QUIET)
    y = _written(pen, 128, face.name, _fitting(face.name), _INK, lines=2)
    y = _written(pen, y + 4, face.place, _font("Regular", 34), _QUIET, lines=1)
    y = max(y + 28, 286)
    picture.paste(_INKS[face.mark], (_MARGIN, y + 3), _shape(face.mark, 44))
    pen.text((_MARGIN + 60, y - 2), face.mark_word, font=_font("Semibold", 42), fill=_INKS[face.mark])
    _written(pen, y + 64, face.verdict, _font("Regular", 40), _INK, lines=(HEIGHT - 100 - y - 64) // 52)
    pen.line((_MARGIN, HEIGHT - 84, WIDTH - _MARGIN, HEIGHT - 84), fill=_LINE, width=2)
    _written(pen, HEIGHT - 70, face.age, _font("Regular", 30), _QUIET, lines=1)
    body = BytesIO()
    # Fewer colours are a third of the bytes; this way of finding them takes a fifth of the usual one's time.
    few = picture.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(body, "PNG")
    return body.getvalue()


def wrapped(text: str, font: _Font, width: int, lines: int) -> list[str]:
    """``text`` in lines no wider than ``width`` pixels; what does not fit into them ends in an ellipsis."""
    found: list[str] = []
    rest = text[:_LONGEST].split()
    cut = len(text) > _LONGEST
    while rest and len(found) < lines:
        count = 1
        while count < len(rest) and font.getlength(" ".join(rest[: count + 1])) <= width:
            count += 1
        found.append(" ".join(rest[:count]))
        rest = rest[count:]
    if found and (rest or cut):
        found[-1] += " …"
    return [_shortened(line, font, width) for line in found]


def _shortened(line: str, font: _Font, width: int) -> str:
    if font.getlength(line) <= width:
        return line
    kept = line.removesuffix(" …")
    while kept and font.getlength(f"{kept}…") > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _written(pen: ImageDraw.ImageDraw, y: int, text: str, font: _Font, ink: str, *, lines: int) -> int:
    """Writes ``text`` from ``y`` on; where the next may begin."""
    height = round(font.size * 1.3)
    for line in wrapped(text, font, WIDTH - 2 * _MARGIN, lines):
        pen.text((_MARGIN, y), line, font=font, fill=ink)
        y += height
    return y


def _fitting(name: str) -> _Font:
    """As large as fits in one line, or small enough for two."""
    sizes = (76, 66, 58)
    fonts = [_font("Bold", size) for size in sizes]
    return next((font for font in fonts if font.getlength(name[:_LONGEST]) <= WIDTH - 2 * _MARGIN), fonts[-1])


def _shape(mark: Mark, size: int) -> Image.Image:
    """The mark's shape as a mask: that of the pages, on its ground of 16 units."""
    unit = size * _FINE / 16
    mask = Image.new("L", (size * _FINE, size * _FINE))
    pen = ImageDraw.Draw(mask)
    ring = tuple(round(at * unit) for at in (1, 1, 15, 15))
    stroke = round(2 * unit)
    match mark:
        case Mark.ALLOWED:
            pen.ellipse(ring, fill=255)
        case Mark.LIMITED:
            pen.ellipse(ring, outline=255, width=stroke)
            pen.pieslice(ring, 90, 270, fill=255)
        case Mark.PROHIBITED:
            pen.ellipse(ring, outline=255, width=stroke)
            pen.line((4.5 * unit, 8 * unit, 11.5 * unit, 8 * unit), fill=255, width=round(2.5 * unit))
        case Mark.UNKNOWN:
            for start in range(0, 360, 45):
                pen.arc(ring, start, start + 26, fill=255, width=stroke)
    return mask.resize((size, size), Image.Resampling.LANCZOS)


def _hill(picture: Image.Image, at: tuple[int, int], size: int) -> None:
    """The site's sign."""
    unit = size * _FINE / 24
    mask = Image.new("L", (size * _FINE, size * _FINE))
    line = [(x * unit, y * unit) for x, y in ((2, 20), (9, 7), (13, 13), (15.5, 9), (22, 20))]
    ImageDraw.Draw(mask).line(line, fill=255, width=round(2.2 * unit), joint="curve")
    picture.paste(_ACCENT, at, mask.resize((size, size), Image.Resampling.LANCZOS))


@cache
def _font(weight: str, size: int) -> _Font:
    source = files("font_source_sans_pro").joinpath("files", f"SourceSansPro-{weight.capitalize()}.ttf")
    with as_file(source) as path:
        return ImageFont.truetype(BytesIO(path.read_bytes()), size)
