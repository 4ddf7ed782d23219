package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests that copied databases have the migrated schema. */
class MigratedDatabaseTests {

  /** The copy has the same keys, indexes and checks. */
  @Test
  void aCopyHasTheSchemaOfTheMigrations() {
    var pool = MigratedDatabase.open("copied");
    try {
      assertThat(MigratedDatabase.dump(pool))
          .containsExactlyInAnyOrderElementsOf(MigratedDatabase.STATEMENTS)
          .anyMatch(statement -> statement.contains("psp_payment"));
    } finally {
      MigratedDatabase.close(pool);
    }
  }
}
