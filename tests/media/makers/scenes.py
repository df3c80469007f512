"""Paints what people photograph without thinking of it: a chat, a letter, a whiteboard, a badge, a parcel, a car."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter, ImageFont

Colour = tuple[int, int, int]
WHITE, BLACK, GREY = (255, 255, 255), (20, 20, 20), (120, 120, 120)


@dataclass(frozen=True)
class Scene:
    """A picture, the lines that can be read in it, and the kinds of thing that it shows."""

    image: Image.Image
    lines: tuple[str, ...]
    kinds: frozenset[str]


def wrote(image: Image.Image, at: tuple[float, float], text: str, size: float, ink: Colour = BLACK) -> None:
    """Write a line into a picture."""
    ImageDraw.Draw(image).text(at, text, ink, ImageFont.load_default(size))


def listed(image: Image.Image, at: tuple[float, float], lines: tuple[str, ...], size: float, ink: Colour) -> None:
    """Write lines below each other."""
    for number, line in enumerate(lines):
        wrote(image, (at[0], at[1] + number * size * 1.6), line, size, ink)


def chat(scale: float = 1.0, dark: bool = False) -> Scene:
    """Return a screenshot of messages, 1080 by 1920 pixels at full scale."""
    paper, ink = ((17, 20, 24), (235, 235, 235)) if dark else ((240, 240, 244), BLACK)
    image = Image.new("RGB", (round(1080 * scale), round(1920 * scale)), paper)
    draw = ImageDraw.Draw(image)

    def line(x: float, y: float, text: str, size: float, colour: Colour = ink) -> None:
        wrote(image, (x * scale, y * scale), text, size * scale, colour)

    line(60, 30, "14:02", 38)
    line(920, 30, "87%", 38)
    line(160, 130, "Sam Kestrel", 52)
    line(430, 260, "Today 14:02", 36, GREY)
    said = ("Hi, can we move my session?", "I feel much worse this week", "Of course. Thursday at 10:30?")
    for number, (text, mine) in enumerate(zip(said, (False, False, True), strict=True)):
        left, top = (240 if mine else 50), 380 + number * 190
        fill = (0, 92, 75) if mine and dark else (32, 44, 51) if dark else (217, 253, 211) if mine else WHITE
        box = [left * scale, top * scale, (left + 790) * scale, (top + 130) * scale]
        draw.rounded_rectangle(box, 30 * scale, fill=fill)
        line(left + 35, top + 35, text, 46)
    line(880, 960, "Delivered", 32, GREY)
    line(140, 1790, "Type a message", 42, GREY)
    lines = ("14:02", "87%", "Sam Kestrel", "Today 14:02", *said, "Delivered", "Type a message")
    return Scene(image, lines, frozenset({"screen", "appointment"}))


LETTER = (
    "Riverside Counselling Service", "12 Mill Lane, Oldtown OX4 9ZZ", "Telephone: 01632 960 001",
    "3 March 2026", "Dear Mr Kestrel,", "Re: NHS No. 943 476 5919   Date of birth: 04/07/1988",
    "Thank you for coming to your assessment last week.", "Your next appointment is on Monday 9 March at 2.30 pm.",
    "Please write to sam@example.org if you cannot come.", "Yours sincerely,", "Dr A. Person",
)  # fmt: skip


def letter(scale: float = 1.0) -> Scene:
    """Return a letter as a scanner gives it, 1240 by 1754 pixels at full scale."""
    image = Image.new("RGB", (round(1240 * scale), round(1754 * scale)), (250, 249, 245))
    listed(image, (110 * scale, 120 * scale), LETTER, 34 * scale, BLACK)
    kinds = {"letter", "address", "telephone number", "e-mail address", "appointment"}
    return Scene(image, LETTER, frozenset(kinds))


def noisy(image: Image.Image, strength: int, seed: int = 7) -> Image.Image:
    """Return a picture with the noise of a photograph."""
    noise = Image.frombytes("L", image.size, random.Random(seed).randbytes(image.width * image.height))
    return Image.blend(image, noise.convert("RGB"), strength / 255).filter(ImageFilter.GaussianBlur(0.7))


def whiteboard(scale: float = 1.0, turned: float = 4.0) -> Scene:
    """Return a photograph of a whiteboard: turned a little, noisy, lit from one side, 1600 by 1200 at full scale."""
    size = (round(1600 * scale), round(1200 * scale))
    board = Image.new("RGB", size, (236, 238, 236))
    lines = (
        "Supervision agenda",
        "1. Client J - risk plan",
        "2. Referral to crisis team",
        "Actions: call GP Friday 3pm",
    )
    listed(board, (220 * scale, 260 * scale), lines, 74 * scale, (30, 40, 150))
    shade = Image.linear_gradient("L").rotate(90).resize(size).point(lambda level: 150 + level * 2 // 5)
    lit = Image.composite(board, Image.new("RGB", size, (90, 90, 90)), shade)
    photograph = lit.rotate(turned, Image.Resampling.BICUBIC, fillcolor=(140, 130, 120))
    return Scene(noisy(photograph, 22), lines, frozenset({"whiteboard", "appointment"}))


def badge(scale: float = 1.0, turned: float = -6.0) -> Scene:
    """Return a photograph of a name badge on a lanyard, 900 by 900 pixels at full scale."""
    image = Image.new("RGB", (round(900 * scale), round(900 * scale)), (60, 70, 90))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle([150 * scale, 180 * scale, 750 * scale, 720 * scale], 30 * scale, fill=WHITE)
    draw.rectangle([150 * scale, 220 * scale, 750 * scale, 330 * scale], fill=(0, 80, 170))
    wrote(image, (190 * scale, 240 * scale), "Oldtown NHS Trust", 52 * scale, WHITE)
    lines = ("HELLO my name is", "Alex Kestrel", "Psychotherapist", "Staff ID 204417")
    listed(image, (190 * scale, 380 * scale), lines, 48 * scale, BLACK)
    photograph = image.rotate(turned, Image.Resampling.BICUBIC, fillcolor=(60, 70, 90))
    return Scene(noisy(photograph, 14), ("Oldtown NHS Trust", *lines), frozenset({"name badge"}))


def label(scale: float = 1.0, turned: float = 5.0) -> Scene:
    """Return a photograph of the address on a parcel, 1000 by 700 pixels at full scale."""
    image = Image.new("RGB", (round(1000 * scale), round(700 * scale)), (176, 140, 98))
    box = [140 * scale, 120 * scale, 860 * scale, 580 * scale]
    ImageDraw.Draw(image).rectangle(box, fill=(248, 248, 244))
    lines = ("Ms J. Kestrel", "Flat 2, 41 Orchard Road", "Newbridge", "NE99 1ZZ", "Mob: 07700 900 123")
    listed(image, (190 * scale, 170 * scale), lines, 46 * scale, BLACK)
    photograph = image.rotate(turned, Image.Resampling.BICUBIC, fillcolor=(176, 140, 98))
    return Scene(noisy(photograph, 18), lines, frozenset({"address", "telephone number"}))


def car(scale: float = 1.0, turned: float = 3.0) -> Scene:
    """Return a photograph of the back of a car, 1000 by 600 pixels at full scale."""
    image = Image.new("RGB", (round(1000 * scale), round(600 * scale)), (120, 24, 30))
    ImageDraw.Draw(image).rectangle([260 * scale, 240 * scale, 760 * scale, 360 * scale], fill=(250, 205, 40))
    wrote(image, (295 * scale, 252 * scale), "AB51 XYZ", 92 * scale)
    photograph = image.rotate(turned, Image.Resampling.BICUBIC, fillcolor=(120, 24, 30))
    return Scene(noisy(photograph, 14), ("AB51 XYZ",), frozenset({"number plate"}))


SCENES: dict[str, Callable[[float], Scene]] = {
    "chat": chat, "dark chat": lambda scale: chat(scale, dark=True), "letter": letter, "whiteboard": whiteboard,
    "badge": badge, "label": label, "car": car,
}  # fmt: skip


def plain() -> Image.Image:
    """Return a picture of hills under a sky, in which there is nothing to read."""
    sky = Image.linear_gradient("L").resize((800, 600)).convert("RGB")
    draw = ImageDraw.Draw(sky)
    draw.ellipse([-200, 380, 500, 900], fill=(60, 110, 60))
    draw.ellipse([300, 420, 1100, 1000], fill=(50, 90, 50))
    return noisy(sky, 10)


def portraits(*corners: tuple[int, int], size: tuple[int, int] = (800, 600)) -> Image.Image:
    """Return a picture with a drawn head, some 100 by 125 pixels large, at each of these corners."""
    image = Image.new("RGB", size, (90, 120, 140))
    for left, top in corners:
        head(ImageDraw.Draw(image), left, top)
    return image.filter(ImageFilter.GaussianBlur(1.2))


def head(draw: ImageDraw.ImageDraw, left: int, top: int) -> None:
    """Draw a head over shoulders."""
    skin, dark, light, red = (224, 172, 140), (60, 40, 30), (245, 245, 245), (170, 70, 70)
    shade = (190, 146, 119)

    def oval(box: tuple[int, int, int, int], ink: Colour) -> None:
        draw.ellipse([left + box[0], top + box[1], left + box[2], top + box[3]], fill=ink)

    draw.rectangle([left + 38, top + 110, left + 62, top + 140], fill=shade)
    for box, ink in (((-20, 130, 120, 260), (40, 50, 90)), ((4, -8, 96, 90), dark), ((10, 5, 90, 125), skin)):
        oval(box, ink)
    for eye in (32, 68):
        oval((eye - 9, 48, eye + 9, 60), light)
        oval((eye - 5, 49, eye + 5, 59), dark)
        draw.line([left + eye - 11, top + 42, left + eye + 11, top + 41], fill=dark, width=3)
    draw.polygon([(left + 50, top + 55), (left + 43, top + 78), (left + 57, top + 78)], fill=shade)
    oval((34, 90, 66, 102), red)
