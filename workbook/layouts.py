"""Where earlier layouts of the report sheets had their named cells, for workbooks without a record of it."""

_OVERVIEW = "mb_base_year mb_size_base mb_size_end mb_cagr mb_cagr_implied mb_multiple mb_added"
_LISTS = (
    "mb_built_market mb_built_unit mb_data_date mb_built_source mb_banner mb_first_year mb_last_year "
    "mb_region_count mb_segment_count mb_refreshed mb_chosen_market"
)
_CHECKS = "mb_checks_agrees mb_checks_differs mb_checks_contradicts mb_checks_undecided"

FIRST_LAYOUT = {
    name: f"${column}${row}"
    for names, column, first in ((_OVERVIEW, "B", 6), (_LISTS, "F", 2), (_CHECKS, "B", 5))
    for row, name in enumerate(names.split(), start=first)
} | {"mb_share_year": "$B$21"}
"""The references of defined names in the first layout, whose marks do not tell that cells moved."""
