"""The Wagtail admin speaks Chinese: no message of its catalogs is left in English."""

import re
from gettext import GNUTranslations
from pathlib import Path

import django
import pytest
import wagtail
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from django.utils.translation.trans_real import DjangoTranslation
from pytest_django import Settings

from cms.staff.catalogs import CatalogEntry, compile_catalog, read_catalog

WAGTAIL = Path(wagtail.__file__).parent
DJANGO = Path(django.__file__).parent / "conf/locale/en/LC_MESSAGES"
OURS = sorted(Path(settings.LOCALE_PATHS[0]).rglob("*.po"))
HAN = re.compile(r"[一-鿿]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
LETTERS = re.compile(r"[A-Za-z]")
# What stays as it is in Chinese text: abbreviations and the installation's names.
SAME_IN_CHINESE = {"URL", "ID"}
# A time alone, where English needs “at” and “by” around it.
ORDER_ONLY = {
    "%(action)s at <b>%(at)s</b>",
    "%(action)s by <b>%(who)s</b>",
    "+%(counter)s more",
    "at %(time)s",
    "at %(time)s by %(user_display_name)s",
    "%(time)s by %(user_display_name)s",
}


def english_catalogs(domain: str) -> list[Path]:
    return sorted(WAGTAIL.rglob(f"locale/en/LC_MESSAGES/{domain}.po"))


def is_installed(path: Path) -> bool:
    folder = path.parents[3]
    return any(Path(config.path) == folder for config in apps.get_app_configs())


def entries_of(paths: list[Path]) -> list[CatalogEntry]:
    return [e for path in paths for e in read_catalog(path) if e.source]


def translate(entry: CatalogEntry) -> str:
    if entry.context and entry.plural:
        return npgettext(entry.context, entry.source, entry.plural, 5)
    if entry.plural:
        return ngettext(entry.source, entry.plural, 5)
    if entry.context:
        return pgettext(entry.context, entry.source)
    return gettext(entry.source)


def needs_chinese(entry: CatalogEntry) -> bool:
    words = PLACEHOLDER.sub("", re.sub(r"<[^>]+>", "", entry.source))
    if entry.source in SAME_IN_CHINESE | ORDER_ONLY:
        return False
    return LETTERS.search(words) is not None


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_every_message_of_the_installed_apps_is_chinese() -> None:
    paths = [path for path in english_catalogs("django") if is_installed(path)]
    entries = entries_of(paths)

    with translation.override("zh-hans"):
        english = {
            entry.source
            for entry in entries
            if needs_chinese(entry) and not HAN.search(translate(entry))
        }

    assert english == set()
    assert len(entries) > 1600


def test_every_translation_keeps_its_placeholders() -> None:
    paths = [path for path in english_catalogs("django") if is_installed(path)]

    with translation.override("zh-hans"):
        broken = {
            entry.source: text
            for entry in entries_of(paths)
            if placeholders(text := translate(entry))
            not in (placeholders(entry.source), placeholders(entry.plural))
        }

    assert broken == {}


def test_every_message_of_the_scripts_is_chinese() -> None:
    (path,) = english_catalogs("djangojs")
    catalog = DjangoTranslation(
        "zh-hans", domain="djangojs", localedirs=[str(path.parents[2])]
    )

    english = {
        entry.source
        for entry in entries_of([path])
        if needs_chinese(entry)
        and not HAN.search(
            catalog.ngettext(entry.source, entry.plural, 5)
            if entry.plural
            else catalog.gettext(entry.source)
        )
    }

    assert english == set()


def test_apps_that_are_not_installed_are_chinese_too() -> None:
    ours = {entry.key for entry in entries_of(OURS) if entry.is_translated}
    missing = set()
    for path in english_catalogs("django"):
        theirs = Path(str(path).replace("/en/", "/zh_Hans/"))
        done = {e.key for e in read_catalog(theirs) if e.is_translated}
        missing |= {e.source for e in entries_of([path]) if e.key not in ours | done}

    assert missing == set()


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_catalog_translates_what_wagtail_or_django_says(path: Path) -> None:
    theirs = [*english_catalogs(path.stem), DJANGO / path.name]
    said = {entry.key for entry in entries_of([p for p in theirs if p.exists()])}

    for entry in entries_of([path]):
        assert entry.key in said
        assert entry.is_translated
        assert placeholders(entry.strings[0]) in (
            placeholders(entry.source),
            placeholders(entry.plural),
        )


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_compiled_catalog_is_up_to_date(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == compile_catalog(read_catalog(path))


def test_command_compiles_every_catalog(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
        '#, fuzzy\nmsgid "a"\nmsgstr "甲"\n\nmsgctxt "c"\nmsgid "b"\nmsgstr "乙"\n\n'
        'msgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "%d 天"\n\nmsgid "d"\nmsgstr ""\n',
        encoding="utf-8",
    )
    settings.LOCALE_PATHS = [str(tmp_path)]

    call_command("compile_catalogs")

    assert capsys.readouterr().out == "django.po：4 条\n"
    with source.with_suffix(".mo").open("rb") as compiled:
        catalog = GNUTranslations(compiled)
    assert catalog.gettext("a") == "a"
    assert catalog.pgettext("c", "b") == "乙"
    assert catalog.ngettext("%d day", "%d days", 1) == "%d 天"
    assert catalog.gettext("d") == "d"
