package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.RuleLevel;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckConfig;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.suite.MerchantSuite;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.actsandbox.scenarios.engine.TargetServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the sandbox's own merchants pass all checks that apply to them. */
@ExtendWith(SandboxExtension.class)
class MerchantCheckScenarioTests {

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
