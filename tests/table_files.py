"""Small files of rows in every known shape and format, made in code from literals. All rows are invented."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence

GED_41 = (
    "id year active_year type_of_violence conflict_new_id conflict_name dyad_new_id dyad_name side_a_new_id side_a side_b_new_id"
    " gwnob side_b number_of_sources source_article source_office source_date source_headline source_original where_prec"
    " where_coordinates adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec"
    " date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown low best high"
).split()
GED_49 = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id"
    " dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources"
    " source_article source_office source_date source_headline source_original where_prec where_coordinates where_description"
    " adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end"
    " deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
).split()
ACLED_31 = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2"
    " assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude"
    " geo_precision source source_scale notes fatalities tags timestamp"
).split()
GED_EVENT = {
    "id": "900001", "year": "2017", "active_year": "1", "code_status": "Clear", "type_of_violence": "3", "side_a_new_id": "999001",
    "side_a": "Marwa Guards", "side_b_new_id": "9999", "side_b": "Civilians", "number_of_sources": "1",
    "source_article": '"Valley Post,2017-05-02,Market hit in Marwa"', "source_office": "Valley Post", "where_prec": "2",
    "where_coordinates": "Marwa town", "where_description": "the market of Marwa", "adm_1": "Dalia", "adm_2": "Marwa district",
    "latitude": "35.5", "longitude": "36.25", "country": "Syria", "event_clarity": "1", "date_prec": "1",
    "date_start": "2017-05-01", "date_end": "2017-05-02", "deaths_a": "0", "deaths_b": "0", "deaths_civilians": "7",
    "deaths_unknown": "1", "best": "8", "low": "6", "high": "11",
}  # fmt: skip
ACLED_EVENT = {
    "event_id_cnty": "SYR1", "event_date": "05 March 2024", "year": "2024", "time_precision": "2", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Marwa Guards", "actor2": "Dalia Front", "country": "Syria", "admin1": "Dalia",
    "location": "Tell Rim", "latitude": "35.1", "longitude": "36.1", "geo_precision": "3", "source": "Valley Post; Radio Dalia",
    "fatalities": "4",
}  # fmt: skip


def csv_file(
    headings: Sequence[str], rows: Sequence[Mapping[str, str] | Sequence[str]], *, delimiter: str = ","
) -> bytes:
    """A CSV file; a row is cells, or a mapping from some of the headings."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([row.get(heading, "") for heading in headings] if isinstance(row, Mapping) else row)
    return out.getvalue().encode()


def xlsx_file(sheets: Mapping[str, str], *, merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A book whose sheets are given as the XML of their rows; style 1 shows a day."""
    out = io.BytesIO()
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        listed = "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1)
        )
        book.writestr(
            "xl/workbook.xml", f'<workbook {main} xmlns:r="{office}"><sheets>{listed}</sheets></workbook>'
        )
        links = "".join(
            f'<Relationship Id="r{n}" Target="worksheets/s{n}.xml"/>' for n in range(1, len(sheets) + 1)
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{links}</Relationships>'
        )
        styles = f'<styleSheet {main}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
        book.writestr("xl/styles.xml", styles)
        for n, (name, rows) in enumerate(sheets.items(), 1):
            cells = "".join(f'<mergeCell ref="{ref}"/>' for ref in (merged or {}).get(name, ()))
            xml = (
                f"<worksheet {main}><sheetData>{rows}</sheetData><mergeCells>{cells}</mergeCells></worksheet>"
            )
            book.writestr(f"xl/worksheets/s{n}.xml", xml)
    return out.getvalue()


def words(reference: str, text: str) -> str:
    """A cell of words."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def number(reference: str, value: str, *, style: int = 0) -> str:
    """A cell of a number; style 1 is a day."""
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def ods_file(rows: str) -> bytes:
    """A book of one sheet, whose rows are given as XML."""
    out = io.BytesIO()
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        table = f'<table:table table:name="May">{rows}</table:table>'
        body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        book.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return out.getvalue()
