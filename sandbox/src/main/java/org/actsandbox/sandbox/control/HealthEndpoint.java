package org.actsandbox.sandbox.control;

import org.actsandbox.protocol.http.Summary;
import org.actsandbox.sandbox.world.Worlds;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server works; says that it is a sandbox. */
@RestController
class HealthEndpoint {

  private final JdbcClient jdbc;

  HealthEndpoint(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Health(String status, boolean sandbox, String protocol, String demo) {}

  /** Asks the database too; a failing one is a 503. */
  @Summary("Say whether the server and its database are well")
  @GetMapping("/api/health")
  Health health() {
    jdbc.sql("select 1").query(Integer.class).single();
    return new Health("up", true, "ACT 2.1", "/w/" + Worlds.DEMO);
  }
}
