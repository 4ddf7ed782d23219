package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.RuleLevel;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckConfig;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.run.CheckTotal;
import org.actsandbox.scenarios.check.suite.MerchantSuite;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.actsandbox.scenarios.engine.TargetServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the sandbox's own merchants pass all checks that apply to them. */
@ExtendWith(SandboxExtension.class)
class MerchantCheckScenarioTests {

  private static final Signer UNUSED = new Ed25519KeyPair("did:act:unused#key-1", new byte[32]);

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(strings = {"raileast", "gotrip-rail", "stayhub", "luma-mart", "tickwell"})
  void ourOwnMerchantsPassEveryCheck(String merchant, TargetServer server) {
    var trial = CheckTrial.honest(server, merchant);

    var results = trial.play(MerchantSuite.select(CheckLevel.SHOP, List.of()));

    assertThat(results)
        .filteredOn(
            each ->
                each.verdict() != CheckVerdict.PASS
                    && each.verdict() != CheckVerdict.NOT_APPLICABLE
                    && !isHostileText(merchant, each))
        .extracting(MerchantCheckScenarioTests::line)
        .isEmpty();
  }

  /** The wallet is the world's, so that what it cannot pay says nothing about the merchant. */
  @Test
  void anEmptyWalletIsNoDeviationOfTheMerchant(TargetServer server) {
    try (var trial =
        CheckTrial.of(server, "luma-mart", List.of(), _ -> UnaryOperator.identity(), "1.00")) {
      var results = trial.play(MerchantSuite.select(CheckLevel.GATE, List.of()));

      assertThat(results)
          .filteredOn(each -> each.verdict() == CheckVerdict.DEVIATION)
          .extracting(MerchantCheckScenarioTests::line)
          .isEmpty();
      assertThat(results)
          .filteredOn(each -> each.verdict() == CheckVerdict.INCONCLUSIVE)
          .extracting(result -> result.reason().toString())
          .contains(
              "the wallet of this world is empty: reset the world, merchants from outside stay");
    }
  }

  @Test
  void aGateOutsideIsJudgedByItsOwnAddress(TargetServer server) {
    try (var trial = CheckTrial.honest(server, "raileast");
        var gate = new OutsideGate(server.outbound())) {
      var world = trial.context().world();
      gate.join(
          world.register(
              Json.object()
                  .put("url", gate.url())
                  .put("id", "my-gate")
                  .put("kind", "service")
                  .put("level", "gate")
                  .put("resource", "/report")));
      var config = Json.object();
      config.putObject("resource").put("url", gate.url() + "/report");
      var session =
          new CheckSession(
              MerchantTarget.outside(world, URI.create(gate.url()), "my-gate", config),
              world,
              CheckLevel.GATE,
              CheckConfig.EMPTY,
              CheckSession.Limits.DEFAULT);

      var report = session.play(List.of(), Set.of(), _ -> {});

      assertThat(report.results())
          .filteredOn(each -> each.check().strength() == RuleLevel.MUST)
          .filteredOn(each -> each.verdict() != CheckVerdict.PASS)
          .filteredOn(each -> each.verdict() != CheckVerdict.NOT_APPLICABLE)
          .extracting(MerchantCheckScenarioTests::line)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource(StarterMerchant.class)
  void thePublishedStartersConformInEverything(StarterMerchant starter, TargetServer server)
      throws InterruptedException {
    assumeTrue(starter.canStart(), "python3 with the package cryptography");
    try (var trial = CheckTrial.honest(server, "raileast")) {
      var report = checked(starter, CheckLevel.SHOP, trial, List.of());

      assertThat(report.results())
          .filteredOn(each -> each.verdict() != CheckVerdict.PASS)
          .filteredOn(each -> each.verdict() != CheckVerdict.NOT_APPLICABLE)
          .extracting(MerchantCheckScenarioTests::line)
          .isEmpty();
      assertThat(report.results())
          .filteredOn(each -> each.verdict() == CheckVerdict.NOT_APPLICABLE)
          .allSatisfy(each -> assertThat(each.check().area()).isIn("negotiation", "credit"));
      assertThat(report.total()).isEqualTo(CheckTotal.CONFORMS);
    }
  }

  @Test
  void theEndOfAHoldIsCheckedWhereNoOrdersAreShown(TargetServer server)
      throws InterruptedException {
    var hidden =
        WireDefect.on(
            WireDefect.method("GET").and(WireDefect.path("/orders/[^/]+")),
            (_, _) -> WireDefect.status(404, "{}"));
    try (var trial = CheckTrial.of(server, "raileast", List.of(), _ -> hidden.over(UNUSED))) {
      var report = checked(StarterMerchant.JAVA, CheckLevel.SHOP, trial, List.of("cart.hold-ends"));

      assertThat(report.results().getLast().check().id()).isEqualTo("cart.hold-ends");
      assertThat(report.results().getLast().verdict()).isEqualTo(CheckVerdict.PASS);
    }
  }

  /** Without intents the price is in the catalog, which the check itself has moved. */
  @Test
  void aShopWithoutIntentsIsJudgedByItsCatalogAlsoAfterItsPriceMoved(TargetServer server)
      throws InterruptedException {
    var silent =
        WireDefect.on(
            WireDefect.method("POST").and(WireDefect.path("/intents")),
            (_, _) -> WireDefect.status(404, "{}"));
    try (var trial = CheckTrial.of(server, "raileast", List.of(), _ -> silent.over(UNUSED))) {
      var report =
          checked(
              StarterMerchant.JAVA,
              CheckLevel.ORDER,
              trial,
              List.of("cart.price-moved", "cart.price-locked", "cart.last-one-once"));

      assertThat(report.results())
          .filteredOn(each -> each.verdict() != CheckVerdict.PASS)
          .extracting(MerchantCheckScenarioTests::line)
          .isEmpty();
    }
  }

  private static CheckReport checked(
      StarterMerchant starter, CheckLevel level, CheckTrial trial, List<String> only)
      throws InterruptedException {
    var world = trial.context().world();
    var url = StarterMerchant.freeAddress();
    var order = Json.object().put("url", url).put("id", "tea-shop").put("kind", "shop");
    var env = world.register(order.put("level", "shop")).path("env").asString();
    var settings = StarterMerchant.settings(env);
    settings.put("ACT_CONTROL", "yes");
    var config = Json.object().put("control", "act-control");
    var session =
        new CheckSession(
            MerchantTarget.outside(world, URI.create(url), "tea-shop", config),
            world,
            level,
            CheckConfig.EMPTY,
            CheckSession.Limits.DEFAULT);
    try (var _ = starter.start(settings)) {
      return session.play(only, Set.of(), _ -> {});
    }
  }

  /** The shops list three goods whose descriptions talk to agents, on purpose. */
  private static boolean isHostileText(String merchant, CheckResult result) {
    return merchant.equals("luma-mart")
        && result.check().id().equals("catalog.text")
        && result.verdict() == CheckVerdict.ADVISORY;
  }

  private static String line(CheckResult result) {
    var finding = result.finding();
    return "%s: %s %s %s"
        .formatted(
            result.check().id(),
            result.verdict(),
            result.reason(),
            finding == null
                ? ""
                : "expected " + finding.expected() + " observed " + finding.observed());
  }
}
