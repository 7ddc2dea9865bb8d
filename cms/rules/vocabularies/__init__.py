"""Code lists (代码表): regions, industries, technology fields, disciplines, TRL."""

from pathlib import Path

from cms.rules.vocabularies.disciplines import DISCIPLINES
from cms.rules.vocabularies.districts import CITY, DISTRICTS, ELSEWHERE
from cms.rules.vocabularies.maturity import (
    STAGE_OF_LEVEL,
    TRL,
    fits_stage,
    stage_of,
)
from cms.rules.vocabularies.technology_fields import TECHNOLOGY_FIELDS
from cms.rules.vocabularies.vocabulary import Term, Vocabulary, read_terms

# GB/T 4754-2017 《国民经济行业分类》: 20 sections, 97 divisions, 473 groups.
INDUSTRIES = Vocabulary(
    "industries",
    "国民经济行业分类",
    read_terms(Path(__file__).with_name("industries.csv")),
)

VOCABULARIES = {
    vocabulary.name: vocabulary
    for vocabulary in (DISTRICTS, INDUSTRIES, TECHNOLOGY_FIELDS, DISCIPLINES, TRL)
}

__all__ = [
    "CITY",
    "DISCIPLINES",
    "DISTRICTS",
    "ELSEWHERE",
    "INDUSTRIES",
    "STAGE_OF_LEVEL",
    "TECHNOLOGY_FIELDS",
    "TRL",
    "VOCABULARIES",
    "Term",
    "Vocabulary",
    "fits_stage",
    "stage_of",
]
