"""PDFs built to harm whoever reads them."""

import io
import zlib

from pypdf import PdfWriter

HEAD = b"%PDF-1.7\n"


def assemble(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of numbered objects; object 1 is the catalogue."""
    body, places = HEAD, {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    size = max(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        table += b"%010d 00000 n \n" % places.get(number, 0)
    ending = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    return body + table + ending % (size, trailer, start)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), extra, content)


def packed(content: bytes) -> bytes:
    """Return a deflated stream object."""
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode")


def one_page(
    content: bytes, *more: bytes, resources: bytes = b"", catalogue: bytes = b""
) -> bytes:
    """Return a PDF of one page with a content stream; further objects from 5 on."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<<%s>>>>" % resources,
        4: content,
    }
    return assemble(objects | dict(enumerate(more, 5)))


def _encrypted() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _with(extra: bytes) -> bytes:
    """Return a harmless page whose catalogue carries more."""
    return one_page(stream(b""), catalogue=extra)


def _repeated(content: bytes, times: int) -> bytes:
    """Return a deflated stream of what would be large, made in small pieces."""
    packer = zlib.compressobj(9)
    made = b"".join(packer.compress(content * 1000) for _ in range(times // 1000))
    return stream(made + packer.flush(), b"/Filter/FlateDecode")


FONT = b"/Font<</F1 5 0 R>>"
TEXT = stream(b"BT /F1 12 Tf (A) Tj ET")


def hostile() -> dict[str, bytes]:
    """Return name → file."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 5 0 R>>>>"
    return {
        "not_a_pdf": b"MZ" + b"\0" * 500,
        "html": b"<html><script>alert(1)</script></html>",
        "encrypted": _encrypted(),
        "truncated": one_page(stream(b"BT ET"))[:90],
        "empty_body": HEAD + b"%%EOF",
        "xref_loop": HEAD
        + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Prev 9>>\n"
        b"startxref\n9\n%%EOF",
        "page_tree_loop": assemble(
            {
                1: b"<</Type/Catalog/Pages 2 0 R>>",
                2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>",
            }
        ),
        "million_pages": assemble(
            {
                1: b"<</Type/Catalog/Pages 2 0 R>>",
                2: b"<</Type/Pages/Kids["
                + b"3 0 R " * 1_000_000
                + b"]/Count 1000000>>",
                3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            }
        ),
        "deflate_bomb": one_page(_repeated(b"\0" * 1024, 400_000)),
        "nested_arrays": one_page(stream(b"[" * 200_000)),
        "nested_dictionaries": _with(b"/X " + b"<</A" * 50_000),
        "recursive_form": one_page(
            stream(b"/X Do"),
            stream(b"/X Do /X Do", form),
            resources=b"/XObject<</X 5 0 R>>",
        ),
        "font_bomb": one_page(
            TEXT,
            b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H"
            b"/ToUnicode 6 0 R>>",
            packed(
                b"1 begincodespacerange <0000> <ffff> endcodespacerange\n"
                + b"1 beginbfrange <00000000> <7fffffff> <0041> endbfrange\n"
            ),
            resources=FONT,
        ),
        "reference_to_itself": assemble({1: b"1 0 R", 2: b"2 0 R"}),
        "length_loop": one_page(
            b"<</Length 4 0 R/Filter/FlateDecode>>\nstream\nx\nendstream"
        ),
        "many_operators": one_page(_repeated(b"0 0 m ", 10_000_000)),
    }


def harmless() -> dict[str, bytes]:
    """Return files whose active parts are just not run."""
    return {
        "javascript": _with(
            b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1'\\))>>"
        ),
        "embedded_file": _with(b"/Names<</EmbeddedFiles<</Names[(a.exe)<<>>]>>>>"),
        "launch": _with(b"/OpenAction<</S/Launch/F(/bin/sh)>>"),
    }
