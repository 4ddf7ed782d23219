package org.actsandbox.protocol.a402;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.actsandbox.protocol.identity.Sha256;

/**
 * Computes the fingerprint of a paid request (ACT A402-5), which never contains credentials,
 * cookies or hop-by-hop headers.
 */
public final class RequestFingerprint {

  private RequestFingerprint() {}

  /**
   * Returns {@code sha-256:} and the base64url digest over four lines: METHOD, target URI, content
   * type and body digest.
   *
   * @param contentType as sent; empty if there is none
   */
  public static String of(String method, URI target, String contentType, byte[] body) {
    var lines =
        String.join(
            "\n",
            method.toUpperCase(Locale.ROOT),
            normalized(target),
            contentType.toLowerCase(Locale.ROOT).strip(),
            base64Url(Sha256.of(body)));
    return "sha-256:" + base64Url(Sha256.of(lines.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Returns {@code sha-256:} and the digest of these bytes, the form of confirmation and evidence
   * digests.
   */
  public static String digest(byte[] bytes) {
    return "sha-256:" + base64Url(Sha256.of(bytes));
  }

  private static String normalized(URI target) {
    var scheme = target.getScheme().toLowerCase(Locale.ROOT);
    var host = target.getHost().toLowerCase(Locale.ROOT);
    int port = target.getPort();
    boolean defaultPort =
        port < 0
            || (scheme.equals("http") && port == 80)
            || (scheme.equals("https") && port == 443);
    var path =
        target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    var query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return scheme + "://" + host + (defaultPort ? "" : ":" + port) + path + query;
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
