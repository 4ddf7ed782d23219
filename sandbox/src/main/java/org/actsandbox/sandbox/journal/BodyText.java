package org.actsandbox.sandbox.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What is kept of a body that is no JSON, or too much of it. */
public final class BodyText {

  /** Bytes of JSON that are kept as they are. */
  static final int MAX_JSON = 64 * 1024;

  /** Bytes of any other body that are kept. */
  public static final int HEAD = 2 * 1024;

  private BodyText() {}

  static Exchange.Body head(String contentType, byte[] bytes) {
    var text = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.UTF_8);
    return new Exchange.Body(
        contentType, bytes.length, null, Secrets.mask(text), "sha-256:" + digest(bytes));
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
