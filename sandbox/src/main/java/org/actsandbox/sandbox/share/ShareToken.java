package org.actsandbox.sandbox.share;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Makes the secrets of links. The database has their digests only, so that a reader of it cannot
 * open a link.
 */
public final class ShareToken {

  private static final int TOKEN_BYTES = 32;
  private static final int ID_BYTES = 9;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private ShareToken() {}

  /** Returns the secret of a new link. */
  public static String token() {
    return random(TOKEN_BYTES);
  }

  /** Returns a part of an id that no other has; it is no secret. */
  public static String id() {
    return random(ID_BYTES);
  }

  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** Returns what the database has of a secret. */
  public static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static String random(int bytes) {
    var randomBytes = new byte[bytes];
    RANDOM.nextBytes(randomBytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes);
  }
}
