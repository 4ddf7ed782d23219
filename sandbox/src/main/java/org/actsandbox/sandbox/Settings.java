package org.actsandbox.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything that can be configured, all under {@code act.}.
 *
 * @param data folder for the database and the server's secret; made when missing
 * @param bind address the server listens on; anything but loopback demands keys everywhere
 * @param port 0 takes any free one
 * @param publicBase how others reach this server, when not by {@code http://localhost:port}
 * @param allowedHosts further names in a Host header that are accepted on loopback
 * @param outboundHosts host names besides the own server that participants may call
 * @param maxWorlds creation of more is refused
 * @param loadedWorlds worlds kept in memory; idle ones beyond it are unloaded
 * @param journalEntries of each world's journal are kept at least, and a tenth more at most
 * @param agentRequestsPerSecond that one agent may send to one merchant; the default is above what
 *     one machine completes, so that only a runaway loop meets it
 * @param database where the data is, when not in the H2 file of the data folder
 */
@ConfigurationProperties("act")
public record Settings(
    @DefaultValue(".sandbox") Path data,
    @DefaultValue("127.0.0.1") String bind,
    @DefaultValue("8080") int port,
    @Nullable URI publicBase,
    @DefaultValue List<String> allowedHosts,
    @DefaultValue List<String> outboundHosts,
    @DefaultValue("1000") int maxWorlds,
    @DefaultValue("64") int loadedWorlds,
    @DefaultValue("1000000") long journalEntries,
    @DefaultValue("1000") int agentRequestsPerSecond,
    @DefaultValue Database database) {

  /**
   * @param url JDBC address of a PostgreSQL database; null for the H2 file
   */
  public record Database(
      @Nullable String url, @Nullable String username, @Nullable String password) {

    @Override
    public String toString() {
      return "Database[" + (url == null ? "file" : "url") + "]";
    }
  }

  /** Only this machine can reach the server. */
  public boolean loopback() {
    return bind.equals("localhost") || bind.startsWith("127.") || bind.equals("::1");
  }
}
