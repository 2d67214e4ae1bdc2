"""In the child: pyHanko's signer over one key handle of a token.

pyHanko's own looks objects up by label or unique id, which some vendors' tokens do not keep unique; this one
is given the handle that ``reading.choose`` found.
"""

from __future__ import annotations

from typing import Any

from pyhanko.sign.pkcs11 import select_pkcs11_signing_params
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from counter_app.devices.tokens.reading import Chosen, fault_of


class TokenSigner(Signer):
    """Signs with a key that never leaves its token; in this thread, since some modules bear no other."""

    def __init__(self, chosen: Chosen) -> None:
        store_of: Any = SimpleCertificateStore
        store = store_of()
        store.register_multiple([chosen.certificate, *chosen.others])
        super().__init__(signing_cert=chosen.certificate, cert_registry=store)
        self._key = chosen.key
        self._public_key = chosen.certificate.public_key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature over ``data``, or zeros of its length for ``dry_run``. Raises ``TokenFault``."""
        from pkcs11 import PKCS11Error

        if dry_run:
            return bytes(_longest(self._public_key))
        try:
            return self._sign(data, digest_algorithm)
        except (PKCS11Error, MemoryError) as error:
            raise fault_of(error) from error

    def _sign(self, data: bytes, digest: str) -> bytes:
        """The token hashes and signs; one that only signs gets the hash made here."""
        from pkcs11 import MechanismInvalid

        mechanism = self.get_signature_mechanism_for_digest(digest)
        elliptic = mechanism.signature_algo == "ecdsa"
        try:
            return self._by(select_pkcs11_signing_params(mechanism, digest, elliptic, {}), data)
        except MechanismInvalid:
            return self._by(select_pkcs11_signing_params(mechanism, digest, True, {}), data)

    def _by(self, spec: Any, data: bytes) -> bytes:
        prepared = data if spec.pre_sign_transform is None else spec.pre_sign_transform(data)
        signature = self._key.sign(prepared, **spec.sign_kwargs)
        return bytes(signature if spec.post_sign_transform is None else spec.post_sign_transform(signature))


def _longest(public_key: Any) -> int:
    """Bytes a signature by this key takes at most."""
    bits = int(public_key.bit_size)
    return bits // 8 if public_key.algorithm == "rsa" else 2 * (bits // 8) + 16
