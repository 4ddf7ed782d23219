package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Checks that no statement of a request reads all rows of a world: in H2's plan, each statement
 * that the pack executed either narrows the rows further than to the world by an index, or stops at
 * a limit.
 */
final class StatementPlans {

  /** Matches tables with one row per world, or with few rows that are read together by design. */
  private static final Pattern FEW_PER_WORLD =
      Pattern.compile(
          "(?s).*\\b(worlds|trust_chain|psp_pin|psp_preference|psp_account|id_blocks|delegation_place"
              + "|emptied_partitions|key_rotations|hotel_price_move|shop_price_move|train_price|service_price_move|key_periods|external_agents|connected_agents|external_merchants|external_merchant_keys|alipay_apps|alipay_app_keys|alipay_platform_key|alipay_settings|webhook_endpoint|credit_mapping_rule|merchant_deposit_policy|merchant_buyer_policy|faults|tampering)\\b.*");

  /** Matches statements that delete the rows of a deleted world in pieces. */
  private static final Pattern EMPTYING =
      Pattern.compile("(?s)delete from \\w+ where \\w+ = \\? fetch first .*");

  private static final Pattern ACCESS =
      Pattern.compile("/\\* (?!index sorted)(.*?)\\*/", Pattern.DOTALL);

  /**
   * Matches conditions that do not narrow the rows: the world itself, upper bounds, which include
   * all nulls, and a state that most delegations of a status list have.
   */
  private static final Pattern WIDE =
      Pattern.compile(
          "(?:AND )?\\w+ <=? [?\\d]+|(?:AND )?(world|merchant|partition_key|principal_id|list_no) ="
              + " [?\\d]+|(?:AND )?state = 'ACTIVE'");

  /**
   * Number of parameters that no statement exceeds. Each connection keeps its statements parsed, so
   * a text of its own for each number of rows would fill the memory: rows are arrays then.
   */
  private static final int MAX_PARAMETERS = 64;

  private final JdbcTemplate database;

  StatementPlans(JdbcTemplate database) {
    this.database = database;
  }

  /** Lets the database remember the statements that it executes. */
  void remember() {
    database.execute("set query_statistics true");
    database.execute("set query_statistics_max_entries 4000");
  }

  void assertNarrow() {
    var statements =
        database.queryForList(
            "select sql_statement from information_schema.query_statistics", String.class);
    database.execute("set query_statistics false");
    assertThat(statements)
        .hasSizeGreaterThan(200)
        .allSatisfy(
            sql ->
                assertThat(sql.chars().filter(each -> each == '?'))
                    .hasSizeLessThan(MAX_PARAMETERS));
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
    // The statement reads in the requested order, or in any order, and stops at its limit.
    var bounded =
        plan.contains("FETCH FIRST")
            && (plan.contains("index sorted") || !plan.contains("ORDER BY"));
    return bounded || accesses(plan).stream().allMatch(StatementPlans::isNarrow)
        ? Optional.empty()
        : Optional.of(sql + "\n" + plan);
  }

  private static List<String> accesses(String plan) {
    return ACCESS.matcher(plan).results().map(found -> found.group(1)).toList();
  }

  private static boolean isNarrow(String access) {
    var conditions = access.substring(access.indexOf(':') + 1);
    return !access.contains("tableScan") && !WIDE.matcher(conditions).replaceAll("").isBlank();
  }
}
