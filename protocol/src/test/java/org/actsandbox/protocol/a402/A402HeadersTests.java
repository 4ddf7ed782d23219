package org.actsandbox.protocol.a402;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the two layers and the encoding of the A402 headers (ACT A402-2). */
class A402HeadersTests {

  @Test
  void readsWhatItWrites() {
    var payload = Map.of("protocol", Map.of("订单", "高铁 €"), "method", Map.of());
    var header = A402Headers.encode(payload);
    assertThat(header).matches("[A-Za-z0-9_-]+");
    assertThat(A402Headers.decode(A402Headers.PAYMENT_NEEDED, header).path("protocol").path("订单"))
        .hasToString("\"高铁 €\"");
  }

  /** Checks ACT A402-2.b. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"protocol\":{}}",
        "{\"method\":{}}",
        "{\"protocol\":[],\"method\":{}}",
        "{\"protocol\":{},\"method\":\"x\"}",
        "{\"protocol\":{},\"method\":{}} trailing",
        "{\"protocol\":{\"a\":1,\"a\":2},\"method\":{}}",
        "{\"protocol\":{},\"method\":{}",
        "not json",
      })
  void refusesOtherPayloads(String json) {
    assertRefused(base64(json.getBytes(StandardCharsets.UTF_8)), Problem.HEADER_MALFORMED);
  }

  /** Checks ACT A402-2.a. */
  @Test
  void refusesOtherEncodings() {
    var good = "{\"protocol\":{},\"method\":{}}".getBytes(StandardCharsets.UTF_8);
    assertRefused(Base64.getUrlEncoder().encodeToString(new byte[] {1}), Problem.HEADER_MALFORMED);
    assertRefused(base64(good) + "=", Problem.HEADER_MALFORMED);
    assertRefused(base64(good) + " ", Problem.HEADER_MALFORMED);
    assertRefused("++//" + base64(good), Problem.HEADER_MALFORMED);
    assertRefused(
        base64(new byte[] {'{', (byte) 0xc3, (byte) 0x28, '}'}), Problem.HEADER_MALFORMED);
    assertRefused(base64(new byte[] {(byte) 0xff, (byte) 0xfe}), Problem.HEADER_MALFORMED);
    assertRefused("A".repeat(A402Headers.MAX_LENGTH + 1), Problem.HEADER_TOO_LARGE);
  }

  @Test
  void refusesTooDeepNesting() {
    var deep = "{\"protocol\":" + "[".repeat(2000) + "]".repeat(2000) + ",\"method\":{}}";
    assertRefused(base64(deep.getBytes(StandardCharsets.UTF_8)), Problem.HEADER_MALFORMED);
  }

  private static void assertRefused(String value, Problem expected) {
    var refusal =
        catchThrowableOfType(
            Refusal.class, () -> A402Headers.decode(A402Headers.PAYMENT_PROOF, value));
    assertThat(refusal).isNotNull();
    assertThat(refusal.problem()).isEqualTo(expected);
    assertThat(refusal.field()).isEqualTo(A402Headers.PAYMENT_PROOF);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
