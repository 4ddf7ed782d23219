package org.actsandbox.web.check.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.run.CheckTotal;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.web.check.alipay.AlipaySellerStandIn.Defect;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the checks of Alipay's profile: a right seller conforms, and each check is failed by a
 * seller with the mistake that it is about.
 */
@TestInstance(Lifecycle.PER_CLASS)
class AlipayShopCheckTests {

  /** The check that must notice each mistake. */
  private static final Map<Defect, String> NOTICED = noticed();

  private final World world = ConsoleServer.shared().newWorld("alipay-check");
  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  private final TargetWorld target = ConsoleServer.shared().target(world);
  private final AlipaySellerStandIn seller =
      new AlipaySellerStandIn(
          new SandboxClient(outbound)
              .post(
                  target.api("/alipay/apps"),
                  target.keys().operator(),
                  Json.object().put("owner", "lingobee").put("public_key", "make")));
  private int runs;

  private static Map<Defect, String> noticed() {
    var noticed = new EnumMap<Defect, String>(Defect.class);
    noticed.put(Defect.ASKS_NOTHING, "asks-payment");
    noticed.put(Defect.UNREADABLE_BILL, "bill-readable");
    noticed.put(Defect.PADDED_BILL, "bill-encoding");
    noticed.put(Defect.EMPTY_FIELD, "bill-complete");
    noticed.put(Defect.OTHER_CURRENCY, "bill-constants");
    noticed.put(Defect.AMOUNT_IN_FEN, "bill-amount");
    noticed.put(Defect.TIME_WITHOUT_OFFSET, "bill-time");
    noticed.put(Defect.OTHER_SELLER, "application");
    noticed.put(Defect.UNSIGNED_FIELD, "bill-signature");
    noticed.put(Defect.ONE_ORDER_NUMBER, "order-numbers");
    noticed.put(Defect.LONG_ORDER_NUMBER, "bill-payable");
    noticed.put(Defect.DELIVERS_NOTHING, "delivers");
    noticed.put(Defect.NO_VALIDATION, "validation");
    noticed.put(Defect.NEVER_CONFIRMS, "confirms");
    noticed.put(Defect.ONE_ALPHABET, "proof-alphabets");
    noticed.put(Defect.FAILS_AT_BAD_PROOF, "proof-malformed");
    noticed.put(Defect.VERIFIES_NOTHING, "proof-unknown");
    noticed.put(Defect.DELIVERS_ANEW, "proof-repeated");
    noticed.put(Defect.COMPARES_NO_AMOUNT, "amount-compared");
    noticed.put(Defect.COMPARES_NO_ORDER, "order-compared");
    noticed.put(Defect.COMPARES_NO_RESOURCE, "resource-compared");
    noticed.put(Defect.IGNORES_ACTIVE, "inactive-compared");
    noticed.put(Defect.TRUSTS_ANY_KEY, "answer-signature");
    noticed.put(Defect.IGNORES_REFUSAL, "verify-refused");
    noticed.put(Defect.DELIVERS_WHEN_UNAVAILABLE, "verify-unavailable");
    noticed.put(Defect.CONFIRMS_ONCE, "confirm-unavailable");
    noticed.put(Defect.DELIVERS_IN_SILENCE, "gateway-silent");
    noticed.put(Defect.FAILS_AT_EMPTY_FIELDS, "empty-fields");
    return noticed;
  }

  @AfterAll
  void close() {
    seller.close();
    outbound.close();
  }

  private AlipayShopCheck check(Set<Defect> defects) {
    return check(defects, seller.resource());
  }

  private AlipayShopCheck check(Set<Defect> defects, URI resource) {
    seller.begin(defects);
    return new AlipayShopCheck(
            new CheckWorld(target, outbound, "run" + ++runs),
            resource,
            new CheckSession.Limits(Duration.ofSeconds(20), Duration.ofMinutes(5)))
        .patience(Duration.ofMillis(500));
  }

  private static List<String> failed(CheckReport report) {
    return report.findings().stream().map(each -> each.check().id()).toList();
  }

  private static String findings(CheckReport report) {
    return report.findings().stream()
        .map(each -> each.check().id() + " " + each.finding())
        .collect(Collectors.joining("; "));
  }

  @Test
  void aRightSellerConforms() {
    var report = check(Set.of()).play(List.of(), Set.of(), _ -> {});
    assertThat(failed(report)).as(findings(report)).isEmpty();
    assertThat(report.total()).as(report.counts().toString()).isEqualTo(CheckTotal.CONFORMS);
    assertThat(report.results()).allMatch(each -> each.verdict() == CheckVerdict.PASS);
    var switches =
        new SandboxClient(outbound).get(target.api("/alipay/settings"), target.keys().operator());
    assertThat(switches.path("approve_automatically").asBoolean(true)).isFalse();
    assertThat(switches.path("altered_answer").asString("")).isEqualTo("none");
  }

