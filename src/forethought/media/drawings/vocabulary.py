"""The vocabulary of SVG: elements and what may stand in them, attributes, and the words that values are made of.

SVG 1.1 and SVG 2 (W3C), CSS as far as drawings use it.
"""

import re

TOLD = frozenset({"title", "desc"})
MOVING = frozenset("animate set animateMotion animateTransform animateColor".split())
ALWAYS = TOLD | MOVING
SHAPES = frozenset("path rect circle ellipse line polyline polygon".split())
LEAVES = SHAPES | {"use", "image"}
GRADIENTS = frozenset({"linearGradient", "radialGradient"})
LIGHTS = frozenset({"feDistantLight", "fePointLight", "feSpotLight"})
EFFECTS = frozenset(
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap"
    " feDropShadow feFlood feGaussianBlur feImage feMerge feMorphology feOffset feSpecularLighting feTile"
    " feTurbulence".split()
)
DEFINED = GRADIENTS | {"symbol", "clipPath", "mask", "marker", "pattern", "filter"}  # drawn only where referred to
TEXTS = frozenset({"text", "tspan", "textPath"})
CONTAINERS = frozenset("svg g a defs symbol switch mask marker pattern".split())
DRAWN = LEAVES | {"svg", "g", "a", "switch", "text", "defs", "style"} | DEFINED
WITHIN: dict[str, frozenset[str]] = {
    **dict.fromkeys(CONTAINERS, DRAWN | ALWAYS),
    "clipPath": SHAPES | {"text", "use"} | ALWAYS,
    **dict.fromkeys(TEXTS, frozenset({"tspan", "textPath", "a"}) | ALWAYS),
    **dict.fromkeys(GRADIENTS, frozenset({"stop"}) | ALWAYS),
    "filter": EFFECTS | ALWAYS,
    "feMerge": frozenset({"feMergeNode"}) | ALWAYS,
    "feComponentTransfer": frozenset("feFuncR feFuncG feFuncB feFuncA".split()) | ALWAYS,
    "feDiffuseLighting": LIGHTS | ALWAYS,
    "feSpecularLighting": LIGHTS | ALWAYS,
    "animateMotion": frozenset({"mpath"}) | TOLD,
}  # which elements may stand in which; in all others only what is read aloud or moves
ELEMENTS = frozenset().union(*WITHIN.values()) | {"svg"}

PROPERTIES = frozenset(
    "alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation"
    " color-interpolation-filters color-rendering color-profile cursor direction display dominant-baseline"
    " enable-background fill"
    " fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings font-kerning"
    " font-size font-size-adjust font-stretch font-style font-variant font-variant-ligatures font-variant-caps"
    " font-variant-numeric font-variant-east-asian font-variant-position font-variant-alternates"
    " font-variation-settings font-weight font-synthesis font-optical-sizing glyph-orientation-vertical"
    " glyph-orientation-horizontal image-rendering image-orientation isolation kerning letter-spacing"
    " lighting-color line-height"
    " marker marker-start marker-mid marker-end mask mask-type mix-blend-mode opacity overflow paint-order"
    " pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset"
    " stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor"
    " text-decoration"
    " text-decoration-line text-decoration-style text-decoration-color text-decoration-thickness text-indent"
    " text-orientation text-overflow text-rendering text-transform text-underline-offset transform transform-box"
    " transform-origin unicode-bidi vector-effect visibility white-space white-space-collapse width height x y cx"
    " cy r rx ry word-spacing writing-mode animation animation-name animation-duration animation-delay"
    " animation-direction animation-fill-mode animation-iteration-count animation-play-state animation-timing-function"
    " transition transition-duration transition-property transition-delay transition-timing-function background"
    " background-color margin padding stroke-alignment solid-color solid-opacity user-select will-change"
    " backface-visibility perspective max-width max-height min-width min-height shape-inside shape-padding shape-margin"
    " inline-size fill-box hyphens tab-size speak block-progression marks orphans widows".split()
)
GEOMETRY = frozenset(
    "x y x1 y1 x2 y2 z cx cy r rx ry fx fy fr width height dx dy rotate offset viewBox preserveAspectRatio"
    " version baseProfile zoomAndPan gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits"
    " patternTransform clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY"
    " orient pathLength textLength lengthAdjust startOffset method spacing side filterUnits primitiveUnits"
    " filterRes in in2 result mode operator k1 k2 k3 k4 type values tableValues slope intercept amplitude exponent"
    " stdDeviation edgeMode kernelMatrix kernelUnitLength order divisor bias targetX targetY preserveAlpha"
    " surfaceScale diffuseConstant specularConstant specularExponent limitingConeAngle pointsAtX pointsAtY"
    " pointsAtZ azimuth elevation scale xChannelSelector yChannelSelector radius baseFrequency numOctaves seed"
    " stitchTiles transform attributeType dur min max restart repeatCount repeatDur fill calcMode keyTimes"
    " keySplines keyPoints from to by additive accumulate origin externalResourcesRequired contentStyleType media"
    " crossorigin decoding xml:space aria-hidden focusable tabindex".split()
)
LINES = frozenset({"d", "points", "path"})
ROLES = frozenset("img image graphics-document graphics-symbol graphics-object group list listitem".split())
UNHEARD = frozenset({"presentation", "none"})

