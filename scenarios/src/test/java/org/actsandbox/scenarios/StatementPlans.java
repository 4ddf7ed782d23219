package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * No statement of a request reads all of a world: H2's own plan of each statement that the pack
 * executed goes by an index further than to the world, or stops at a limit.
 */
final class StatementPlans {

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

  /**
   * Conditions that do not narrow: the world's own, upper bounds, which let all nulls in, and what
   * holds for most delegations of a status list.
   */
  private static final Pattern WIDE =
      Pattern.compile(
          "(?:AND )?\\w+ <=? [?\\d]+|(?:AND )?(world|merchant|partition_key|principal_id|list_no) = [?\\d]+"
              + "|(?:AND )?state = 'ACTIVE'");

  private final JdbcTemplate database;

  StatementPlans(JdbcTemplate database) {
    this.database = database;
  }

  /** From now on the database remembers what it executes. */
  void remember() {
    database.execute("set query_statistics true");
    database.execute("set query_statistics_max_entries 4000");
  }

  void areNarrow() {
    var statements =
        database.queryForList(
            "select sql_statement from information_schema.query_statistics", String.class);
    database.execute("set query_statistics false");
    assertThat(statements).hasSizeGreaterThan(200);
    assertThat(statements.stream().flatMap(sql -> finding(sql).stream())).isEmpty();
  }

  private Optional<String> finding(String sql) {
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
    return bounded || accesses(plan).stream().allMatch(StatementPlans::narrow)
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
