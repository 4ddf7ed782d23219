package org.actsandbox.merchants.service;

import org.actsandbox.merchants.VerticalWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores which services a seller does not offer at the moment. */
final class ServiceClosures {

  private final JdbcClient jdbc;
  private final String partition;
  private final String merchant;

  ServiceClosures(VerticalWorld world, String merchant) {
    this.jdbc = world.jdbc();
    this.partition = world.partition();
    this.merchant = merchant;
  }

  boolean isClosed(String service) {
    return jdbc.sql(
            """
            select 1 from service_closure where world = ? and merchant = ? and service = ?
            """)
        .params(partition, merchant, service)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  void close(String service) {
    jdbc.sql(
            """
            insert into service_closure (world, merchant, service) values (?, ?, ?)
            on conflict do nothing
            """)
        .params(partition, merchant, service)
        .update();
  }

  void reopen(String service) {
    jdbc.sql("delete from service_closure where world = ? and merchant = ? and service = ?")
        .params(partition, merchant, service)
        .update();
  }
}
