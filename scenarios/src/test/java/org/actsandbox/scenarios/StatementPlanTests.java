package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.scenarios.engine.PackRun;
import org.actsandbox.scenarios.engine.Server;
import org.actsandbox.scenarios.script.Pack;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * No statement of a request reads all of a world: H2's own plan of each statement that a part of
 * the pack executed goes by an index further than to the world, or stops at a limit.
 */
class StatementPlanTests {

  /** Every so many scenarios: all kinds of purchases, refunds, authorities, evidence. */
  private static final int EVERY = 4;

  /** A row per world, or a few that are read together by design. */
  private static final Pattern FEW_PER_WORLD =
      Pattern.compile(
          "(?s).*\\b(worlds|trust_chain|psp_pin|psp_preference|psp_account|id_blocks|delegation_place"
              + "|emptied_partitions|key_rotations|hotel_price_move|shop_price_move|train_price|service_price_move|key_periods|external_agents|faults|tampering)\\b.*");

  /** Emptying what a world left behind, a piece at a time. */
  private static final Pattern EMPTYING =
      Pattern.compile("(?s)delete from \\w+ where \\w+ = \\? fetch first .*");

  private static final Pattern ACCESS =
      Pattern.compile("/\\* (?!index sorted)(.*?)\\*/", Pattern.DOTALL);

  /** Conditions that do not narrow: the world's own, and upper bounds, which let all nulls in. */
  private static final Pattern WIDE =
      Pattern.compile(
          "(?:AND )?\\w+ <=? [?\\d]+|(?:AND )?(world|merchant|partition_key) = [?\\d]+");

  @Test
  void everyLookupGoesByAnIndexFurtherThanToTheWorld() throws Exception {
    try (var started = SandboxExtension.Started.start(Files.createTempDirectory("act-plans"))) {
      var database = started.context().getBean(JdbcTemplate.class);
      database.execute("set query_statistics true");
      database.execute("set query_statistics_max_entries 4000");
      play(new Server(started.origin(), null, started.outbound()));
      var statements =
          database.queryForList(
              "select sql_statement from information_schema.query_statistics", String.class);
      assertThat(statements).hasSizeGreaterThan(100);
      var found = statements.stream().flatMap(sql -> finding(database, sql).stream()).toList();
      assertThat(found).isEmpty();
    }
  }

  private static void play(Server server) {
    var scripts = Pack.here().all();
    for (int i = 0; i < scripts.size(); i += EVERY) {
      assertThat(new PackRun(server, 1, "plans", 1).play(scripts.get(i)).failure()).isNull();
    }
  }

  private static Optional<String> finding(JdbcTemplate database, String sql) {
    if (!sql.stripLeading().toLowerCase(Locale.ROOT).matches("(?s)(select|update|delete).*")
        || sql.contains("information_schema")
        || FEW_PER_WORLD.matcher(sql).matches()
        || EMPTYING.matcher(sql).matches()) {
      return Optional.empty();
    }
    var plan = database.query("explain " + sql, (row, _) -> row.getString(1)).getFirst();
    // Reads in the order asked for, or in any order, and stops at its limit.
    var bounded =
        plan.contains("FETCH FIRST")
            && (plan.contains("index sorted") || !plan.contains("ORDER BY"));
    return bounded || accesses(plan).stream().allMatch(StatementPlanTests::narrow)
        ? Optional.empty()
        : Optional.of(sql + "\n" + plan);
  }

  private static List<String> accesses(String plan) {
    return ACCESS.matcher(plan).results().map(found -> found.group(1)).toList();
  }

  private static boolean narrow(String access) {
    var conditions = access.substring(access.indexOf(':') + 1);
    return !access.contains("tableScan") && !WIDE.matcher(conditions).replaceAll("").isBlank();
  }
}
