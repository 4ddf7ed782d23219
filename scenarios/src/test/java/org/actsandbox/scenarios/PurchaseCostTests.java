package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.actsandbox.client.SandboxClient;
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

  /**
   * Ceilings of a purchase that the principal approves. Statements, connections and waits leave
   * room, because the slower a machine is, the fewer of them journal, evidence and due work do
   * together. The others are those of a purchase whose three records go to the chain in three
   * calls, each with a signed head, which is the most that a slow machine needs: 16 signatures are
   * three records, three anchors, three heads, order, bill, its method layer, evidence of the
   * approval, proof, notification and confirmation.
   */
  private static final Map<String, Double> APPROVED =
      Map.of(
          "sql_executions", 110.0,
          "connections", 20.0,
          "durable_waits", 28.0,
          "json_parses", 16.5,
          "json_bindings", 18.5,
          "json_trees", 16.5,
          "json_writes", 68.0,
          "canonicalizations", 22.5,
          "signatures", 16.1,
          "verifications", 3.1);

  /** Ceilings of a purchase under an authority of its own, whichever kind it is. */
  private static final Map<String, Double> AUTHORIZED =
      Map.of(
          "sql_executions", 160.0,
          "connections", 24.0,
          "durable_waits", 36.0,
          "json_parses", 32.5,
          "json_bindings", 48.0,
          "json_trees", 27.5,
          "json_writes", 90.0,
          "canonicalizations", 39.5,
          "signatures", 24.2,
          "verifications", 4.1);

  private static final Map<Level, Map<String, Double>> CEILINGS =
      Map.of(Level.L1, APPROVED, Level.L2, AUTHORIZED, Level.L3, AUTHORIZED);

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
