package org.actsandbox.sandbox.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Compares a verification among 1,000 credentials, authorizations and records with one among
 * 100,000 ({@code -Dact.bench=credit}). Both worlds take turns, so that other load of the machine
 * affects both. The figures are in docs/performance-notes.md.
 */
@EnabledIfSystemProperty(named = "act.bench", matches = ".*credit.*")
class CreditGrowthBench {

  private static final int WARM_UP = 200;
  private static final int PAIRS = Integer.getInteger("act.bench.rounds", 400);

  private final SandboxServer server = SandboxServer.shared();

  @Test
  void aHundredTimesAsManyCredentialsCostTheSame() {
    var few = new FilledWorld(1_000);
    var many = new FilledWorld(100_000);
    var fewNanos = new long[PAIRS];
    var manyNanos = new long[PAIRS];
    for (int i = -WARM_UP; i < PAIRS; i++) {
      boolean fewFirst = (i & 1) == 0;
      long one = (fewFirst ? few : many).verify();
      long other = (fewFirst ? many : few).verify();
      if (i >= 0) {
        fewNanos[i] = fewFirst ? one : other;
        manyNanos[i] = fewFirst ? other : one;
      }
    }
    for (int percent : new int[] {50, 95, 99}) {
      System.out.printf(
          Locale.ROOT,
          "verification p%d: 1,000 %.2f ms, 100,000 %.2f ms, ratio %.3f%n",
          percent,
          at(fewNanos, percent),
          at(manyNanos, percent),
          at(manyNanos, percent) / at(fewNanos, percent));
    }
  }

  private static double at(long[] nanos, int percent) {
    var sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }

  /** Represents a world with many other credentials, authorizations and records. */
  private final class FilledWorld {

    private final World world = server.newWorld(Instant.parse("2026-03-02T01:00:00Z"));
    private final CreditDesk desk = new CreditDesk(server, world);
    private final JsonNode credential = desk.credential();
    private final String permit =
        desk.grant(desk.wish(1_000_000, 3600)).path("authorizationId").asString();

    FilledWorld(int size) {
      verify();
      copy("credit_application", List.of("application_id", "replay_key"), size);
      copy("credit_credential", List.of("credential_id", "application_id"), size);
      copy("credit_authorization", List.of("authorization_id"), size);
      copy("credit_verification", List.of("request_id", "record_id", "replay_key"), size);
    }

    long verify() {
      var signed = desk.signed(desk.creditRequest(credential, permit));
      var body = Json.write(signed);
      long begin = System.nanoTime();
      var answer = server.post("/w/" + world.name() + "/credit-verifier/v1/verifications", body);
      long took = System.nanoTime() - begin;
      assertThat(answer.json().path("result").asString()).as(answer.text()).isEqualTo("PASS");
      return took;
    }

    /** Copies one row {@code size} times with other keys. */
    private void copy(String table, List<String> keys, int size) {
      var jdbc = server.bean(JdbcClient.class);
      var columns =
          jdbc.sql(
                  """
                  select column_name from information_schema.columns
                  where table_name = ? order by ordinal_position
                  """)
              .param(table)
              .query(String.class)
              .list();
      var values =
          columns.stream()
              .map(column -> keys.contains(column) ? "'seed-' || x" : column)
              .collect(Collectors.joining(", "));
      var sql =
          "insert into %s (%s) select %s from (select * from %s where world = ? limit 1), system_range(1, %d)"
              .formatted(table, String.join(", ", columns), values, table, size);
      assertThat(jdbc.sql(sql).param(world.partition()).update()).isEqualTo(size);
    }
  }
}
