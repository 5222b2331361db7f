"""Texts in the armour of OpenPGP: what was signed is taken out, what was encrypted is told.

A signature in the text is not checked here: who wrote a mail is found elsewhere (RFC 9580,
section 7).
"""

_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
_SIGNATURE_END = "-----END PGP SIGNATURE-----"
_ENCRYPTED = "-----BEGIN PGP MESSAGE-----"
_HEADERS = ("Hash:", "Charset:", "Comment:", "Version:", "NotDashEscaped:")
_ESCAPE = "- "


def is_encrypted(text: str) -> bool:
    """Tell a text that begins with an encrypted block."""
    return text[:200].lstrip().startswith(_ENCRYPTED)


def taken_out(text: str) -> str:
    """Return `text` with signed blocks read as what was signed, without their signatures."""
    if _SIGNED not in text:
        return text
    kept: list[str] = []
    signed = opening = hidden = False
    for line in text.split("\n"):
        bare = line.rstrip()
        if bare == _SIGNED:
            signed = opening = True
        elif opening and (not bare or bare.startswith(_HEADERS)):
            opening = bool(bare)
        elif signed and bare == _SIGNATURE:
            signed, hidden = False, True
        elif hidden:
            hidden = bare != _SIGNATURE_END
        else:
            opening = False
            kept.append(line.removeprefix(_ESCAPE) if signed else line)
    return text if hidden else "\n".join(kept)
