package org.actsandbox.web.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.bundle.BundleArchive;
import org.actsandbox.protocol.attestation.bundle.InvalidBundleException;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.cli.VerifyCommand;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.Terminal;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Tests the levels without the principal, as {@code ./run demo --level} plays them. */
@ExtendWith(OutputCaptureExtension.class)
class DemoLevelTests {

  private static final String WORLD_PAGE = "http://localhost:\\d+/console/[a-z0-9-]+";

  @TempDir Path evidence;

  private record Played(int code, JsonNode json) {}

  /** Checks ACT TSD-2.c. */
  @Test
  void theDirectedLevelBuysWhenTheTicketIsSold(CapturedOutput output) throws Exception {
    var played = play(DemoLevel.L2, "");

    assertThat(played.code()).isEqualTo(ExitCodes.OK);
    var json = played.json();
    assertThat(json.path("level").asString()).isEqualTo("L2");
    assertThat(json.path("delegation_mode").asString()).isEqualTo("SPECIFIED");
    assertThat(json.path("payments")).hasSize(1);
    assertThat(json.path("purchases").path(0).path("transaction_state").asString())
        .isEqualTo("TRADE_FINISHED");
    assertThat(json.path("budget").path("total").asString()).isEqualTo("600.00");
    assertThat(json.path("budget").path("spent").asString())
        .isEqualTo(json.path("payments").path(0).path("amount").asString());
    requireEvidence(json, 1);
    assertThat(pageOfTheWorld(output)).isEqualTo(200);
  }

  @Test
  void theAutonomousLevelStaysInItsBudgetAndGivesAuthorityBack(CapturedOutput output)
      throws Exception {
    var played = play(DemoLevel.L3, "");

    assertThat(played.code()).isEqualTo(ExitCodes.OK);
    var json = played.json();
    assertThat(json.path("delegation_mode").asString()).isEqualTo("BOUNDED");
    assertThat(json.path("iac_state").asString()).isEqualTo("Revoked");
    assertThat(json.path("payments").size()).isGreaterThan(2);
    assertThat(json.path("payments"))
        .extracting(payment -> payment.path("trade_no").asString())
        .containsExactlyElementsOf(
            json.path("purchases")
                .valueStream()
                .map(purchase -> purchase.path("trade_no").asString())
                .toList());
    assertThat(json.path("budget").path("total").asString()).isEqualTo("20.00");
    assertThat(json.path("purchases"))
        .hasSize(json.path("payments").size())
        .allSatisfy(
            purchase -> {
              assertThat(purchase.path("merchant").asString()).isNotBlank();
              assertThat(purchase.path("title").asString()).isNotBlank();
              assertThat(purchase.path("why").asString())
                  .matches("the (only seller|cheapest) of .*|works in whole sentences; .*");
            });
    requireEvidence(json, json.path("payments").size());
    assertThat(pageOfTheWorld(output)).isEqualTo(200);
  }

