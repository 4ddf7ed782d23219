package org.actsandbox.protocol.a402;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the parts of a request that its fingerprint covers (ACT A402-5.a). */
class RequestFingerprintTests {

  private static final byte[] NONE = new byte[0];

  /** The value was computed with sha256sum and basenc --base64url. */
  @Test
  void matchesAKnownValue() {
    assertThat(RequestFingerprint.digest(NONE))
        .isEqualTo("sha-256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
    var lines = "GET\nhttps://shop.example/a?b=c\n\n47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
    assertThat(RequestFingerprint.of("GET", URI.create("https://shop.example/a?b=c"), "", NONE))
        .isEqualTo(RequestFingerprint.digest(lines.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://Shop.Example:80/a, http://shop.example/a",
    "HTTPS://shop.example:443/a, https://shop.example/a",
    "http://shop.example, http://shop.example/",
    "http://shop.example/a#part, http://shop.example/a",
  })
  void equalTargetsHaveTheSameFingerprint(String target, String other) {
    assertThat(of("get", target)).isEqualTo(of("GET", other));
  }

  @ParameterizedTest
  @CsvSource({
    "http://shop.example/a, http://shop.example/A",
    "http://shop.example/a, https://shop.example/a",
    "http://shop.example/a, http://shop.example:8080/a",
    "http://shop.example/a, http://shop.example/a?",
    "http://shop.example/a?b=1, http://shop.example/a?b=2",
    "http://shop.example/%41, http://shop.example/A",
  })
  void differentTargetsHaveDifferentFingerprints(String target, String other) {
    assertThat(of("GET", target)).isNotEqualTo(of("GET", other));
  }

  @Test
  void coversMethodTypeAndBody() {
    var target = URI.create("http://shop.example/a");
    var base = RequestFingerprint.of("POST", target, "application/json", new byte[] {1});
    assertThat(RequestFingerprint.of("PUT", target, "application/json", new byte[] {1}))
        .isNotEqualTo(base);
    assertThat(RequestFingerprint.of("POST", target, "text/plain", new byte[] {1}))
        .isNotEqualTo(base);
    assertThat(RequestFingerprint.of("POST", target, "application/json", new byte[] {2}))
        .isNotEqualTo(base);
    assertThat(RequestFingerprint.of("POST", target, " Application/JSON ", new byte[] {1}))
        .isEqualTo(base);
  }

  private static String of(String method, String target) {
    return RequestFingerprint.of(method, URI.create(target), "", NONE);
  }
}
