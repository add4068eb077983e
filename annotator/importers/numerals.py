"""Numbers as the lists of word processors write them, and numbers read from their files."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ALPHABETS = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "hebrew1": "אבגדהוזחטיכלמנסעפצקרשת",
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
    "thaiLetters": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "aiueo": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "aiueoFullWidth": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "iroha": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
    "ganada": "가나다라마바사아자차카타파하",
    "chosung": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "chicago": "*†‡§",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_ONCE = ("decimalEnclosed", "ideograph")
_DIGITS = {
    "decimalFullWidth": "０１２３４５６７８９",
    "thaiNumbers": "๐๑๒๓๔๕๖๗๘๙",
    "hindiNumbers": "०१२३४५६७८९",
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "〇一二三四五六七八九",
    "koreanDigital": "영일이삼사오육칠팔구",
    "koreanDigital2": "零一二三四五六七八九",
}
_COUNTING = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
             "taiwaneseCountingThousand", "ideographLegalTraditional", "chineseLegalSimplified")  # fmt: skip


def shown(count: int, form: str) -> str:
    """Return a number as a form of Word's writes it; forms that are not known write decimals."""
    if form in ("upperRoman", "upperLetter"):
        return shown(count, "lower" + form[5:]).upper()
    if form == "russianUpper":
        return shown(count, "russianLower").upper()
    if form == "lowerRoman" and 0 < count < 10_000:
        return _roman(count)
    alphabet = _ALPHABETS.get(form)
    if alphabet is not None and count > 0:
        times, at = divmod(count - 1, len(alphabet))
        return str(count) if times >= (1 if form.startswith(_ONCE) else 50) else alphabet[at] * (times + 1)
    if form in _DIGITS:
        return "".join(_DIGITS[form][int(d)] for d in str(abs(count)))
    if form in _COUNTING and 0 < count < 10_000:
        return _counted(count)
    match form:
        case "none":
            return ""
        case "decimalZero":
            return f"{count:02}"
        case "numberInDash":
            return f"- {count} -"
        case "hex":
            return f"{count:X}"
        case "ordinal":
            teen = 10 < count % 100 < 14
            return f"{count}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"
        case _:
            return str(count)


def _roman(count: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        written += letters * times
    return written


def _counted(count: int) -> str:
    """Return a number in Chinese characters with their places: 21 is 二十一."""
    written = ""
    for place, digit in zip(("千", "百", "十", ""), f"{count:04}", strict=True):
        if digit != "0":
            written += "一二三四五六七八九"[int(digit) - 1] + place
        elif written and not written.endswith("〇"):
            written += "〇"
    return written.rstrip("〇").removeprefix("一" if 10 <= count < 20 else "")


def number(said: str | None, default: int = 0) -> int:
    """Return a value as a whole number, within reason; the default where it is none."""
    try:
        return max(-1_000_000_000, min(1_000_000_000, int(said or default)))
    except ValueError:
        return default