  @Test
  void aSentenceThatNeedsNoAuthorityIsExplained() {
    var played = play(DemoLevel.L2, "Find me a window seat on tomorrow's early train to Shanghai");

    assertThat(played.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(played.json().path("reason").asString()).contains("leave out --level");
    assertThat(played.json().path("payments")).isEmpty();
    assertThat(played.json().path("delegation_mode").asString()).isEmpty();
  }

  @Test
  void goodsThatAreNotSoldYetAreNothingSuitable() {
    var played = play(DemoLevel.L2, "买一张1月20日去哈尔滨的二等座");

    assertThat(played.code()).isEqualTo(ExitCodes.NOTHING_SUITABLE);
    assertThat(played.json().path("reason").asString()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          L1 | a train ticket to Shanghai tomorrow, I travel with a small dog     | pets
          L1 | a train ticket to Shanghai tomorrow, zorbing on board              | zorbing
          L1 | buy a phone charger, gold-plated                                   | gold-plated
          L1 | 明天去上海的票，要能带狗                                             | 携带宠物
          L1 | 明天上海的酒店，要能打麻将的                                         | 打麻将
          L2 | Get me a student ticket to Harbin on January 20, at most 600 yuan, keep trying until Friday | student fare
          L2 | 买一张1月20日去哈尔滨的学生票，最多600元，一直抢到周五                    | 学生票
          L3 | Prepare a report on coffee and helium prices, spend at most 20 yuan  | helium
          L3 | 准备一份关于咖啡和锂矿价格的报告，最多花 20 元                          | 锂矿
          """)
  void withoutAReaderNothingIsBoughtIfAWordWasNotUnderstood(
      DemoLevel level, String sentence, String word) {
    var played = play(level, sentence);

    assertThat(played.code()).isEqualTo(ExitCodes.NEEDS_CLARIFICATION);
    assertThat(played.json().path("outcome").asString()).isEqualTo("question");
    assertThat(played.json().path("question").asString()).contains(word);
    assertThat(played.json().path("purchases")).isEmpty();
    assertThat(played.json().path("total").asString()).isEqualTo("0.00");
  }

  @Test
  void aSentenceThatIsFullyUnderstoodIsBought() {
    var played = play(DemoLevel.L1, "明天早上去上海的靠窗座位");

    assertThat(played.code()).isEqualTo(ExitCodes.OK);
    assertThat(played.json().path("purchases")).hasSize(1);
  }

  @Test
  void aDeclinedPaymentIsTheOutcomeAndItsReasonIsTold() {
    var origin = URI.create(ConsoleServer.shared().origin());
    try (var outbound = new PooledOutboundClient(uri -> "localhost".equals(uri.getHost()))) {
      var play =
          (DemoDirectedPayment) DemoLevel.L2.on(context(new SandboxClient(outbound), origin, ""));
      var declined = Map.of("trade_no", "T-1", "reason", "the principal declined it");

      play.onEvent(ConversationEventType.DECLINED, "", Json.tree(declined));
      assertThat(play.reason).isEqualTo("the principal declined it");
      play.onEvent(ConversationEventType.WATCH, "", Json.tree(Map.of("state", "paused")));
      play.settle();

      assertThat(play.transcript.exitCode()).isEqualTo(ExitCodes.DECLINED);
    }
  }

  /**
   * Requires a bundle for each order that verifies offline and no longer verifies after a change of
   * one bit.
   */
  private void requireEvidence(JsonNode json, int orders) throws Exception {
    assertThat(json.path("bundles")).hasSize(orders);
    assertThat(json.path("bundle")).isEqualTo(json.path("bundles").path(0));
    assertThat(json.path("attestations"))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.path("result").asString()).isEqualTo("VERIFIED"))
        .extracting(each -> each.path("event").asString())
        .contains(
            "act:delegation:intent-created",
            "act:delegation:delegation-issued",
            "act:payment:transaction-completed");
    for (var bundle : json.path("bundles")) {
      var file = Path.of(bundle.asString());
      assertThat(verify(file)).as(file.toString()).isZero();
      var bytes = Files.readAllBytes(file);
      requireDelegation(bytes);
      bytes[bytes.length / 2] ^= 1;
      var spoiled = Files.write(file.resolveSibling("spoiled-" + file.getFileName()), bytes);
      assertThat(verify(spoiled)).as(spoiled.toString()).isNotZero();
      assertThat(outside(file)).as("%s by another program", file).isZero();
      assertThat(outside(spoiled)).as("%s by another program", spoiled).isEqualTo(6);
    }
  }

  /**
   * Requires that every record of a delegated flow and its anchor name the delegation (ACT TSD-2).
   */
  private static void requireDelegation(byte[] bundle) throws InvalidBundleException {
    var named = new HashSet<String>();
    int records = 0;
    for (var file : BundleArchive.read(bundle).entrySet()) {
      if (file.getKey().startsWith("records/")) {
        records++;
        named.add(Json.parse(file.getValue()).path("delegation_id").asString("none"));
      }
      if (file.getKey().startsWith("anchors/")) {
        var anchor = AnchorCodec.read(Json.parse(file.getValue()).path("anchor").stringValue());
        named.add(String.valueOf(anchor.delegationId()));
      }
    }
    assertThat(records).isEqualTo(5);
    assertThat(named).hasSize(1).allMatch(id -> id.startsWith("D-"));
  }

  /** Verifies with the verifier of docs/examples; without Node it returns the result of our own. */
  private static int outside(Path bundle) throws Exception {
    try (var places = Stream.of(System.getenv("PATH").split(":", -1))) {
      if (places.map(Path::of).noneMatch(at -> Files.isExecutable(at.resolve("node")))) {
        return verify(bundle);
      }
    }
    var process =
        new ProcessBuilder("node", "../docs/examples/verify-bundle.mjs", bundle.toString())
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private static int verify(Path bundle) {
    return new CommandLine(new VerifyCommand()).execute(bundle.toString());
  }

  private Played play(DemoLevel level, String sentence) {
    var origin = URI.create(ConsoleServer.shared().origin());
    try (var outbound = new PooledOutboundClient(uri -> "localhost".equals(uri.getHost()))) {
      var client = new SandboxClient(outbound);
      var play = level.on(context(client, origin, sentence));
      int code = play.run();
      return new Played(code, Json.parse(Json.write(play.toJson())));
    }
  }

  private DemoContext context(SandboxClient client, URI origin, String sentence) {
    var targetWorld = client.newWorld(origin, null, Map.of());
    return new DemoContext(targetWorld, client, new Terminal(true), true, sentence, null, evidence);
  }

  /** Requests the address that the terminal prints, as a browser would, and returns the status. */
  private static int pageOfTheWorld(CapturedOutput output) throws Exception {
    var named = java.util.regex.Pattern.compile(WORLD_PAGE).matcher(output.getAll());
    assertThat(named.find()).as("an address in what was said").isTrue();
    try (var outbound = new PooledOutboundClient(uri -> "localhost".equals(uri.getHost()))) {
      var answer =
          outbound.send(
              OutboundClient.Call.get(
                  URI.create(named.group() + "/try"),
                  Map.of("Cookie", ConsoleServer.shared().cookie()),
                  java.time.Duration.ofSeconds(30)));
      return answer.status();
    }
  }
}
