package org.actsandbox.sandbox.mcp.message;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.actsandbox.protocol.identity.Caller;
import tools.jackson.databind.JsonNode;

/**
 * Holds the sessions of all worlds in memory: after a restart clients begin new ones, as the
 * protocol tells them to when a session is not found.
 */
public final class McpSessions {

  /** Ours: a session that nothing was asked in for this time is over. */
  public static final Duration IDLE_TIME = Duration.ofMinutes(30);

  /** Ours: the sessions in all; of more the one that was idle longest is over. */
  static final int MAX_SESSIONS = 1000;

  private final LongSupplier nanoTime;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();

  /** Sorted by their last use, the oldest first. */
  private final LinkedHashMap<String, Used> sessions = new LinkedHashMap<>(16, 0.75f, true);

  private record Used(McpSession session, long nanos) {}

  /**
   * @param nanoTime real time in nanoseconds, because sessions end in stopped worlds, too
   */
  public McpSessions(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Begins a session and returns its id, which no one can guess. */
  public String begin(
      String partition, Caller caller, McpRevision revision, JsonNode capabilities) {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    var id = HexFormat.of().formatHex(bytes);
    lock.lock();
    try {
      endIdle();
      if (sessions.size() >= MAX_SESSIONS) {
        sessions.pollFirstEntry();
      }
      var session = new McpSession(partition, caller, revision, capabilities);
      sessions.put(id, new Used(session, nanoTime.getAsLong()));
      return id;
    } finally {
      lock.unlock();
    }
  }

  /** Finds a session of this caller in this world; those of others are not found. */
  public Optional<McpSession> find(String id, String partition, Caller caller) {
    lock.lock();
    try {
      endIdle();
      var used = sessions.get(id);
      if (used == null || !used.session().belongsTo(partition, caller)) {
        return Optional.empty();
      }
      sessions.put(id, new Used(used.session(), nanoTime.getAsLong()));
      return Optional.of(used.session());
    } finally {
      lock.unlock();
    }
  }

  /** Ends a session of this caller; returns whether there was one. */
  public boolean end(String id, String partition, Caller caller) {
    lock.lock();
    try {
      var used = sessions.get(id);
      boolean own = used != null && used.session().belongsTo(partition, caller);
      if (own) {
        sessions.remove(id);
      }
      return own;
    } finally {
      lock.unlock();
    }
  }

  private void endIdle() {
    long now = nanoTime.getAsLong();
    for (Map.Entry<String, Used> oldest = sessions.firstEntry();
        oldest != null && now - oldest.getValue().nanos() > IDLE_TIME.toNanos();
        oldest = sessions.firstEntry()) {
      sessions.pollFirstEntry();
    }
  }
}
