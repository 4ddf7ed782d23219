package org.actsandbox.web.console.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.actsandbox.protocol.a402.A402Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that any kind of damage in an A402 header is found and marked. */
class SyntaxDamageFinderTests {

  private static final String GOOD =
      A402Headers.encode(
          Map.of("protocol", Map.of("amount", "87.50", "to", "东方铁路"), "method", Map.of()));

  @Test
  void aGoodHeaderHasNoDamage() {
    assertThat(SyntaxDamageFinder.ofHeader("Payment-Needed", GOOD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"=, padded", "+, base64", "/, base64", "*, alphabet", "' ', alphabet", "é, alphabet"})
  void aForeignCharacterIsMarkedAtItsPosition(String foreign, String why) {
    var broken = GOOD.substring(0, 20) + foreign + GOOD.substring(21);
    var found = SyntaxDamageFinder.ofHeader("Payment-Needed", broken).orElseThrow();
    assertThat(found.why()).isEqualTo(why);
    assertThat(found.arguments().getFirst()).isEqualTo(21);
    assertThat(found.before()).isEqualTo(GOOD.substring(0, 20));
    assertThat(found.mark()).startsWith(foreign);
  }

  @Test
  void invalidUtf8IsNamedByByteAndByCharacterOfTheHeader() {
    var bytes = Base64.getUrlDecoder().decode(GOOD);
    bytes[12] = (byte) 0xFF;
    var broken = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var found = SyntaxDamageFinder.ofHeader("Payment-Proof", broken).orElseThrow();
    assertThat(found.why()).isEqualTo("utf8");
    assertThat(found.mark()).isEqualTo("0xFF");
    assertThat(found.arguments()).containsExactly(13, "0xFF", 17);
    assertThat(found.before())
        .isEqualTo(new String(Arrays.copyOf(bytes, 12), StandardCharsets.UTF_8));
  }

  @Test
  void aCharacterCutInHalfAtTheEndIsNotUtf8() {
    var bytes = "{\"to\":\"东".getBytes(StandardCharsets.UTF_8);
    var broken =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(SyntaxDamageFinder.ofHeader("Payment-Proof", broken).orElseThrow().why())
        .isEqualTo("utf8");
  }

  @Test
  void invalidJsonIsMarkedInTheDecodedText() {
    var found =
        SyntaxDamageFinder.ofJson("answer", "{\"amount\": \"87.50\"; \"to\": 1}").orElseThrow();
    assertThat(found.why()).isEqualTo("json");
    assertThat(found.mark()).isEqualTo(";");
    assertThat(found.before()).isEqualTo("{\"amount\": \"87.50\"");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"amount\": ', json.end",
    "'{\"amount\": \"87', json.end",
    "'', json.end",
    "x, json"
  })
  void anEarlyEndIsNamed(String text, String why) {
    assertThat(SyntaxDamageFinder.ofJson("answer", text).orElseThrow().why()).isEqualTo(why);
  }

  @Test
  void aHeaderOfOneLayerIsNotEnough() {
    var found =
        SyntaxDamageFinder.ofHeader(
            "Payment-Proof", A402Headers.encode(Map.of("protocol", Map.of())));
    assertThat(found.orElseThrow().why()).isEqualTo("layers");
  }

  @Test
  void longEmptyAndCutHeadersAreDistinguished() {
    assertThat(
            SyntaxDamageFinder.ofHeader("h", "A".repeat(A402Headers.MAX_LENGTH + 1))
                .orElseThrow()
                .why())
        .isEqualTo("long");
    assertThat(SyntaxDamageFinder.ofHeader("h", "").orElseThrow().why()).isEqualTo("empty");
    assertThat(SyntaxDamageFinder.ofHeader("h", "ABCDE").orElseThrow().why()).isEqualTo("cut");
  }
}
