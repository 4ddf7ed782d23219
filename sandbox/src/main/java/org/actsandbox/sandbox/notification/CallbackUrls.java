package org.actsandbox.sandbox.notification;

import java.net.URI;
import java.util.Optional;
import org.actsandbox.participant.RowExistence;
import org.actsandbox.protocol.identity.Did;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the addresses that agents named for single payments and authorities. Most worlds have
 * none, which is remembered.
 */
final class CallbackUrls {

  private final JdbcClient jdbc;
  private final String world;

  private final RowExistence addresses;

  /**
   * @param addresses what is known for all services of the world, which share the table
   */
  CallbackUrls(JdbcClient jdbc, String world, RowExistence addresses) {
    this.addresses = addresses;
    this.jdbc = jdbc;
    this.world = world;
  }

  record Callback(Did owner, URI url) {}

  /**
   * Stores the address in the caller's transaction; a later one of the same subject replaces it.
   */
  void put(String subject, Did owner, URI url) {
    addresses.beforeAdding();
    int known =
        jdbc.sql("update notification_callback set url = ? where world = ? and subject = ?")
            .params(url.toString(), world, subject)
            .update();
    if (known == 0) {
      jdbc.sql("insert into notification_callback (world, subject, owner, url) values (?, ?, ?, ?)")
          .params(world, subject, owner.value(), url.toString())
          .update();
    }
  }

  Optional<Callback> find(String subject) {
    return addresses.isPossible(this::isAny) ? read(subject) : Optional.empty();
  }

  private boolean isAny() {
    return jdbc.sql(
            "select subject from notification_callback where world = ? order by world, subject limit 1")
        .param(world)
        .query(String.class)
        .optional()
        .isPresent();
  }

  private Optional<Callback> read(String subject) {
    return jdbc.sql("select owner, url from notification_callback where world = ? and subject = ?")
        .params(world, subject)
        .query((row, _) -> new Callback(new Did(row.getString(1)), URI.create(row.getString(2))))
        .optional();
  }
}
