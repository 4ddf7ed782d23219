package org.actsandbox.sandbox.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests what is masked in a journal, and what is not, because masking too much hides the events.
 */
class SecretMaskingTests {

  private static final String PIN = "482913";
  private static final String KEY = "act_principal_demo_0123456789abcdef0123456789abcdef01234567";

  private final SecretMasker secretMasker = new SecretMasker(PIN::equals);

  /** Only six digits are asked for: what keeps the PINs cannot look up anything else. */
  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":-12345}", "{\"a\":[-99999]}", "{\"a\":\"-12345\"}", "{\"a\":-1e4}"})
  void onlySixDigitsAreHeldAgainstThePins(String json) {
    var masker =
        new SecretMasker(
            digits -> {
              assertThat(digits).matches("[0-9]{6}");
              return false;
            });
    assertThat(masker.mask(json)).isEqualTo(json);
  }

  /** A secret that the world does not know, so that only its place or its form reveals it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'pin':'739154'}",
        "{'PIN':'739154'}",
        "{'Pin':739154}",
        "{'newPin':'739154'}",
        "{'pin_code':'739154'}",
        "{'pinCode':['739154']}",
        "{'X-Pin':'739154'}",
        "{'a':[{'b':{'payment-pin':'739154'}}]}",
        "{'fields':[{'name':'pin','value':'739154'}]}",
        "{'note':'pin=739154'}",
        "{'note':'{\\'pin\\':\\'739154\\'}'}",
        "{'note':'my PIN is 739154'}",
        "{'note':'the pin: 73 91 54'}",
        "{'note':'支付密码是739154'}",
        "{'note':'PIN码 ７３９１５４'}",
        "{'password':'739154'}",
        "{'clientSecret':'739154'}",
      })
  void namesAreComparedWithoutCaseAndSeparators(String json) {
    assertThat(masked(json)).doesNotContain("739154", "73 91 54", "７３９１５４").contains("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pin\":\"739154\"",
        "{'pin': '739154', 'x'",
        "{\"PIN\" : [ \"739154\" ",
        "pin=739154&x=1",
        "newPin: 739154",
        "<pin>739154</pin>",
        "<a:Pin x=\"1\"> 739154 </a:Pin>",
        "<field name=\"pin\">739154</field>",
        "<Pin value=\"739154\"/>",
        "--b\r\nContent-Disposition: form-data; name=\"pin\"\r\n\r\n739154\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"pin\"; filename=\"x\"\r\n"
            + "Content-Type: text/plain\r\n\r\n739154\r\n--b--",
        "\\\"pin\\\":\\\"739154\\\"",
        "I told it that my pin was 739154.",
      })
  void textsThatAreNoJsonAreSearched(String text) {
    assertThat(secretMasker.mask(text)).doesNotContain("739154").contains("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pin=739154",
        "x=1&Pin=739154&y=2",
        "p%69n=%37%39154",
        "new_pin=739154",
        "pin%5Bcode%5D=739154"
      })
  void formsAreReadAsAServerReadsThem(String form) {
    assertThat(secretMasker.form(form)).doesNotContain("739154", "%39154");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "482913",
        "x482913y",
        "call me at 482913, please",
        "4 8 2 9 1 3",
        "482-913",
        "４８２９１３",
        "四八二九一三",
        "Bearer 482913",
        "it is 482913.",
      })
  void thePinOfTheWorldIsMaskedWhereverItStands(String text) {
    assertThat(secretMasker.mask(text))
        .contains(SecretMasker.PIN_MASK)
        .doesNotContain("482913", "482-913");
    var tree = Json.object().put("x", text).put(text, "y");
    tree.putArray("z").add(text);
    assertThat(Json.write(secretMasker.mask(tree))).doesNotContain(text);
  }

  @Test
  void thePinIsFoundInPathsQueriesAndNumbers() {
    assertThat(secretMasker.path("/psp/payments/482913?after=482913&q=4%382913"))
        .isEqualTo("/psp/payments/***PIN***?after=***PIN***&q=***PIN***");
    assertThat(masked("{'x':482913}")).doesNotContain("482913");
  }

  @Test
  void keysAreMaskedAsPathSegmentsAndIds() {
    assertThat(secretMasker.path("/psp/payments/" + KEY))
        .isEqualTo("/psp/payments/act_principal_demo_***");
    assertThat(secretMasker.ids(java.util.Map.of("trade_no", KEY)).toString())
        .doesNotContain("0123456789abcdef");
    assertThat(secretMasker.mask("use " + KEY + " now"))
        .isEqualTo("use act_principal_demo_*** now");
    assertThat(secretMasker.mask("act_admin_0123456789abcdef0123")).isEqualTo("act_admin_***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "my card 4111 1111 1111 1111 is fine",
        "4111-1111-1111-1111",
        "378282246310005",
        "6200 0000 0000 4010",
      })
  void cardNumbersAreKnownByTheirCheckDigit(String text) {
    assertThat(secretMasker.mask(text))
        .contains("•••• ")
        .doesNotContain("4111111", "37828224", "6200 0");
  }

  /** Checks that numbers of everyday traffic stay readable. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'amount':'482913.00','currency':'CNY'}",
        "{'amount':482913}",
        "{'total_minor':'482913'}",
        "{'merchant_order_no':'R-739154','trade_no':'T-739154'}",
        "{'out_trade_no':'20260120739154','n':'1739836600000'}",
        "{'order_no':'4111111111111112'}",
        "{'at':'2026-01-20T08:00:00.482Z','until':'2026-03-02T01:00:00Z'}",
        "{'pin_locked':true,'wrong_pin_attempts':2,'shipping':'express','opinion':'x'}",
        "{'detail':'the PIN is wrong; attempts left: 2'}",
        "{'detail':'the PIN is locked until 2026-03-02T01:00:00Z'}",
        "{'text':'Change your PIN. Order 739154 waits.'}",
        "{'digest':'sha-256:Zm9vYmFy739154abc','intent_id':'I-7391'}",
        "{'signature_content':'x4829130y','phone':'13800482913'}",
        "{'spinning':'739154','keyboard':'739154','tokens':739154,'seat':'05-11F'}",
        "{'title':'Pin badge, 25 mm','quantity':2}",
        "{'url':'http://localhost:18500/w/demo/psp/payments/T-1'}",
      })
  void nothingElseIsMasked(String json) {
    assertThat(masked(json)).isEqualTo(Json.write(Json.parse(json.replace('\'', '"'))));
  }

  @Test
  void aMaskInTheOriginalTextIsNotShownAsAPin() {
    assertThat(secretMasker.mask("I know " + SecretMasker.PIN_MASK))
        .doesNotContain(SecretMasker.PIN_MASK);
  }

  @Test
  void aLongBodyIsMaskedBeforeItIsCut() {
    var body = "x".repeat(BodyText.HEAD - 10) + " " + KEY;
    var kept =
        BodyText.head(
            "text/plain", body.getBytes(java.nio.charset.StandardCharsets.UTF_8), secretMasker);
    assertThat(kept.text()).hasSizeLessThanOrEqualTo(BodyText.HEAD).doesNotContain("0123");
    assertThat(kept.digest()).as("would tell a short secret by trying").isNull();
  }

  /**
   * Five digits below zero have six characters, too, and an exchange with them is journalled, too.
   */
  @Test
  void aNumberBelowZeroIsNoPin() {
    var pins = new SecretMasker(digits -> Integer.parseUnsignedInt(digits) == 246810);
    assertThat(Json.write(pins.mask(Json.parse("{\"a\":-12345,\"b\":246810}"))))
        .isEqualTo("{\"a\":-12345,\"b\":\"***PIN***\"}");
  }

  /** Checks that no text delays the thread that writes all journals. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 ",
        "1-",
        "4 ",
        "pin ",
        "pin\"",
        "<pin ",
        "<pin>",
        "pin=\"",
        "name=\"pin\"\r\n",
        "pin:\n",
        "密码",
        "act_a_",
        "act_",
        "***PIN***",
        "123456 ",
        "pin 1",
        "=pin",
        "'pin'x\n",
        "pinPin",
        "<a:b:"
      })
  @Timeout(120)
  void aVeryLongTextIsReadOnce(String part) {
    var text = part.repeat(256 * 1024 / part.length());
    assertThat(secretMasker.mask(text)).isNotEmpty();
    assertThat(secretMasker.form(text)).isNotEmpty();
  }

  private String masked(String json) {
    return Json.write(
        secretMasker.mask(Json.parse(json.replace('\'', '"').replace("\\\"", "\\\""))));
  }
}
