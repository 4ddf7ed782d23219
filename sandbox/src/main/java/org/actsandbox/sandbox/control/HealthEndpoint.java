package org.actsandbox.sandbox.control;

import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.sandbox.node.NodeLeases;
import org.actsandbox.sandbox.world.Worlds;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells whether the server works, and that it is a sandbox. */
@RestController
class HealthEndpoint {

  private final JdbcClient jdbc;
  private final Worlds worlds;
  private final NodeLeases leases;

  HealthEndpoint(JdbcClient jdbc, Worlds worlds, NodeLeases leases) {
    this.jdbc = jdbc;
    this.worlds = worlds;
    this.leases = leases;
  }

  record Health(String status, boolean sandbox, String protocol, String demo) {}

  record Liveness(String status, boolean sandbox) {}

  /** Answers as long as the process runs, even without its database. */
  @EndpointSummary("Say whether the process lives")
  @GetMapping("/api/health/live")
  Liveness live() {
    return new Liveness("live", true);
  }

  /**
   * Answers 200 when the server can serve a purchase; a failing database is a 503. So is a node
   * that is stopping, because a balancer should choose others from then on.
   */
  @EndpointSummary("Say whether the server is ready to serve")
  @GetMapping("/api/health/ready")
  Health ready() {
    if (leases.isShared()) {
      leases.requireServing();
    } else {
      worlds.demo();
    }
    return health();
  }

  /** Checks the database, too; a failing one is a 503. */
  @EndpointSummary("Say whether the server and its database are well")
  @GetMapping("/api/health")
  Health health() {
    jdbc.sql("select 1").query(Integer.class).single();
    return new Health("up", true, "ACT 2.1", "/w/" + Worlds.DEMO);
  }
}
