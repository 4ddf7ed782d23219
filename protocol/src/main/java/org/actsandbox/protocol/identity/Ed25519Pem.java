package org.actsandbox.protocol.identity;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.actsandbox.protocol.json.Json;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;

/** Writes and reads Ed25519 public keys as SubjectPublicKeyInfo in PEM (RFC 8410). */
public final class Ed25519Pem {

  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  private Ed25519Pem() {}

  /** Returns the PEM text of an Ed25519 key. */
  public static String write(VerificationKey key) {
    var raw = Base64.getUrlDecoder().decode(Json.parse(key.jwk()).path("x").asString(""));
    var encoded = Arrays.copyOf(PREFIX, PREFIX.length + raw.length);
    System.arraycopy(raw, 0, encoded, PREFIX.length, raw.length);
    return BEGIN + "\n" + Base64.getEncoder().encodeToString(encoded) + "\n" + END + "\n";
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException if the text is not an Ed25519 public key in PEM
   */
  public static VerificationKey read(String keyId, String pem) {
    var text = pem.strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IllegalArgumentException("not a public key in PEM");
    }
    var encoded =
        Base64.getMimeDecoder()
            .decode(text.substring(BEGIN.length(), text.length() - END.length()));
    if (encoded.length != PREFIX.length + Ed25519PublicKeyParameters.KEY_SIZE
        || !Arrays.equals(PREFIX, Arrays.copyOf(encoded, PREFIX.length))) {
      throw new IllegalArgumentException("not an Ed25519 key");
    }
    var raw = Arrays.copyOfRange(encoded, PREFIX.length, encoded.length);
    return new Ed25519KeyPair.Ed25519VerificationKey(keyId, new Ed25519PublicKeyParameters(raw));
  }
}
