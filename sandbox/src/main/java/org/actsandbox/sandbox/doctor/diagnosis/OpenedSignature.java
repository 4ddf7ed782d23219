package org.actsandbox.sandbox.doctor.diagnosis;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Is the content of an RSA signature, read with the public key (RFC 8017, section 8.2.2). A valid
 * padding proves that the partner of this key signed, whatever the text was (AIP-213).
 *
 * @param keyId the key that opens the signature
 * @param hash {@code SHA-256} and the like; {@code none} for bytes without a name of a hash
 * @param digest the digest that was signed, hexadecimal
 */
public record OpenedSignature(String keyId, String hash, String digest) {

  /** The value of {@link #hash} for a digest that was signed without the name of its hash. */
  public static final String NO_HASH = "none";

  /** The beginnings of DigestInfo, RFC 8017 section 9.2, with the hash that each names. */
  private static final Map<String, byte[]> DIGEST_INFO = new LinkedHashMap<>();

  static {
    var hex = HexFormat.of();
    DIGEST_INFO.put("SHA-256", hex.parseHex("3031300d060960864801650304020105000420"));
    DIGEST_INFO.put("SHA-1", hex.parseHex("3021300906052b0e03021a05000414"));
    DIGEST_INFO.put("MD5", hex.parseHex("3020300c06082a864886f70d020505000410"));
    DIGEST_INFO.put("SHA-512", hex.parseHex("3051300d060960864801650304020305000440"));
    DIGEST_INFO.put("SHA-384", hex.parseHex("3041300d060960864801650304020205000430"));
    DIGEST_INFO.put("SHA-224", hex.parseHex("302d300d06096086480165030402040500041c"));
  }

  /** Returns empty if the padding says that another key made the signature. */
  public static Optional<OpenedSignature> of(String keyId, RSAPublicKey key, byte[] signature) {
    var block = block(key, signature);
    if (block.length < 11 || block[0] != 0 || block[1] != 1) {
      return Optional.empty();
    }
    int at = 2;
    while (at < block.length && block[at] == (byte) 0xff) {
      at++;
    }
    if (at < 10 || at >= block.length || block[at] != 0) {
      return Optional.empty();
    }
    return Optional.of(read(keyId, Arrays.copyOfRange(block, at + 1, block.length)));
  }

  /** Returns whether the block ends as one of RSASSA-PSS does, which one in 256 others does too. */
  public static boolean endsLikePss(RSAPublicKey key, byte[] signature) {
    var block = block(key, signature);
    return block.length > 0 && block[block.length - 1] == (byte) 0xbc;
  }

  private static OpenedSignature read(String keyId, byte[] content) {
    for (var each : DIGEST_INFO.entrySet()) {
      var beginning = each.getValue();
      if (content.length > beginning.length
          && Arrays.equals(content, 0, beginning.length, beginning, 0, beginning.length)) {
        return new OpenedSignature(
            keyId,
            each.getKey(),
            HexFormat.of().formatHex(content, beginning.length, content.length));
      }
    }
    return new OpenedSignature(keyId, NO_HASH, HexFormat.of().formatHex(content));
  }

  private static byte[] block(RSAPublicKey key, byte[] signature) {
    int length = (key.getModulus().bitLength() + 7) / 8;
    var number = new BigInteger(1, signature);
    if (signature.length != length || number.compareTo(key.getModulus()) >= 0) {
      return new byte[0];
    }
    var bytes = number.modPow(key.getPublicExponent(), key.getModulus()).toByteArray();
    var block = new byte[length];
    int skip = Math.max(0, bytes.length - length);
    System.arraycopy(bytes, skip, block, length - (bytes.length - skip), bytes.length - skip);
    return block;
  }
}
