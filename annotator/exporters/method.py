"""How the report's marks were made: definitions, vocabularies, cue list, word rule, layer, fingerprints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator import vocabulary
from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, CodeBook
from annotator.model.code_book import CUE, LISTS
from annotator.model.values import CHECK_STATUSES, CLAIM_FORMS, CLAIM_TYPES, SOURCE_NAMINGS
from annotator.vocabulary import CueVerb, HouseRule


@dataclass(frozen=True)
class Passage:
    """One passage of the method note; ``small`` ones are lists to look things up in."""

    head: str
    words: str
    small: bool = False


def passages(articles: Sequence[AnnotatedArticle], version: str) -> tuple[Passage, ...]:
    """Return the method note for these articles."""
    return (
        _marked(),
        Passage(tr("Whose marks"), _layers(articles)),
        _checking(),
        Passage(tr("Vocabularies"), _vocabularies(_book(articles)), small=True),
        *_defined(_book(articles)),
        *_cue_lists(articles),
        _words_rule(),
        Passage(tr("Fingerprints"), _fingerprints(articles), small=True),
        _made_with(version),
    )


def counted(articles: Sequence[AnnotatedArticle], version: str) -> tuple[Passage, ...]:
    """Return how the figures of an audit of these articles were counted, with the rules and lists used."""
    return (
        Passage(
            tr("What is counted"),
            tr(
                "Figures over claims count the accepted claims of all zones of an article; figures over words count the words "
                "of its body, each once however many marks lie over it, and only where it lies wholly inside a mark. Who is "
                "accountable for a claim is the outermost source the article names for it, the author and the publication "
                "left out. An entity that speaks in several articles is one source. A high share is a question to the text, "
                "not a fault."
            ),
        ),
        _marked(),
        Passage(tr("Whose marks"), _layers(articles)),
        _checking(),
        Passage(tr("Where the numbers of paragraphs come from"), _paragraphs()),
        _words_rule(),
        Passage(tr("House rules that were asked"), _rules(_book(articles)), small=True),
        *_cue_lists(articles),
        Passage(tr("Fingerprints"), _fingerprints(articles), small=True),
        _made_with(version),
    )


def coded(articles: Sequence[AnnotatedArticle], version: str, *, defined: bool) -> tuple[Passage, ...]:
    """Return how the claims of these articles were coded; ``defined``: the report holds the vocabularies itself."""
    book = _book(articles)
    words = () if defined else (Passage(tr("Vocabularies"), _vocabularies(book), small=True), *_defined(book))
    return (
        _marked(),
        Passage(tr("Whose marks"), _layers(articles)),
        _checking(),
        Passage(tr("Where the numbers of paragraphs come from"), _paragraphs()),
        *words,
        *(() if defined else _cue_lists(articles)),
        Passage(tr("Fingerprints"), _fingerprints(articles), small=True),
        _made_with(version),
    )


def _marked() -> Passage:
    return Passage(
        tr("What is marked"),
        tr(
            "A claim is a stretch of the article that says something is, was, will be or ought to be so. It is attributed "
            "when a source other than the author or the publication stands behind it; where the author alone does, a "
            "person has said so (author’s voice); where nobody has looked yet, the report says that. “A, citing B” means that "
            "the article knows B’s words through A, who is accountable for them. A source is "
            "whoever the article names or describes as giving information. An entity is a person, body, place, event or work."
        ),
    )


def _checking() -> Passage:
    return Passage(
        tr("What checking means"),
        tr(
            "A status says how far checking has come. A verdict is a person’s act and rests on at least one piece of "
            "evidence. Opinions and values take none. The program counts and shows; it does not decide what is true."
        ),
    )


def _paragraphs() -> str:
    return tr(
        "¶ numbers count the paragraphs of the article’s text as it is stored, from the first one of its body on; masthead, "
        "headline, standfirst, byline and headings have none. The annotated article prints the same numbers in its margin."
    )


def _words_rule() -> Passage:
    return Passage(
        tr("What counts as a word"),
        tr(
            "A word is a run of letters and digits with their combining marks, and may hold apostrophes and hyphens: "
            "“3.5” is two words, “mother-in-law” one. In scripts that set no spaces between words (Chinese, Japanese, "
            "Thai and others) each character that is a letter or a digit counts, and the figure is called “words and characters”."
        ),
    )


def _made_with(version: str) -> Passage:
    return Passage(tr("Made with"), tr("Article Annotator {version}.", version=version), small=True)


def _rules(book: CodeBook) -> str:
    on = [_rule(r) for r in book.house_rules() if r.on]
    off = [r.title for r in book.house_rules() if not r.on]
    told = tr("On: {rules}.", rules="; ".join(on)) if on else tr("None was on.")
    return f"{told} {tr('Off: {rules}.', rules='; '.join(off))}" if off else told


def _rule(rule: HouseRule) -> str:
    """Return "Longest passage without a source (words: 100)"."""
    limits = ", ".join(f"{name.replace('_', ' ')}: {n:,}" for name, n in rule.limits)
    return f"{rule.title} ({limits})" if limits else rule.title


def _book(articles: Sequence[AnnotatedArticle]) -> CodeBook:
    """Return the code book: the articles of a report are of one project."""
    return articles[0].code_book if articles else CodeBook()


def _layers(articles: Sequence[AnnotatedArticle]) -> str:
    names = dict.fromkeys(_layer(a) for a in articles)
    orphans = sum(a.orphans for a in articles)
    told = tr(
        "The marks are those of {layers}. Only accepted ones are shown and counted; proposals and rejected marks are left out.",
        layers=vocabulary.listed(list(names)),
    )
    lost = trn(
        "{n} annotation has no place in this version of the text and cannot be shown.",
        "{n} annotations have no place in this version of the text and cannot be shown.",
        orphans,
    )
    readings = tr("Marks are one reader’s work, and readings may differ.")
    return " ".join((told, *((lost,) if orphans else ()), readings))


def _layer(annotated: AnnotatedArticle) -> str:
    layer = annotated.layer
    coder = annotated.coder_name(layer.coder)
    kind = (
        tr("layer “{name}”", name=layer.name) if layer.name else tr("{kind} layer", kind=vocabulary.label(layer.kind))
    )
    return tr("{coder} ({layer})", coder=coder, layer=kind) if coder else tr("the {layer}", layer=kind)


def _words(values: Iterable[str]) -> str:
    return ", ".join(vocabulary.label(v) for v in values)


def _vocabularies(book: CodeBook) -> str:
    scale = ", ".join(f"{t.key} {t.label}" if t.key.isdigit() else t.label for t in book.terms("verdict"))
    return tr(
        "Type: {types}. Form: {forms}. Naming of a source: {namings}. Load of a cue: {loads}. Status: {statuses}. Verdict: {scale}.",
        types=_words(CLAIM_TYPES),
        forms=_words(CLAIM_FORMS),
        namings=_words(SOURCE_NAMINGS),
        loads=", ".join(t.label for t in book.terms("load")),
        statuses=_words(CHECK_STATUSES),
        scale=scale,
    )


def _defined(book: CodeBook) -> tuple[Passage, ...]:
    """Return what the project's own terms mean, by list, where somebody wrote it down."""
    out: list[Passage] = []
    for list_, kind in LISTS.items():
        told = [f"{t.label}: {t.definition}" for t in book.own.get(list_, ()) if t.definition and list_ != CUE]
        if told:
            out.append(
                Passage(kind.title, " ".join(w if w.endswith((".", "!", "?")) else f"{w}." for w in told), small=True)
            )
    return tuple(out)


