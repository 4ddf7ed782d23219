package org.actsandbox.protocol.notification;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs webhooks with a shared secret, and verifies them. ACT has no such signature; the form is
 * that of Standard Webhooks: the HMAC-SHA256 of {@code id.timestamp.body}, in Base64 behind {@code
 * v1,}. The header has one signature for each valid secret, separated by a space.
 */
public final class WebhookSignature {

  public static final String ID_HEADER = "webhook-id";

  /** Holds the seconds since 1970 by the world's clock at the attempt. */
  public static final String TIMESTAMP_HEADER = "webhook-timestamp";

  public static final String SIGNATURE_HEADER = "webhook-signature";

  /** Begins each secret; the rest is Base64 of the key. */
  public static final String SECRET_PREFIX = "whsec_";

  private static final String VERSION = "v1,";

  private WebhookSignature() {}

  /** Writes a key as the secret that is handed out. */
  public static String secret(byte[] key) {
    return SECRET_PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /**
   * Returns one signature, such as {@code v1,K5oZ...}.
   *
   * @throws IllegalArgumentException if the secret has another form than {@link #secret}
   */
  public static String sign(String secret, String id, Instant timestamp, byte[] body) {
    return VERSION
        + Base64.getEncoder()
            .encodeToString(mac(key(secret), id, timestamp.getEpochSecond(), body));
  }

  /**
   * Says whether one of the signatures is by this secret and the timestamp is near.
   *
   * @param timestamp value of {@link #TIMESTAMP_HEADER}; null and malformed values are never valid
   * @param signatures value of {@link #SIGNATURE_HEADER}
   * @param now time by the world's clock, which {@code Act-Time} tells
   * @param tolerance how far the timestamp may be from now in both directions
   */
  public static boolean verify(
      String secret,
      @Nullable String id,
      @Nullable String timestamp,
      @Nullable String signatures,
      byte[] body,
      Instant now,
      Duration tolerance) {
    if (id == null || timestamp == null || signatures == null || !isSeconds(timestamp)) {
      return false;
    }
    long seconds = Long.parseLong(timestamp);
    if (Math.abs(now.getEpochSecond() - seconds) > tolerance.toSeconds()) {
      return false;
    }
    var expected = mac(key(secret), id, seconds, body);
    return Arrays.stream(signatures.split(" ", -1))
        .filter(each -> each.startsWith(VERSION))
        .anyMatch(each -> isSame(expected, each.substring(VERSION.length())));
  }

  private static boolean isSeconds(String text) {
    return text.length() <= 12
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && !text.isEmpty();
  }

  private static boolean isSame(byte[] expected, String base64) {
    try {
      return MessageDigest.isEqual(expected, Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static byte[] key(String secret) {
    if (!secret.startsWith(SECRET_PREFIX)) {
      throw new IllegalArgumentException("a secret begins with " + SECRET_PREFIX);
    }
    return Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
  }

  private static byte[] mac(byte[] key, String id, long seconds, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(
          String.format(Locale.ROOT, "%s.%d.", id, seconds).getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HmacSHA256", impossible);
    }
  }
}
