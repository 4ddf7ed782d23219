package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.load.LoadReport;
import org.actsandbox.scenarios.load.LoadRun;
import org.actsandbox.scenarios.load.LoadRun.Level;
import org.actsandbox.scenarios.load.LoadRun.Pace;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds what a purchase costs in counts, which are the same on every machine. A figure above its
 * ceiling means that a change made purchases dearer; one well below it is the time to lower the
 * ceiling.
 */
@ExtendWith(SandboxExtension.class)
class PurchaseCostTests {

  private static final int FLOWS = 20;
  private static final int WARM_UP = 4;

  /** Ceilings by level; docs/performance.md shows the same table with its history. */
  private static final Map<Level, Map<String, Double>> CEILINGS =
      Map.of(
          Level.L1,
          Map.ofEntries(
              Map.entry("sql_executions", 142.0),
              Map.entry("connections", 53.0),
              Map.entry("transactions", 21.0),
              Map.entry("durable_waits", 25.0),
              Map.entry("json_parses", 48.0),
              Map.entry("json_bindings", 55.0),
              Map.entry("json_trees", 51.0),
              Map.entry("json_writes", 145.0),
              Map.entry("canonicalizations", 54.0),
              Map.entry("signatures", 16.0),
              Map.entry("verifications", 11.5)),
          Level.L2,
          Map.ofEntries(
              Map.entry("sql_executions", 165.0),
              Map.entry("connections", 63.0),
              Map.entry("transactions", 19.0),
              Map.entry("durable_waits", 23.0),
              Map.entry("json_parses", 73.0),
              Map.entry("json_bindings", 101.0),
              Map.entry("json_trees", 69.0),
              Map.entry("json_writes", 199.0),
              Map.entry("canonicalizations", 82.0),
              Map.entry("signatures", 23.0),
              Map.entry("verifications", 16.5)));

  @ParameterizedTest
  @EnumSource(Level.class)
  void aPurchaseDoesNotCostMore(Level level, TargetServer targetServer) throws Exception {
    var report = run(level, targetServer);

    var server = report.perPurchase().server();
    assertThat(CEILINGS.get(level))
        .allSatisfy(
            (figure, ceiling) ->
                assertThat(server.getOrDefault(figure, 0.0))
                    .as("%s of %s", figure, server)
                    .isPositive()
                    .isLessThanOrEqualTo(ceiling));
  }

  private static LoadReport run(Level level, TargetServer targetServer) throws Exception {
    var loadRun = new LoadRun(new SandboxClient(targetServer.outbound()), Clock.systemUTC());
    var plan = new LoadRun.Plan(level, new Pace.BackToBack(), FLOWS, 1, WARM_UP);
    var report = loadRun.run(targetServer.origin(), null, plan, 0);
    assertThat(loadRun.failures()).isEmpty();
    return report;
  }
}
