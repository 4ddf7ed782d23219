package org.actsandbox.sandbox.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What is kept of a body that is no JSON, or too much of it. */
public final class BodyText {

  /** Bytes of JSON that are kept as they are. */
  public static final int MAX_JSON = 64 * 1024;

  /** Characters of any other body that are kept. */
  public static final int HEAD = 2 * 1024;

  private static final String FORM = "x-www-form-urlencoded";

  private BodyText() {}

  /**
   * Masked as a whole before it is cut, so that no half of a secret stands at the end. A body with
   * a secret has no digest: six digits between known words are found from it by trying.
   */
  public static JournalExchange.Body head(
      String contentType, byte[] bytes, SecretMasker secretMasker) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    var masked = contentType.contains(FORM) ? secretMasker.form(text) : secretMasker.mask(text);
    return new JournalExchange.Body(
        contentType,
        bytes.length,
        null,
        cut(masked),
        masked.equals(text) ? "sha-256:" + digest(bytes) : null);
  }

  private static String cut(String text) {
    if (text.length() <= HEAD) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(HEAD - 1)) ? HEAD - 1 : HEAD);
  }

  private static String digest(byte[] bytes) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
