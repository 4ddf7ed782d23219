package org.actsandbox.sandbox.tamper;

import org.actsandbox.participant.Transactions;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tries a change on the stored rows for the database's answer, and always rolls it back. */
final class LiveStoreTrial {

  private final JdbcClient jdbc;
  private final Transactions transactions;

  LiveStoreTrial(TrustWorld world) {
    this.jdbc = world.jdbc();
    this.transactions = world.transactions();
  }

  EvidenceBreak.StorageAttempt attempt(BreakDraft.Attempt attempt) {
    try {
      int changed =
          transactions.executeAndRollBack(
              () -> jdbc.sql(attempt.sql()).params(attempt.parameters()).update());
      return new EvidenceBreak.StorageAttempt(
          attempt.table(), false, "%d row would have changed".formatted(changed));
    } catch (DataAccessException refused) {
      return new EvidenceBreak.StorageAttempt(attempt.table(), true, words(refused));
    }
  }

  private static String words(DataAccessException refused) {
    var message = String.valueOf(refused.getMostSpecificCause().getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
