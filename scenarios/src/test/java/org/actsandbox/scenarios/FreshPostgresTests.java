package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.sandbox.database.StartupFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests a fresh start on a PostgreSQL database, and a start after the loss of the server's secret.
 */
class FreshPostgresTests {

  @TempDir Path data;

  @Test
  void aFreshStartEmptiesTheSandboxesTablesAndNoOthers() throws Exception {
    var found = LocalPostgres.available();
    assumeThat(found).as(LocalPostgres.WHY_NONE).isPresent();
    try (var postgres = found.get()) {
      String operator;
      try (var first = start(postgres)) {
        var made =
            new SandboxClient(first.outbound())
                .newWorld(first.origin(), null, Map.of("name", "mine"));
        operator = made.keys().operator();
      }
      execute(postgres, "create table strangers (world varchar(64))");
      execute(postgres, "insert into strangers values ('demo')");

      try (var again = start(postgres, "--act.fresh=true")) {
        var client = new SandboxClient(again.outbound());
        var known = catchThrowable(() -> client.get(world(again.origin()), operator));
        assertThat(known).isInstanceOf(UnexpectedReply.class);
        assertThat(((UnexpectedReply) known).status()).isEqualTo(404);
        client.newWorld(again.origin(), null, Map.of("name", "mine"));
        known = catchThrowable(() -> client.get(world(again.origin()), operator));
        assertThat(((UnexpectedReply) known).status()).as("old keys are dead").isEqualTo(401);
      }
      assertThat(count(postgres, "strangers")).isEqualTo(1);

      Files.delete(data.resolve("server.secret"));
      for (int i = 0; i < 2; i++) {
        var failed = catchThrowable(() -> start(postgres).close());
        assertThat(StartupFailure.behind(failed).orElseThrow().oneLine())
            .contains("server.secret is missing", "--fresh");
      }
      assertThat(data.resolve("server.secret")).doesNotExist();
      assertThat(count(postgres, "worlds")).isEqualTo(2);
    }
  }

  private static URI world(URI origin) {
    return URI.create(origin + "/api/worlds/mine");
  }

  /** Starts a server; its close does not delete the data folder, unlike in other tests. */
  private SandboxExtension.Started start(LocalPostgres postgres, String... more) {
    var started =
        SandboxExtension.Started.start(
            data,
            Stream.concat(Stream.of(postgres.arguments()), Stream.of(more)).toArray(String[]::new));
    return new SandboxExtension.Started(
        started.context(), started.origin(), started.outbound(), data.resolve("none"));
  }

  private static void execute(LocalPostgres postgres, String sql) throws Exception {
    try (var connection =
            DriverManager.getConnection(postgres.url(), postgres.username(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(LocalPostgres postgres, String table) throws Exception {
    try (var connection =
            DriverManager.getConnection(postgres.url(), postgres.username(), postgres.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
