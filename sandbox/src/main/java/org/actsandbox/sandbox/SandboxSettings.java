package org.actsandbox.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Holds the server's settings, all under {@code act.}; those of a hosted model are {@code
 * act.agent.model.*}. docs/configuration.md is made from these comments.
 *
 * @param data Folder of the database, the server's secret and the start token. It is made when it
 *     is missing.
 * @param bind Address that the server listens on. Any address but loopback demands the admin key on
 *     the console and on the list of worlds.
 * @param port Port that the server listens on; 0 takes a free one.
 * @param publicBase Address at which others reach this server, such as {@code
 *     https://sandbox.example.org}. Without it signed documents have addresses of {@code
 *     http://localhost:PORT}, and other answers the address that the caller used.
 * @param allowedHosts Further names in a Host header that a server on loopback accepts.
 * @param trustedProxies IP addresses of reverse proxies whose {@code X-Forwarded-Host} and {@code
 *     X-Forwarded-Proto} count for the addresses in answers.
 * @param outboundHosts Host names, besides this server's own, that participants may call.
 * @param maxWorlds Number of worlds from which on the creation of another one is refused.
 * @param loadedWorlds Number of worlds that stay in memory; idle ones beyond it are unloaded and
 *     come back from the database.
 * @param journalEntries Number of journal entries of each world that are kept at least; a tenth
 *     more are kept at most.
 * @param fresh Whether the server forgets worlds, keys, PINs and the start token before it starts:
 *     the option {@code --fresh}.
 * @param agentRequestsPerSecond Number of requests that one agent may send to one merchant in a
 *     second. The default is above what one machine completes, so that only a runaway loop meets
 *     it.
 * @param accessLog Whether each request is logged in a line: method, path without its query,
 *     status, milliseconds and request id.
 * @param headerTime Time in which the headers of a request must be complete, from its first byte;
 *     then the connection ends without an answer.
 * @param database Database, when it is not the H2 file of the data folder.
 * @param nodes Several processes on one PostgreSQL database.
 * @param agent Time limits of the buyer agent.
 * @param attestation Records of evidence.
 */
@ConfigurationProperties("act")
public record SandboxSettings(
    @DefaultValue(".sandbox") Path data,
    @DefaultValue("127.0.0.1") String bind,
    @DefaultValue("8080") int port,
    @Nullable URI publicBase,
    @DefaultValue List<String> allowedHosts,
    @DefaultValue List<String> trustedProxies,
    @DefaultValue List<String> outboundHosts,
    @DefaultValue("1000") int maxWorlds,
    @DefaultValue("64") int loadedWorlds,
    @DefaultValue("1000000") long journalEntries,
    @DefaultValue("false") boolean fresh,
    @DefaultValue("1000") int agentRequestsPerSecond,
    @DefaultValue("false") boolean accessLog,
    @DefaultValue("20s") Duration headerTime,
    @DefaultValue Database database,
    @DefaultValue Nodes nodes,
    @DefaultValue Agent agent,
    @DefaultValue Attestation attestation) {

  /**
   * Holds the address and the user of a PostgreSQL database.
   *
   * @param url JDBC address of a PostgreSQL database, {@code jdbc:postgresql://HOST:PORT/DATABASE}.
   *     Without it the data is in an H2 file in the data folder.
   * @param username User of the PostgreSQL database.
   * @param password Password of that user. Use the environment variable, so that it stands in no
   *     list of processes.
   */
  public record Database(
      @Nullable String url, @Nullable String username, @Nullable String password) {

    @Override
    public String toString() {
      return "Database[" + (url == null ? "file" : "url") + "]";
    }
  }

  /**
   * Holds what one of several processes on a database needs.
   *
   * @param key Key that all nodes share, of 32 characters at least. With it the process is one of
   *     several nodes on one PostgreSQL database, in which the server's secret is encrypted under
   *     this key. Use the environment variable, so that it stands in no list of processes.
   * @param address Address at which the other nodes reach this one. Without it the address is
   *     {@code http://}, the address that the server listens on or the machine's name, and the
   *     port.
   * @param drain Time that a node which was told to stop still takes requests and passes them on,
   *     so that a balancer notices: {@code /api/health/ready} is 503 from its beginning.
   */
  public record Nodes(
      @Nullable String key, @Nullable URI address, @DefaultValue("5s") Duration drain) {

    public boolean enabled() {
      return key != null && !key.isEmpty();
    }

    @Override
    public String toString() {
      return "Nodes[" + (enabled() ? "several" : "one") + "]";
    }
  }

  /**
   * Holds the buyer agent's time limits.
   *
   * @param platformTimeout Time that the agent waits for a platform's offers before it goes on
   *     without it.
   */
  public record Agent(@DefaultValue("10s") Duration platformTimeout) {}

  /**
   * Holds how evidence is recorded (ACT TSD).
   *
   * @param hash Hash algorithm of new records: {@code SHA-256} or {@code SM3}.
   * @param enabled Whether events are recorded as evidence. Off only to measure what it costs.
   */
  public record Attestation(
      @DefaultValue("SHA-256") String hash, @DefaultValue("true") boolean enabled) {}

  /** Says whether only this machine can reach the server. */
  public boolean loopback() {
    return bind.equals("localhost") || bind.startsWith("127.") || bind.equals("::1");
  }
}
