package org.actsandbox.sandbox.world.id;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Hands out blocks of a world's counter. A block is stored as taken before its first number is
 * used, and on a connection of its own, because the ids may already be known outside when the
 * caller's transaction is rolled back.
 */
public final class IdBlocks {

  static final long SIZE = 1024;

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final String partition;

  public IdBlocks(JdbcClient jdbc, TransactionOperations transactions, String partition) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.partition = partition;
  }

  /** Returns the number of a block that was never handed out before. */
  long reserve() {
    Long block = transactions.execute(_ -> take());
    if (block == null) {
      throw new IllegalStateException("no id block for " + partition);
    }
    return block;
  }

  private long take() {
    jdbc.sql("insert into id_blocks (world, next_block) values (:world, 0) on conflict do nothing")
        .param("world", partition)
        .update();
    jdbc.sql("update id_blocks set next_block = next_block + 1 where world = :world")
        .param("world", partition)
        .update();
    return jdbc.sql("select next_block - 1 from id_blocks where world = :world")
        .param("world", partition)
        .query(Long.class)
        .single();
  }
}
