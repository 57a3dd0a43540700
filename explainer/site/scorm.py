"""A lesson as a SCORM 1.2 package: what an LMS takes, and is told score and progress by."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from explainer.pages.home import title
from explainer.site import pages

PAGE = "index.html"
ADAPTER = Path(__file__).with_name("scorm.js")
ALWAYS = (1980, 1, 1, 0, 0, 0)  # the time of each file: the same lesson is the same package
# In the words of IMS Content Packaging 1.1.2, with ADL's for SCORM 1.2. Their schema files are left
# out: they are not ours to hand on, and an LMS has its own.
MANIFEST = Markup("""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="explainer-{id}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="explainer">
    <organization identifier="explainer">
      <title>{title}</title>
      <item identifier="lesson" identifierref="page" isvisible="true">
        <title>{title}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="{page}">
      <file href="{page}"/>
    </resource>
  </resources>
</manifest>
""")


def package(sheet: Mapping[str, Any], languages: Sequence[str]) -> bytes:
    """The package of a sheet, a zip of its manifest and of one page that opens with practice.

    languages: those of its texts, the first being the package's own.
    """
    adapter = ADAPTER.read_text(encoding="utf-8")
    html = pages.single(sheet, languages, attributes={"practice": "1"}, adapter=adapter)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in (("imsmanifest.xml", manifest(sheet, languages[0])), (PAGE, html)):
            file = zipfile.ZipInfo(name, ALWAYS)
            file.external_attr = 0o644 << 16  # an LMS that unpacks it may hand it out
            archive.writestr(file, text.encode(), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def manifest(sheet: Mapping[str, Any], language: str) -> str:
    """What the package says of itself, as XML."""
    return MANIFEST.format(id=sheet["id"], title=title(sheet, language), page=PAGE)
