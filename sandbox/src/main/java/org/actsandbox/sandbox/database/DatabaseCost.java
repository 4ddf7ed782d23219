package org.actsandbox.sandbox.database;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what callers ask of the database.
 *
 * @param executions statements executed; each row of a batch is one
 * @param connections connections taken from a pool
 * @param commits commits
 */
record DatabaseCost(LongAdder executions, LongAdder connections, LongAdder commits) {

  DatabaseCost() {
    this(new LongAdder(), new LongAdder(), new LongAdder());
  }
}
