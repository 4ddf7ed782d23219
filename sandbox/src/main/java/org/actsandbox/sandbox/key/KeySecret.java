package org.actsandbox.sandbox.key;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Represents the secret from which all private keys of one world derive. It appears in no answer,
 * page, log or journal, and it is independent of the seed, from which only random choices follow.
 *
 * @param hex 64 hex digits
 */
public record KeySecret(String hex) {

  private static final int BYTES = 32;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /** Base64url of 32 to 96 bytes; a shorter secret could be guessed, a longer one has no use. */
  private static final Pattern GIVEN = Pattern.compile("[A-Za-z0-9_-]{43,128}={0,2}");

  public KeySecret {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("a key secret has 64 hex digits");
    }
  }

  public static KeySecret random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new KeySecret(HexFormat.of().formatHex(bytes));
  }

  /**
   * Makes the secret from a text that the creator of a world gives, so that a scripted run makes
   * the same signatures every time.
   *
   * @param text base64url of at least 32 bytes
   * @throws Refusal {@code invalid_field}, without the text
   */
  public static KeySecret given(String text) {
    try {
      if (GIVEN.matcher(text).matches()) {
        var bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length >= BYTES) {
          return new KeySecret(HexFormat.of().formatHex(Hmac.derive(bytes, "world key secret")));
        }
      }
      throw invalid();
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  private static Refusal invalid() {
    return new Refusal(Problem.INVALID_FIELD, "not a secret that keys can derive from")
        .at("key_secret")
        .expected("base64url of at least 32 random bytes");
  }

  @Override
  public String toString() {
    return "KeySecret[masked]";
  }
}
