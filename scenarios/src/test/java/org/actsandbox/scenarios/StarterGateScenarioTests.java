package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckConfig;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.run.CheckTotal;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.actsandbox.scenarios.engine.TargetServer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that the published starters of level gate conform to every check of a gate. */
@ExtendWith(SandboxExtension.class)
class StarterGateScenarioTests {

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource(StarterGate.class)
  void eachConformsInEverything(StarterGate starter, TargetServer server)
      throws InterruptedException {
    assumeTrue(starter.canStart(), "the runtime of " + starter);
    try (var trial = CheckTrial.honest(server, "raileast")) {
      var world = trial.context().world();
      var url = StarterMerchant.freeAddress();
      var order = Json.object().put("url", url).put("id", "tea-gate").put("kind", "service");
      var env = world.register(order.put("level", "gate").put("resource", "/report")).path("env");
      var config = Json.object();
      config.putObject("resource").put("url", url + "/report");
      var session =
          new CheckSession(
              MerchantTarget.outside(world, URI.create(url), "tea-gate", config),
              world,
              CheckLevel.GATE,
              CheckConfig.EMPTY,
              CheckSession.Limits.DEFAULT);

      try (var _ = starter.start(StarterMerchant.settings(env.asString()))) {
        var report = session.play(List.of(), Set.of(), _ -> {});

        assertThat(report.results())
            .filteredOn(each -> each.verdict() != CheckVerdict.PASS)
            .filteredOn(each -> each.verdict() != CheckVerdict.NOT_APPLICABLE)
            .extracting(
                each ->
                    each.check().id() + " " + each.verdict() + " " + each.reason() + each.finding())
            .isEmpty();
        assertThat(report.total()).isEqualTo(CheckTotal.CONFORMS);
      }
    }
  }
}
