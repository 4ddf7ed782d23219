package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.database.redo.RedoLog;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests that nothing which comes with many stored rows lets all other commits wait. */
class ManyRowsTests {

  /** More than H2 stores by default before it looks at a table's values. */
  private static final int ROWS = 5_000;

  private static final SandboxServer server = SandboxServer.shared();

  private final JdbcClient jdbc = server.bean(JdbcClient.class);

  @Test
  void definitionsStayAsTheyAreWhileRowsAreStored() {
    var before = selectivities();

    for (int row = 0; row < ROWS; row += 100) {
      jdbc.sql(
              "insert into journal_id (world, id, first_seq)"
                  + " select 'many-rows', 'order_no=R' || x, x from system_range(?, ?)")
          .params(row + 1, row + 100)
          .update();
    }

    assertThat(selectivities()).isEqualTo(before);
    assertThat(jdbc.sql("delete from journal_id where world = 'many-rows'").update())
        .isEqualTo(ROWS);
  }

  @Test
  void theRowsOfADeletedWorldGoInSmallTransactions() {
    var world = server.newWorld();
    jdbc.sql(
            """
            insert into psp_payment (world, trade_no, request_id, digest, agent_id, intent_id, payee,
              order_no, resource_id, request_method, request_fingerprint, amount_minor, currency,
              instrument_ref, account_no, label, request, created_at, expires_at, status, state,
              open_order, delegation_id, principal_id)
            select ?, '2026112522001' || x, 'request-' || x, repeat('d', 64), 'did:act:a-long-agent',
              'intent-' || x, 'did:act:a-long-merchant', 'order-' || x, 'resource', 'cart',
              repeat('f', 43), 100, 'CNY', 'instrument', 'account', 'label', '{}',
              current_timestamp, current_timestamp, 'PAID', 'CLOSED',
              'did:act:a-long-merchant order-' || x, 'delegation-' || x, 'did:act:a-long-principal'
            from system_range(1, ?)
            """)
        .params(world.partition(), ROWS)
        .update();
    var redo = server.bean(RedoLog.class);
    long before = redo.changesAlone();

    server.worlds().delete(world.name());

    await().atMost(Duration.ofMinutes(5)).until(() -> payments(world.partition()) == 0);
    assertThat(redo.changesAlone()).isEqualTo(before);
  }

  private long payments(String partition) {
    return jdbc.sql("select count(*) from psp_payment where world = ?")
        .param(partition)
        .query(Long.class)
        .single();
  }

  private List<String> selectivities() {
    return jdbc.sql(
            """
            select table_name || '.' || column_name || ' ' || selectivity
            from information_schema.columns where table_schema = 'public' order by 1
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