COLOURS = frozenset(
    "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown"
    " burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan"
    " darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred"
    " darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink"
    " deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold"
    " goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush"
    " lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey"
    " lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow"
    " lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen"
    " mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin"
    " navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise"
    " palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue"
    " saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey snow"
    " springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen"
    " transparent currentcolor canvas canvastext linktext".split()
)
WORDS = frozenset(
    "none auto normal inherit initial unset revert all both true false default optional important new accumulate"
    " fill stroke markers evenodd nonzero butt round square miter miter-clip bevel arcs start middle end left"
    " right center justify top bottom baseline sub super alphabetic central hanging ideographic mathematical"
    " before-edge after-edge text-before-edge text-after-edge text-top text-bottom use-script no-change reset-size"
    " lr lr-tb rl rl-tb tb tb-rl tb-lr horizontal-tb vertical-rl vertical-lr sideways sideways-rl sideways-lr"
    " upright mixed ltr rtl embed isolate isolate-override bidi-override plaintext italic oblique bold bolder"
    " lighter small-caps all-small-caps petite-caps unicase titling-caps ultra-condensed extra-condensed condensed"
    " semi-condensed semi-expanded expanded extra-expanded ultra-expanded narrower wider xx-small x-small small"
    " medium large x-large xx-large larger smaller caption icon menu message-box small-caption status-bar"
    " common-ligatures no-common-ligatures discretionary-ligatures contextual no-discretionary-ligatures"
    " historical-ligatures no-historical-ligatures no-contextual lining-nums oldstyle-nums proportional-nums"
    " tabular-nums"
    " diagonal-fractions stacked-fractions ordinal slashed-zero underline overline line-through blink solid double"
    " dotted dashed wavy weight style from-font capitalize uppercase lowercase full-width visible hidden collapse"
    " scroll inline block inline-block list-item run-in compact marker table inline-table flex grid contents"
    " table-row table-cell table-column pre nowrap pre-wrap pre-line break-spaces preserve break-word"
    " userspaceonuse objectboundingbox pad reflect repeat strokewidth xminymin xmidymin xmaxymin xminymid xmidymid"
    " xmaxymid xminymax xmidymax xmaxymax meet slice defer auto-start-reverse align stretch exact spacingandglyphs"
    " tiny basic full disable magnify srgb linearrgb auto-rotate auto-reverse no-repeat sourcegraphic sourcealpha"
    " backgroundimage backgroundalpha fillpaint strokepaint multiply screen overlay darken lighten color-dodge"
    " color-burn hard-light soft-light difference exclusion hue saturation color luminosity plus-lighter over in"
    " out atop xor arithmetic erode dilate duplicate wrap matrix saturate huerotate luminancetoalpha identity"
    " discrete linear gamma fractalnoise turbulence stitch nostitch r g b a translate scale rotate skewx skewy css"
    " xml always never whennotactive indefinite freeze remove paced spline replace sum alpha luminance fill-box"
    " stroke-box view-box border-box content-box non-scaling-stroke fixed-position non-scaling-size non-rotation"
    " visiblepainted visiblefill visiblestroke painted bounding-box optimizespeed optimizequality"
    " optimizelegibility geometricprecision crispedges pixelated smooth high-quality from-image pointer crosshair"
    " move text wait help grab grabbing not-allowed zoom-in zoom-out ease ease-in ease-out ease-in-out step-start"
    " step-end forwards backwards alternate alternate-reverse reverse infinite running paused opacity transform"
    " manual async sync anonymous text/css serif sans-serif monospace cursive fantasy system-ui left-side"
    " right-side clip ellipsis border preserve-3d break-all keep-all horizontal vertical vertical-text inter-word no"
    " no-display geometricPrecision chained jis78 ruby proportional-width once k".split()
)
FUNCTIONS = frozenset(
    "rgb rgba hsl hsla hwb lab lch oklab oklch matrix matrix3d translate translatex translatey translatez"
    " translate3d scale scalex scaley scale3d rotate rotatex rotatey rotatez rotate3d skew skewx skewy perspective"
    " calc min max clamp rect inset circle ellipse polygon blur brightness contrast drop-shadow grayscale"
    " hue-rotate invert opacity saturate sepia cubic-bezier steps".split()
)
TOKEN = re.compile(
    r"(?P<url>url\(\s*(['\"]?)#[\w.-]+\2\s*\))"
    r"|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
    r"(?:%|px|pt|pc|mm|cm|in|em|ex|ch|rem|q|vw|vh|deg|grad|rad|turn|ms|s|min|h|hz|x)?(?![A-Za-z_]))"
    r"|(?P<colour>#[0-9a-fA-F]{3,8}(?![\w]))"
    r"|(?P<function>[A-Za-z][\w-]*\()"
    r"|(?P<word>-?[A-Za-z][\w/-]*)"
    r"|(?P<sign>[\s,()/!;:*+-])"
)
NUMBERED = re.compile(r"k\d+|i\d+")
LINE = re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe\d\s,.+;-]*")
FONTS = re.compile(r"[\w\s,.'\"&+/()!-]*")
TONGUE = r"\s*[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4}|-\d{3}){0,3}\s*"
TONGUES = re.compile(rf"{TONGUE}(?:,{TONGUE})*")


def is_known(name: str, value: str) -> bool:
    """Tell whether a value is made of nothing but numbers and words that SVG has."""
    if name in LINES:
        return bool(LINE.fullmatch(value))
    if name == "font-family":
        return bool(FONTS.fullmatch(value)) and len(value) <= 200
    if name == "font":
        return bool(FONTS.fullmatch(value.replace("%", ""))) and len(value) <= 200
    if name == "values" and LINE.fullmatch(value):
        return True
    if name in ("font-feature-settings", "font-variation-settings"):
        return bool(re.fullmatch(r"(\s*(['\"])\w{4}\2\s*[\w.+-]{0,8}\s*,?)*|normal", value))
    return _is_made_of_words(value)


def _is_made_of_words(value: str) -> bool:
    at = 0
    while at < len(value):
        found = TOKEN.match(value, at)
        if not found or not _is_word(found):
            return False
        at = found.end()
    return True


def _is_word(found: re.Match[str]) -> bool:
    said = found[0].lower()
    if found.lastgroup == "function":
        return said[:-1] in FUNCTIONS
    if found.lastgroup == "word":
        return said in WORDS or said in COLOURS or said in PROPERTIES or NUMBERED.fullmatch(said) is not None
    return True
