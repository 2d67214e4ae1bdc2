"""Fonts and icons: no Vietnamese letter is missing, weights differ, the same inputs give the same bytes."""

import hashlib
import json
import re
import unicodedata
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from resources import open_resource
from tools import build_assets, paper_face

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
CONSONANTS = "đ"
MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
FONTS = [f"NotoSans-{name}.ttf" for name in ("Regular", "Medium", "SemiBold", "Bold")]
FONTS += [f"PaperSerif-{name}.ttf" for name in ("Regular", "Bold", "Italic", "BoldItalic")]


def vietnamese_letters() -> set[str]:
    """Every letter that ASCII does not have, both cases: 12 vowels in 6 tones and đ, 146 in all with y, Y."""
    lower = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | set(
        CONSONANTS
    )
    return lower | {letter.upper() for letter in lower}


def characters(data: bytes) -> set[int]:
    return set(TTFont(BytesIO(data)).getBestCmap())


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Assets made afresh, papers in the stand-in face."""
    target = tmp_path_factory.mktemp("assets")
    build_assets.build(target, allow_tinos=False)
    return target


def test_there_are_146_vietnamese_letters() -> None:
    assert len(vietnamese_letters()) == 146
    assert {"Ẵ", "ợ", "Đ", "Ỹ"} <= vietnamese_letters()


@pytest.mark.parametrize("name", FONTS)
def test_no_letter_is_missing_in_what_is_prepared(name: str) -> None:
    have = characters(open_resource("fonts", name).read_bytes())
    wanted = vietnamese_letters() | set(MARKS) | {"₫", "–", "—", "…", "“", "”", "’", "\u00a0", "×", "№"}
    assert {letter for letter in wanted if ord(letter) not in have} == set()


@pytest.mark.parametrize("name", FONTS)
def test_no_letter_is_missing_in_the_stand_in(prepared: Path, name: str) -> None:
    have = characters((prepared / "fonts" / name).read_bytes())
    assert {c for c in vietnamese_letters() | set(MARKS) | {"₫"} if ord(c) not in have} == set()


@pytest.mark.parametrize("name", FONTS)
def test_letters_are_drawn_not_boxes(prepared: Path, name: str) -> None:
    font = TTFont(prepared / "fonts" / name)
    shapes, drawn = font["glyf"], font.getBestCmap()
    empty = [c for c in vietnamese_letters() if shapes[drawn[ord(c)]].numberOfContours == 0]
    assert empty == []
    assert ".notdef" not in {drawn[ord(c)] for c in vietnamese_letters()}


def test_a_font_without_the_letters_is_seen() -> None:
    from fontTools.subset import Options, Subsetter

    font = TTFont(BytesIO(open_resource("fonts", "NotoSans-Regular.ttf").read_bytes()))
    subsetter = Subsetter(Options())
    subsetter.populate(unicodes=range(0x20, 0x100))
    subsetter.subset(font)
    out = BytesIO()
    font.save(out)
    assert len({c for c in vietnamese_letters() if ord(c) not in characters(out.getvalue())}) > 90


def test_static_weights_are_told_apart(prepared: Path) -> None:
    weights = [TTFont(prepared / "fonts" / name)["OS/2"].usWeightClass for name in FONTS[:4]]
    assert weights == [400, 500, 600, 700]
    assert all("fvar" not in TTFont(prepared / "fonts" / name) for name in FONTS)
    widths = [TTFont(prepared / "fonts" / name)["hmtx"]["H"][0] for name in FONTS[:4]]
    assert widths == sorted(widths)
    assert widths[0] < widths[3]


def test_figures_of_the_screen_face_have_one_width(prepared: Path) -> None:
    font = TTFont(prepared / "fonts" / "NotoSans-Regular.ttf")
    names = font.getBestCmap()
    assert len({font["hmtx"][names[ord(figure)]][0] for figure in "0123456789"}) == 1


def test_fonts_are_small_enough_for_an_old_pc(prepared: Path) -> None:
    sizes = {name: (prepared / "fonts" / name).stat().st_size for name in FONTS[:4]}
    assert max(sizes.values()) <= 130_000, sizes


def test_the_same_inputs_give_the_same_bytes(prepared: Path) -> None:
    variable = files("fontpkg_noto_sans").joinpath("files", "NotoSans[wdth,wght].ttf").read_bytes()
    build_assets._letters_of.cache_clear()
    again = build_assets.static_face(variable, 600)
    assert again == (prepared / "fonts" / "NotoSans-SemiBold.ttf").read_bytes()


def test_a_second_run_has_nothing_to_do(prepared: Path) -> None:
    inputs = build_assets.inputs()
    assert build_assets.up_to_date(prepared, inputs)
    assert not build_assets.up_to_date(prepared, inputs | {"recipe": "another"})
    assert not build_assets.up_to_date(prepared / "nothing", inputs)


def test_a_missing_file_is_made_again(tmp_path: Path) -> None:
    inputs = build_assets.inputs()
    (tmp_path / "fonts").mkdir()
    record = {"inputs": inputs, "files": ["fonts/gone.ttf"]}
    (tmp_path / "fonts" / build_assets.RECORD).write_text(json.dumps(record))
    assert not build_assets.up_to_date(tmp_path, inputs)


def test_the_note_says_which_face_the_papers_use(prepared: Path) -> None:
    note = json.loads((prepared / "fonts" / "paper_face.json").read_text(encoding="utf-8"))
    assert note["face"] == "Noto Serif"
    assert note["reason"]
    real = json.loads(open_resource("fonts", "paper_face.json").read_text(encoding="utf-8"))
    for name, digest in real["sha256"].items():
        assert hashlib.sha256(open_resource("fonts", name).read_bytes()).hexdigest() == digest


def test_tinos_is_taken_only_with_its_digest(tmp_path: Path) -> None:
    for style in paper_face.STYLES:
        (tmp_path / f"Tinos-{style}.ttf").write_bytes(b"not the font")
    with pytest.raises(paper_face.FaceUnavailable, match="SHA-256"):
        paper_face.read_tinos(installed=tmp_path)


def test_tinos_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(paper_face.FaceUnavailable, match=r"Tinos-Regular\.ttf"):
        paper_face.checked(tmp_path)


def test_without_apt_the_stand_in_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    face = open_resource("fonts", "NotoSans-Regular.ttf").read_bytes()
    monkeypatch.setattr(build_assets, "stand_in", lambda: {"Regular": face})
    monkeypatch.setattr(build_assets, "read_tinos", lambda: paper_face.read_tinos(tmp_path))
    styles, note = build_assets.paper_face()
    assert styles == {"PaperSerif-Regular.ttf": build_assets.paper_subset(face, "Regular")}
    assert note["face"] == "Noto Serif"
    assert "apt-get" in note["reason"]


def test_every_icon_of_the_list_is_prepared_and_takes_the_text_colour() -> None:
    names = build_assets.icon_names()
    assert len(names) == len(set(names)) >= 60
    for name in names:
        text = open_resource("icons", f"{name}.svg").read_text(encoding="utf-8")
        assert text.startswith("<svg"), name
        assert 'stroke="currentColor"' in text, name
        assert 'stroke-width="2"' in text, name
        assert "unicode" not in text, name


def test_an_unknown_icon_stops_the_build() -> None:
    with pytest.raises(FileNotFoundError):
        build_assets.icons(["no-such-icon"])


def test_licences_lie_beside_what_they_are_for() -> None:
    assert "SIL OPEN FONT LICENSE" in open_resource("fonts", "OFL-Noto.txt").read_text("utf-8").upper()
    assert re.search("MIT|Permission is hereby", open_resource("icons", "MIT-Tabler.txt").read_text("utf-8"))


def test_a_paper_carries_letters_and_no_hint_program(prepared: Path) -> None:
    """What a face holds beside its letters is copied into every paper of the program."""
    for style in build_assets.SERIF_STYLES:
        face = TTFont(prepared / "fonts" / f"PaperSerif-{style}.ttf")
        assert {"fpgm", "cvt ", "prep"}.isdisjoint(face.keys())
        names = {record.nameID: str(record) for record in face["name"].names}
        assert set(names) <= set(build_assets.NAMES)
        assert names[6] == f"PaperSerif-{style}"
        assert "Copyright" in names[0]
        assert len(face["name"].compile(face)) < 500


def test_a_hinted_face_loses_its_hints_and_keeps_its_widths() -> None:
    from fontTools.ttLib.tables.ttProgram import Program

    plain = open_resource("fonts", "NotoSans-Regular.ttf").read_bytes()
    hinted = TTFont(BytesIO(plain))
    hinted["glyf"]["A"].program = Program()
    hinted["glyf"]["A"].program.fromBytecode(bytes(2_000))
    out = BytesIO()
    hinted.save(out)
    bare = build_assets.paper_subset(out.getvalue(), "Regular")
    assert len(bare) < len(plain)
    again = TTFont(BytesIO(bare))
    assert [again["hmtx"][again.getBestCmap()[ord(c)]] for c in "AẴđ"] == [
        hinted["hmtx"][hinted.getBestCmap()[ord(c)]] for c in "AẴđ"
    ]
