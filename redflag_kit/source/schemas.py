"""Which document each schema of authored files names."""

from redflag_kit.source.approval_documents import ApprovalDoc
from redflag_kit.source.claim_documents import ClaimsDoc
from redflag_kit.source.documents import (
    Document,
    GuidelineDoc,
    PropertiesDoc,
    SourcesDoc,
    VignettesDoc,
    VocabularyDoc,
)
from redflag_kit.source.exemption_documents import MutantsDoc
from redflag_kit.source.hazard_documents import HazardsDoc

DOCUMENTS: dict[str, type[Document]] = {
    "redflag/vocabulary/1": VocabularyDoc,
    "redflag/sources/1": SourcesDoc,
    "redflag/guideline/1": GuidelineDoc,
    "redflag/vignettes/1": VignettesDoc,
    "redflag/properties/1": PropertiesDoc,
    "redflag/claims/1": ClaimsDoc,
    "redflag/hazards/1": HazardsDoc,
    "redflag/approval/1": ApprovalDoc,
    "redflag/mutants/1": MutantsDoc,
}