def _cue_lists(articles: Sequence[AnnotatedArticle]) -> tuple[Passage, ...]:
    book = _book(articles)
    languages = sorted({vocabulary.plain_language(a.article.language) for a in articles})
    lists = dict.fromkeys(book.cue_verbs(language) for language in languages)
    return tuple(
        Passage(tr("Words taken as cues, with the load proposed for them"), _by_load(book, verbs), small=True)
        for verbs in lists
    )


def _by_load(book: CodeBook, verbs: Iterable[CueVerb]) -> str:
    by_load: dict[str, list[str]] = {}
    for verb in verbs:
        by_load.setdefault(verb.load, []).append(verb.text)
    return " ".join(f"{book.title('load', load)}: {', '.join(found)}." for load, found in by_load.items())


def _fingerprints(articles: Sequence[AnnotatedArticle]) -> str:
    if len(articles) == 1:
        version = articles[0].version
        return tr(
            "The article’s words stand here as they are stored; only numbers were added. SHA-256 of the text, version {no}: {digest}.",
            no=version.no,
            digest=_grouped(version.sha256),
        )
    lines = (
        f"{n}. {' '.join(a.article.title.split())}: {_grouped(a.version.sha256)}" for n, a in enumerate(articles, 1)
    )
    told = tr("The articles’ words stand here as they are stored; only numbers were added. SHA-256 of each text:")
    return told + "\n" + "\n".join(lines)


def _grouped(digest: str) -> str:
    return " ".join(digest[i : i + 16] for i in range(0, len(digest), 16))
