package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.load.LoadReport;
import org.actsandbox.scenarios.load.LoadRun;
import org.actsandbox.scenarios.load.LoadRun.Level;
import org.actsandbox.scenarios.load.LoadRun.Pace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tests that each purchase of a load run is paid once, like any other purchase. */
@ExtendWith(SandboxExtension.class)
class LoadScenarioTests {

  private static final List<String> L1 =
      List.of("intent", "cart", "bill", "pay", "cashier", "approve", "proof", "deliver");

  private static final int FLOWS = 6;
  private static final int WARM_UP = 2;

  @Test
  void purchasesBackToBackAreMeasured(TargetServer targetServer, JdbcTemplate database)
      throws Exception {
    var report = run(targetServer, database, Level.L1, new Pace.BackToBack());

    assertThat(report.steps()).extracting(LoadReport.StepTime::step).isEqualTo(L1);
    assertThat(report.purchasesPerSecond()).isPositive();
    assertThat(report.p50Ms()).isPositive().isLessThanOrEqualTo(report.p99Ms());
    assertThat(report.rate()).isNull();
    assertThat(report.iacIssueP99Ms()).isNull();
    assertThat(Json.write(report)).contains("\"purchases_per_second\":").doesNotContain("rate");
  }

  @ParameterizedTest
  @EnumSource(
      value = Level.class,
      names = {"L2", "L3"})
  void eachPurchaseHasAnAuthorityOfItsOwn(
      Level level, TargetServer targetServer, JdbcTemplate database) throws Exception {
    var report = run(targetServer, database, level, new Pace.AtRate(50));

    assertThat(report.rate()).isEqualTo(50);
    assertThat(report.iacIssueP99Ms()).isPositive();
    assertThat(report.verificationP99Ms()).isPositive();
  }

  @Test
  void stepByStepThereIsNoWholePurchase(TargetServer targetServer, JdbcTemplate database)
      throws Exception {
    var report = run(targetServer, database, Level.L1, new Pace.StepByStep());

    assertThat(report.purchasesPerSecond()).isNull();
    assertThat(report.p50Ms()).isNull();
    assertThat(report.steps()).extracting(LoadReport.StepTime::step).isEqualTo(L1);
  }

  private static LoadReport run(
      TargetServer targetServer, JdbcTemplate database, Level level, Pace pace)
      throws IOException, InterruptedException {
    int before = paid(database);
    var loadRun = new LoadRun(new SandboxClient(targetServer.outbound()), Clock.systemUTC());
    var report =
        loadRun.run(
            targetServer.origin(), null, new LoadRun.Plan(level, pace, FLOWS, 3, WARM_UP), 0);
    assertThat(loadRun.failures()).isEmpty();
    assertThat(report.errors()).isZero();
    assertThat(report.flows()).isEqualTo(FLOWS);
    assertThat(report.serverRssMb()).isZero();
    assertThat(paid(database) - before).isEqualTo(FLOWS + WARM_UP);
    return report;
  }

  private static int paid(JdbcTemplate database) {
    return database
        .queryForObject(
            "select count(*) from psp_payment where status = 'PAID' and agent_id like '%load-agent%'",
            Integer.class)
        .intValue();
  }
}
