package org.actsandbox.protocol.refusal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content over which a refused signature was verified, so that its sender can find out why it
 * does not match.
 *
 * @param keyId the key with which it was verified
 * @param canonical the bytes that the signature must cover, as text in UTF-8
 */
public record SignedContent(String keyId, String canonical) {

  /**
   * The request header in which a sender gives the bytes that it signed, in base64url, or their
   * SHA-256 digest in hexadecimal.
   */
  public static final String HEADER = "Act-Debug-Canonical";

  private static final Pattern HEX_DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

  /**
   * What an answer says about the content.
   *
   * @param canonicalSha256 digest of the bytes that the receiver saw, hexadecimal
   * @param same whether the sender signed the same bytes, so that key or algorithm are wrong;
   *     absent if the sender did not say what it signed
   * @param differsAt the first byte, from 0, that the sender signed otherwise
   * @param canonicalReceived the receiver's bytes around that place
   * @param canonicalSent the sender's bytes around that place
   * @param cause code of the mistake that leads from these bytes to the sender's; absent if none of
   *     the known ones does
   */
  public record Comparison(
      String keyId,
      String canonicalSha256,
      int canonicalLength,
      @Nullable Boolean same,
      @Nullable Integer differsAt,
      @Nullable String canonicalReceived,
      @Nullable String canonicalSent,
      @Nullable String cause) {

    Comparison explainedBy(String code) {
      return new Comparison(
          keyId,
          canonicalSha256,
          canonicalLength,
          same,
          differsAt,
          canonicalReceived,
          canonicalSent,
          code);
    }
  }

  /**
   * Compares the content with what its sender says that it signed.
   *
   * @param sent the value of {@link #HEADER}; null if the sender says nothing; a value that is
   *     neither a digest nor base64url counts as nothing
   */
  public Comparison compare(@Nullable String sent) {
    var received = canonical.getBytes(StandardCharsets.UTF_8);
    var digest = sha256(received);
    if (sent == null) {
      return comparison(digest, received.length, null);
    }
    if (HEX_DIGEST.matcher(sent).matches()) {
      return comparison(digest, received.length, sent.toLowerCase(Locale.ROOT).equals(digest));
    }
    byte[] signed;
    try {
      signed = Base64.getUrlDecoder().decode(sent);
    } catch (IllegalArgumentException notBase64Url) {
      return comparison(digest, received.length, null);
    }
    return ByteDifference.between(received, signed)
        .map(
            difference ->
                new Comparison(
                    keyId,
                    digest,
                    received.length,
                    false,
                    difference.at(),
                    difference.expected(),
                    difference.signed(),
                    null))
        .orElseGet(() -> comparison(digest, received.length, true));
  }

  private Comparison comparison(String digest, int length, @Nullable Boolean same) {
    return new Comparison(keyId, digest, length, same, null, null, null, null);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