  /** The program of docs/alipay.md, which calls the gateway with Alipay's own Node SDK. */
  @Test
  void theSellerOfTheDocumentsConforms(@TempDir Path folder) throws Exception {
    var sdk = Path.of("../target/alipay-node/node_modules");
    assumeTrue(Files.isDirectory(sdk), "./test installs the SDK, if Node is there");
    Files.copy(Path.of("../docs/examples/alipay-seller.mjs"), folder.resolve("seller.mjs"));
    Files.createSymbolicLink(folder.resolve("node_modules"), sdk.toRealPath());
    var program = new ProcessBuilder("node", "seller.mjs").directory(folder.toFile());
    program.environment().putAll(seller.environment());
    program.environment().put("ALIPAY_PORT", "0");
    var process = program.redirectErrorStream(true).start();
    try (var lines = process.inputReader()) {
      var address = URI.create(lines.readLine().substring("selling ".length()));
      var report = check(Set.of(), address).play(List.of(), Set.of(), _ -> {});
      assertThat(failed(report)).as(findings(report)).isEmpty();
      assertThat(report.total()).isEqualTo(CheckTotal.CONFORMS);
    } finally {
      process.destroy();
    }
  }

  @Test
  void eachMistakeIsNoticedByTheCheckThatIsAboutIt() {
    var missed = new ArrayList<String>();
    NOTICED.forEach(
        (defect, check) -> {
          var found = failed(check(Set.of(defect)).playAlone("alipay." + check));
          if (!found.equals(List.of("alipay." + check))) {
            missed.add(defect + " " + found);
          }
        });
    assertThat(missed).isEmpty();
    assertThat(NOTICED).containsOnlyKeys(Defect.values());
  }

  @Test
  void eachCheckSaysInChineseToo() {
    for (var check : AlipayShopCheck.select(List.of())) {
      for (var sentence : List.of(check.does("zh"), check.why("zh"), check.mend("zh"))) {
        assertThat(sentence).as(check.id()).matches("(?s).*\\p{IsHan}.*。");
      }
    }
  }

  @Test
  void theApiChecksTheProfileAndWritesItsReportInBothLanguages() {
    seller.defects = Set.of(Defect.NO_VALIDATION);
    var client = new SandboxClient(outbound);
    var operator = target.keys().operator();
    var url = seller.resource().resolve("/").toString().replaceAll("/$", "");
    client.post(
        target.api("/merchants"),
        operator,
        Json.object()
            .put("url", url)
            .put("id", "kiosk")
            .put("name", "Kiosk")
            .put("kind", "service")
            .put("level", "gate")
            .put("resource", "/report"));
    var request = Json.object().put("merchant", "kiosk").put("profile", "alipay");
    request.putArray("only").add("alipay.validation");
    var started = client.post(target.api("/checks"), operator, request);
    assertThat(started.path("planned").asInt()).isEqualTo(10);

    var at = target.api("/checks/" + started.path("id").asString());
    await().until(() -> client.get(at, operator).path("state").asString().equals("done"));
    var check = client.get(at, operator);
    assertThat(check.path("profile").asString()).isEqualTo("alipay");
    assertThat(check.path("target").asString()).isEqualTo(seller.resource().toString());
    assertThat(check.path("played").asInt()).as(check.toString()).isEqualTo(10);
    assertThat(check.at("/counts/advisory").asInt()).as(check.toString()).isEqualTo(1);
    var file =
        OutboundClient.Call.get(
            URI.create(at + "/report/html_zh"),
            Map.of("Authorization", "Bearer " + operator),
            Duration.ofSeconds(20));
    // The file is there a moment after the check says that it is over.
    await().until(() -> outbound.send(file).isSuccess());
    var page = new String(outbound.send(file).body(), StandardCharsets.UTF_8);
    assertThat(page).contains("读取 Payment-Validation", "官方买家脚本会检查它。");
  }

  @Test
  void theProfileIsForMerchantsFromOutsideAndMustBeKnown() {
    var client = new SandboxClient(outbound);
    for (var wrong : List.of("alipay", "wechat")) {
      var request = Json.object().put("merchant", "lingobee").put("profile", wrong);
      assertThatThrownBy(
              () -> client.post(target.api("/checks"), target.keys().operator(), request))
          .hasMessageContaining(
              wrong.equals("alipay") ? "a merchant from outside" : "act or alipay");
    }
  }

  /**
   * Ours: the proof of another trade is refused by the gateway, so one mistake fails two checks.
   */
  @Test
  void noCheckIsWithoutAMistakeThatItNotices() {
    assertThat(failed(check(Set.of(Defect.VERIFIES_NOTHING)).playAlone("alipay.proof-other-trade")))
        .containsExactly("alipay.proof-other-trade");
    var noticed = NOTICED.values().stream().map(each -> "alipay." + each);
    assertThat(AlipayShopCheck.select(List.of()).stream().map(MerchantCheck::id))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(noticed, Stream.of("alipay.proof-other-trade"))
                .collect(Collectors.toSet()));
  }
}
