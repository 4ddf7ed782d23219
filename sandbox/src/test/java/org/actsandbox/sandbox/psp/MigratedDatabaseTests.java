package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MigratedDatabaseTests {

  /** Its keys, indexes and checks included. */
  @Test
  void aCopyIsAsTheMigrationsLeaveIt() {
    var pool = MigratedDatabase.open("copied");
    try {
      assertThat(MigratedDatabase.account(pool))
          .containsExactlyInAnyOrderElementsOf(MigratedDatabase.STATEMENTS)
          .anyMatch(statement -> statement.contains("psp_payment"));
    } finally {
      pool.dispose();
    }
  }
}
