"""How the report's marks were made: definitions, vocabularies, cue list, word rule, layer, fingerprints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator import vocabulary
from annotator.exporters import wording
from annotator.model import AnnotatedArticle
from annotator.model.values import CHECK_STATUSES, CLAIM_FORMS, CLAIM_TYPES, CUE_LOADS, SOURCE_NAMINGS, VERDICTS


@dataclass(frozen=True)
class Passage:
    """One passage of the method note; ``small`` ones are lists to look things up in."""

    head: str
    words: str
    small: bool = False


def passages(articles: Sequence[AnnotatedArticle], version: str) -> tuple[Passage, ...]:
    """Return the method note for these articles."""
    return (
        Passage(
            "What is marked",
            "A claim is a stretch of the article that says something is, was, will be or ought to be so. It is attributed "
            "when a source other than the author or the publication stands behind it; where the author alone does, a "
            "person has said so (author’s voice); where nobody has looked yet, the report says that. A source is "
            "whoever the article names or describes as giving information. An entity is a person, body, place, event or work.",
        ),
        Passage("Whose marks", _layers(articles)),
        Passage(
            "What checking means",
            "A status says how far checking has come. A verdict is a person’s act and rests on at least one piece of "
            "evidence. Opinions and values take none. The program counts and shows; it does not decide what is true.",
        ),
        Passage("Vocabularies", _vocabularies(), small=True),
        *_cue_lists(articles),
        Passage(
            "What counts as a word",
            "A word is a run of letters and digits with their combining marks, and may hold apostrophes and hyphens: "
            "“3.5” is two words, “mother-in-law” one. In scripts that set no spaces between words (Chinese, Japanese, "
            "Thai and others) each character that is a letter or a digit counts, and the figure is called “words and characters”.",
        ),
        Passage("Fingerprints", _fingerprints(articles), small=True),
        Passage("Made with", f"Article Annotator {version}.", small=True),
    )


def _layers(articles: Sequence[AnnotatedArticle]) -> str:
    names = dict.fromkeys(_layer(a) for a in articles)
    orphans = sum(a.orphans for a in articles)
    lost = (
        f" {vocabulary.count(orphans, 'annotation').capitalize()} "
        f"{'has' if orphans == 1 else 'have'} no place in this version of the text and cannot be shown."
        if orphans
        else ""
    )
    return (
        f"The marks are those of {wording.listed(list(names))}. Only accepted ones are shown and counted; proposals and "
        f"rejected marks are left out.{lost} Marks are one reader’s work, and readings may differ."
    )


def _layer(annotated: AnnotatedArticle) -> str:
    layer = annotated.layer
    coder = annotated.coder_name(layer.coder)
    kind = f"layer “{layer.name}”" if layer.name else f"{vocabulary.label(layer.kind)} layer"
    return f"{coder} ({kind})" if coder else f"the {kind}"


def _words(values: Iterable[str]) -> str:
    return ", ".join(vocabulary.label(v) for v in values)


def _vocabularies() -> str:
    scale = ", ".join(f"{v} {vocabulary.label(v)}" if v.isdigit() else vocabulary.label(v) for v in VERDICTS)
    return (
        f"Type: {_words(CLAIM_TYPES)}. Form: {_words(CLAIM_FORMS)}. Naming of a source: {_words(SOURCE_NAMINGS)}. "
        f"Load of a cue: {_words(CUE_LOADS)}. Status: {_words(CHECK_STATUSES)}. Verdict: {scale}."
    )


def _cue_lists(articles: Sequence[AnnotatedArticle]) -> tuple[Passage, ...]:
    languages = sorted({(a.article.language or "en").split("-")[0].lower() for a in articles})
    lists = {vocabulary.cue_verbs(language): language for language in reversed(languages)}
    out: list[Passage] = []
    for verbs in lists:
        by_load: dict[str, list[str]] = {}
        for verb in verbs:
            by_load.setdefault(verb.load, []).append(verb.text)
        words = " ".join(f"{vocabulary.title(load)}: {', '.join(found)}." for load, found in by_load.items())
        out.append(Passage("Words taken as cues, with the load proposed for them", words, small=True))
    return tuple(out)


def _fingerprints(articles: Sequence[AnnotatedArticle]) -> str:
    if len(articles) == 1:
        version = articles[0].version
        return (
            "The article’s words stand here as they are stored; only numbers were added. SHA-256 of the text, version "
            f"{version.no}: {_grouped(version.sha256)}."
        )
    lines = (
        f"{n}. {' '.join(a.article.title.split())}: {_grouped(a.version.sha256)}" for n, a in enumerate(articles, 1)
    )
    told = "The articles’ words stand here as they are stored; only numbers were added. SHA-256 of each text:\n"
    return told + "\n".join(lines)


def _grouped(digest: str) -> str:
    return " ".join(digest[i : i + 16] for i in range(0, len(digest), 16))
