package org.actsandbox.sandbox.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the metrics follow events, and who may read them. */
class MetricsHttpTests {

  private static final String ALLOCATED = "act_allocated_bytes_total";

  /** A page of 14 KB made 20 MB when each few characters copied all before them. */
  private static final int MAX_GARBAGE = 4 << 20;

  @TempDir Path folder;

  private static double value(String page, String name) {
    var line = Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE);
    var found = line.matcher(page);
    return found.find() ? Double.parseDouble(found.group(1)) : 0;
  }

  @Test
  void refusalsAndExchangesAreCountedByCodeAndOperation() {
    try (var server = SandboxServer.start(folder)) {
      var before = server.get("/metrics").text();
      var refused = "act_refusals_total{code=\"key_missing\"}";
      var wallet = "act_exchange_seconds_count{operation=\"wallet\",status=\"4xx\"}";

      assertThat(server.get("/w/demo/psp/wallet").status()).isEqualTo(401);

      var after = server.get("/metrics").text();
      assertThat(value(after, refused)).isEqualTo(value(before, refused) + 1);
      assertThat(value(after, wallet)).isEqualTo(value(before, wallet) + 1);
      assertThat(after)
          .contains("act_journal_waiting ")
          .contains("act_database_commits_total ")
          .contains("hikaricp_connections_active{pool=\"requests\"}")
          .contains("jvm_memory_used_bytes");
    }
  }

  /** The server works for itself, too, so the cheapest of some readings is what one costs. */
  @Test
  void aReadingMakesLittleGarbage() {
    try (var server = SandboxServer.start(folder)) {
      double cheapest = Double.MAX_VALUE;
      double before = value(server.get("/metrics").text(), ALLOCATED);
      for (int reading = 0; reading < 20; reading++) {
        double after = value(server.get("/metrics").text(), ALLOCATED);
        cheapest = Math.min(cheapest, after - before);
        before = after;
      }
      assertThat(cheapest).isPositive().isLessThan(MAX_GARBAGE);
    }
  }

  @Test
  void beyondLoopbackTheMetricsRequireTheAdminKey() {
    try (var server = SandboxServer.start(folder, "--act.bind=0.0.0.0")) {
      assertThat(server.get("/metrics").status()).isEqualTo(401);
      assertThat(server.get("/api/health/live").status()).isEqualTo(200);
      assertThat(server.get("/api/health/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void everyAnswerHasARequestIdOfItsOwnOrTheCallers() {
    var server = SandboxServer.shared();

    var one = server.get("/api/health/live").header("Act-Request-Id");
    var two = server.get("/api/health/live").header("Act-Request-Id");
    var given = server.get("/api/health/live", "X-Request-Id", "caller-7").header("Act-Request-Id");
    var forged = server.get("/api/health/live", "X-Request-Id", "a b").header("Act-Request-Id");

    assertThat(one).matches("[0-9a-f]{16}").isNotEqualTo(two);
    assertThat(given).isEqualTo("caller-7");
    assertThat(forged).matches("[0-9a-f]{16}");
  }
}
