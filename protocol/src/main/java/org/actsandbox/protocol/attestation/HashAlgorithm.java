package org.actsandbox.protocol.attestation;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.actsandbox.protocol.identity.Sha256;
import org.bouncycastle.crypto.digests.SM3Digest;

/** Lists the algorithms of payload hashes (ACT TSD-2). */
public enum HashAlgorithm {
  SHA_256("SHA-256"),
  /** The Chinese national hash standard, GB/T 32905-2016. */
  SM3("SM3");

  private final String code;

  HashAlgorithm(String code) {
    this.code = code;
  }

  /** Returns the name on the wire. */
  public String code() {
    return code;
  }

  public static Optional<HashAlgorithm> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
  }

  /** Computes the digest over all parts, one after another. */
  public byte[] digest(byte[]... parts) {
    return switch (this) {
      case SHA_256 -> Sha256.of(parts);
      case SM3 -> sm3(parts);
    };
  }

  String base64Url(byte[]... parts) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest(parts));
  }

  private static byte[] sm3(byte[][] parts) {
    var digest = new SM3Digest();
    for (var part : parts) {
      digest.update(part, 0, part.length);
    }
    var result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return result;
  }
}
