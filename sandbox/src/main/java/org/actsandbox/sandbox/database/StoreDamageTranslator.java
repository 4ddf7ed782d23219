package org.actsandbox.sandbox.database;

import java.sql.SQLException;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.stereotype.Component;

/**
 * Translates the database's exceptions, and ends the server at the first statement that meets a
 * damaged page of the database file (ADR 19).
 */
@Component
public class StoreDamageTranslator implements SQLExceptionTranslator {

  /** H2's codes for content of the file that is not what H2 wrote. */
  private static final Set<Integer> DAMAGE =
      Set.of(
          DataUtils.ERROR_READING_FAILED,
          DataUtils.ERROR_UNSUPPORTED_FORMAT,
          DataUtils.ERROR_FILE_CORRUPT,
          DataUtils.ERROR_SERIALIZATION,
          DataUtils.ERROR_CHUNK_NOT_FOUND,
          DataUtils.ERROR_TRANSACTION_CORRUPT,
          DataUtils.ERROR_UNKNOWN_DATA_TYPE);

  private final SQLExceptionTranslator translator = new SQLExceptionSubclassTranslator();
  private final DatabaseFailureShutdown failureShutdown;

  StoreDamageTranslator(DatabaseFailureShutdown failureShutdown) {
    this.failureShutdown = failureShutdown;
  }

  @Override
  public @Nullable DataAccessException translate(
      String task, @Nullable String sql, SQLException failed) {
    if (isDamage(failed)) {
      failureShutdown.reportDamage(failed);
    }
    return WorldFence.REFUSED.equals(failed.getSQLState())
        ? new WorldNotOwnedException(failed)
        : translator.translate(task, sql, failed);
  }

  private static boolean isDamage(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof MVStoreException store && DAMAGE.contains(store.getErrorCode())) {
        return true;
      }
    }
    return false;
  }
}
