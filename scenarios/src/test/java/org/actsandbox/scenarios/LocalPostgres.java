package org.actsandbox.scenarios;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Provides a PostgreSQL database for tests: the empty one that {@code ACT_TEST_POSTGRES_URL} names,
 * or an instance of the installed PostgreSQL, started in a folder of its own.
 */
record LocalPostgres(
    String url, String username, String password, @Nullable Process process, @Nullable Path folder)
    implements AutoCloseable {

  static final String WHY_NONE =
      "no PostgreSQL: install one (Debian: postgresql), or name an empty database in"
          + " ACT_TEST_POSTGRES_URL, with ACT_TEST_POSTGRES_USER and ACT_TEST_POSTGRES_PASSWORD";

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String USER = "sandbox";

  /** Returns the database; empty if none is installed or named. */
  static Optional<LocalPostgres> available() throws IOException, InterruptedException {
    var url = System.getenv("ACT_TEST_POSTGRES_URL");
    if (url != null) {
      return Optional.of(
          new LocalPostgres(
              url,
              System.getenv().getOrDefault("ACT_TEST_POSTGRES_USER", "postgres"),
              System.getenv().getOrDefault("ACT_TEST_POSTGRES_PASSWORD", ""),
              null,
              null));
    }
    var programs = programs();
    return programs.isEmpty() ? Optional.empty() : Optional.of(start(programs.get()));
  }

  /** Returns the command line arguments with which a sandbox uses this database. */
  String[] arguments() {
    return arguments(url);
  }

  /** Returns the arguments for this database behind a port of this machine that leads to it. */
  String[] arguments(int port) {
    return arguments(url.replace("//" + server().getAuthority(), "//127.0.0.1:" + port));
  }

  /** Returns the port of the database, on this machine. */
  int port() {
    int port = server().getPort();
    return port < 0 ? 5432 : port;
  }

  private URI server() {
    return URI.create(url.substring("jdbc:".length()));
  }

  private String[] arguments(String url) {
    return new String[] {
      "--act.database.url=" + url,
      "--act.database.username=" + username,
      "--act.database.password=" + password
    };
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.destroy();
      process.onExit().join();
    }
    if (folder != null) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Returns the folder with the programs of the newest installed version. */
  private static Optional<Path> programs() throws IOException {
    var candidates = new ArrayList<Path>();
    if (Files.isDirectory(DEBIAN)) {
      try (var versions = Files.list(DEBIAN)) {
        versions.map(version -> version.resolve("bin")).forEach(candidates::add);
      }
      candidates.sort(Comparator.reverseOrder());
    }
    Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(Path::of)
        .forEach(candidates::add);
    return candidates.stream()
        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
        .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
        .findFirst();
  }

  private static LocalPostgres start(Path programs) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("act-postgres");
    handOver(folder);
    var data = folder.resolve("data");
    run(
        asUser(
            programs.resolve("initdb").toString(),
            "--pgdata=" + data,
            "--username=" + USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync"));
    int port = SandboxProcess.freePort();
    var process =
        new ProcessBuilder(
                asUser(
                    programs.resolve("postgres").toString(),
                    "-D",
                    data.toString(),
                    "-p",
                    String.valueOf(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=" + folder,
                    "-c",
                    "fsync=off"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    var postgres = new LocalPostgres(url, USER, "", process, folder);
    postgres.awaitReady();
    return postgres;
  }

  private void awaitReady() throws IOException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (true) {
      try {
        DriverManager.getConnection(url, username, password).close();
        return;
      } catch (SQLException notYet) {
        if (System.nanoTime() > end || (process != null && !process.isAlive())) {
          close();
          throw new IOException("PostgreSQL does not answer at " + url, notYet);
        }
      }
    }
  }

  /**
   * Returns a command that runs as the user postgres if this process is root, because PostgreSQL
   * refuses to run as root.
   */
  private static List<String> asUser(String... command) {
    var all = new ArrayList<String>();
    if (isRoot()) {
      all.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static void handOver(Path folder) throws IOException {
    if (isRoot()) {
      Files.setOwner(
          folder,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + said);
    }
  }
}
