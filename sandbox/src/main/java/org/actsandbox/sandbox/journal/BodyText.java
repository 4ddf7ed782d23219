package org.actsandbox.sandbox.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Shortens and masks a body that is no JSON, or too much JSON, for the journal. */
public final class BodyText {

  /** Limit in bytes up to which JSON is kept whole. */
  public static final int MAX_JSON = 64 * 1024;

  /** Number of characters that are kept of any other body. */
  public static final int HEAD = 2 * 1024;

  private static final String FORM = "x-www-form-urlencoded";

  private BodyText() {}

  /**
   * Returns the beginning of a body. The whole text is masked before it is cut, so that no half of
   * a secret remains at the end. A body with a secret has no digest, because six digits between
   * known words could be found from it by trying all.
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
