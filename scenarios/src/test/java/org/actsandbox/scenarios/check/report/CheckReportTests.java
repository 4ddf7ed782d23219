package org.actsandbox.scenarios.check.report;

import static org.actsandbox.scenarios.check.model.CheckLevel.GATE;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.exchange.CheckExchange;
import org.actsandbox.scenarios.check.model.CheckFinding;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** Tests the forms of a report with a merchant that answers hostile text. */
class CheckReportTests {

  private static final String HOSTILE = "</script><script>alert(1)</script>\u0000'; rm -rf /";

  @TempDir Path folder;

  private static CheckReport report() {
    var needed = Json.object();
    needed.putObject("protocol").put("amount", "12.50");
    needed.putObject("method").put("psp_id", "did:act:sandbox-pay");
    var exchange =
        new CheckExchange(
            "GET",
            URI.create("http://localhost:9300/report?a=1"),
            Map.of("Authorization", "Bearer secret-key", "X-Note", "it's"),
            new byte[0],
            new Reply(
                new OutboundClient.Answer(
                    402,
                    Map.of("payment-needed", List.of(A402Headers.encode(needed))),
                    HOSTILE.getBytes(StandardCharsets.UTF_8))),
            null);
    var check =
        must("bill.signature", GATE, "A402-3.a")
            .says("Verifies it.", "It matters.", "Sign it.")
            .playedBy("wrong-signature-of-a-bill")
            .runs(_ -> {});
    return new CheckReport(
        "http://localhost:9300/report",
        GATE,
        List.of(
            new CheckResult(
                check,
                CheckVerdict.DEVIATION,
                CheckSentence.NOTHING,
                new CheckFinding(
                    CheckSentence.of("a signature of {0}", "did:act:shop"),
                    CheckSentence.said(HOSTILE),
                    List.of(exchange)),
                false,
                Duration.ofMillis(5))),
        List.of("cart.sum"),
        List.of("card.readable"),
        Duration.ofMillis(1_234));
  }

  @Test
  void theTextHasAllThatOneNeedsToMendIt() {
    var text = CheckText.finding(report().results().getFirst());

    assertThat(text)
        .contains(
            "DEVIATION bill.signature (MUST, A402-3.a of PSD-PAY-A402)",
            "expected  a signature",
            "mend      Sign it.",
            "./run scenario wrong-signature-of-a-bill",
            "[payment-needed decoded]".replace("payment-needed", "Payment-Needed"),
            "\"amount\" : \"12.50\"",
            "curl -i -X GET 'http://localhost:9300/report?a=1'",
            "-H 'X-Note: it'\\''s'",
            "Bearer $ACT_AGENT_KEY")
        .doesNotContain("secret-key");
  }

  @Test
  void theJsonNamesWhatADeviationNamedBefore() {
    var json = CheckJson.of(report());

    assertThat(json.path("total").asString()).isEqualTo("deviates");
    assertThat(json.path("fixed_since_last_run").get(0).asString()).isEqualTo("card.readable");
    assertThat(CheckJson.deviated(json)).containsExactly("bill.signature");
  }

  @Test
  void theXmlIsWellFormedWhateverTheMerchantAnswered() throws Exception {
    var file = folder.resolve("junit.xml");
    CheckJunit.write(file, report());

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(Files.readString(file))));
    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(1);
    assertThat(document.getDocumentElement().getAttribute("failures")).isEqualTo("1");
  }

  @Test
  void thePageRunsNothingOfTheMerchants() {
    assertThat(CheckHtml.of(report()))
        .contains("deviates", "bill.signature", "&lt;script&gt;", "default-src 'none'")
        .doesNotContain("<script>");
  }

  @Test
  void thePageIsChineseWhereThatIsAskedFor() {
    var page = CheckHtml.of(report(), "zh");

    assertThat(page)
        .contains("lang=\"zh\"", "有偏差", "需要修改", "怎样修改", "验证账单上卖方的签名。", "did:act:shop 的签名")
        .doesNotContain(">what it does<", ">why<", ">mend<", "Verifies the seller");
  }

  @Test
  void codeHostsAndReadmesGetTheirs() {
    var sarif = CheckSarif.of(report());
    assertThat(sarif.at("/runs/0/results/0/ruleId").asString()).isEqualTo("bill.signature");
    assertThat(sarif.at("/runs/0/results/0/level").asString()).isEqualTo("error");
    // A code host takes only a place without a scheme.
    assertThat(
            sarif
                .at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                .asString())
        .isEqualTo("localhost%3A9300/report");
    assertThat(CheckBadge.of(report()))
        .startsWith("<svg")
        .contains("1 deviation<", "ACT Sandbox gate")
        .doesNotContainIgnoringCase("certif");
  }
}
