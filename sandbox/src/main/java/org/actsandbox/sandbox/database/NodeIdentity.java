package org.actsandbox.sandbox.database;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.actsandbox.sandbox.SandboxSettings;
import org.springframework.stereotype.Component;

/**
 * Identifies this process among the nodes of its database (ADR 57). Each start is another node, so
 * that what a former start still sends to the database is refused.
 */
@Component
public final class NodeIdentity {

  /** Length of the shortest key; shorter ones are words that can be guessed. */
  private static final int MIN_KEY = 32;

  /** Name of the setting of a session that says its node; the triggers of the fence compare it. */
  static final String SESSION_SETTING = "act.node";

  /**
   * Milliseconds after which PostgreSQL ends a session whose transaction does nothing: its locks
   * would keep a world from its next owner.
   */
  private static final int IDLE_TRANSACTION_MS = 10_000;

  private final String id;
  private final boolean several;

  NodeIdentity(SandboxSettings sandboxSettings) {
    this.several = sandboxSettings.nodes().enabled();
    var number = new byte[8];
    new SecureRandom().nextBytes(number);
    this.id = HexFormat.of().formatHex(number);
  }

  /**
   * Refuses settings with which a process cannot be one of several nodes.
   *
   * @throws StartupFailure that says what is missing
   */
  static void requireSettings(SandboxSettings sandboxSettings) {
    var key = sandboxSettings.nodes().key();
    if (!sandboxSettings.nodes().enabled()) {
      return;
    }
    if (key == null || key.length() < MIN_KEY) {
      throw new StartupFailure(
          "act.nodes.key is too short: it needs at least %d random characters, the same on all nodes"
              .formatted(MIN_KEY),
          null);
    }
    if (sandboxSettings.database().url() == null) {
      throw new StartupFailure(
          "act.nodes.key is set, but not act.database.url: several nodes need one PostgreSQL"
              + " database",
          null);
    }
    if (sandboxSettings.publicBase() == null) {
      throw new StartupFailure(
          "act.nodes.key is set, but not act.public-base: signed documents need one address for all"
              + " nodes, such as the balancer's",
          null);
    }
    if (sandboxSettings.fresh()) {
      throw new StartupFailure(
          "--fresh forgets the data of all nodes: stop them, start one process with --fresh and"
              + " without act.nodes.key, then the nodes",
          null);
    }
  }

  /** Says whether this process is one of several nodes. */
  public boolean isOneOfSeveral() {
    return several;
  }

  /** Returns the node's number, 16 hex digits. */
  public String id() {
    return id;
  }

  /** Returns the name under which PostgreSQL lists the sessions of a node. */
  public static String sessions(String id) {
    return "act node " + id;
  }

  /** Returns the statements that each new session of this node begins with. */
  String sessionStart() {
    return "set %s = '%s'; set application_name = '%s'; set idle_in_transaction_session_timeout = %d"
        .formatted(SESSION_SETTING, id, sessions(id), IDLE_TRANSACTION_MS);
  }
}
