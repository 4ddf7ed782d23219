package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.SandboxExtension.Started.start;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.sandbox.node.Node;
import org.actsandbox.sandbox.node.NodeLeases;

/**
 * Provides nodes on one PostgreSQL behind a balancer. What leads the nodes to the database can be
 * cut.
 */
final class TestNodes implements AutoCloseable {

  static final String KEY = "the key of all nodes in this test, long enough";

  private final LocalPostgres postgres;
  private final TcpBalancer database;
  private final TcpBalancer balancer;
  private final Path folder;
  private final List<SandboxExtension.Started> started = new ArrayList<>();

  private TestNodes(LocalPostgres postgres, Path folder) throws IOException {
    this.postgres = postgres;
    this.folder = folder;
    this.balancer = new TcpBalancer();
    this.database = new TcpBalancer();
    connectDatabase();
  }

  /** Returns a database and a balancer without nodes; empty if there is no PostgreSQL. */
  static Optional<TestNodes> available(Path folder) throws IOException, InterruptedException {
    var postgres = LocalPostgres.available();
    return postgres.isEmpty()
        ? Optional.empty()
        : Optional.of(new TestNodes(postgres.get(), folder));
  }

  /** Returns the address of the balancer. */
  URI address() {
    return URI.create("http://localhost:" + balancer.port());
  }

  /** Starts a node in this process. */
  SandboxExtension.Started add(String name) {
    var node = start(folder.resolve(name), arguments());
    balancer.add(node.origin().getPort());
    started.add(node);
    return node;
  }

  /** Starts a node in a process of its own, which can be killed. */
  SandboxProcess addProcess(String name) throws IOException {
    int port = SandboxProcess.freePort();
    var process = SandboxProcess.start(folder.resolve(name), port, arguments());
    balancer.add(port);
    return process;
  }

  /** Has the balancer lead nothing to the node any more. */
  void removeFromBalancer(URI node) {
    balancer.remove(node.getPort());
  }

  /** Closes the nodes of this process. */
  void closeAll() {
    for (var node : started) {
      removeFromBalancer(node.origin());
      node.close();
    }
    started.clear();
  }

  static NodeLeases leases(SandboxExtension.Started node) {
    return node.context().getBean(NodeLeases.class);
  }

  /** Returns the nodes that this one knows. */
  static List<Node> knownTo(SandboxExtension.Started node) {
    return leases(node).nodes();
  }

  /** Ends all connections of the nodes to the database, and lets no new one through. */
  void cutDatabase() {
    database.cut(postgres.port());
  }

  void connectDatabase() {
    database.add(postgres.port());
  }

  /** Returns a connection to the database that belongs to no node. */
  Connection connection() throws SQLException {
    return DriverManager.getConnection(postgres.url(), postgres.username(), postgres.password());
  }

  Path folder() {
    return folder;
  }

  String[] arguments() {
    var all = new ArrayList<>(List.of(postgres.arguments(database.port())));
    all.add("--act.nodes.key=" + KEY);
    all.add("--act.nodes.drain=0s");
    all.add("--act.public-base=" + address());
    return all.toArray(String[]::new);
  }

  @Override
  public void close() throws IOException {
    closeAll();
    balancer.close();
    database.close();
    postgres.close();
  }
}
