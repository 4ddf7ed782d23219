package org.actsandbox.sandbox.world;

import java.time.Instant;
import org.actsandbox.sandbox.key.KeySecret;

/**
 * A world as it is stored.
 *
 * @param generation differs between worlds of the same name, one after another
 * @param epoch counts resets
 * @param seed 64 hex digits; chance follows from it
 * @param keySecret keys derive from it; in worlds of before there was one it is the seed
 * @param journalFrom the number its journal starts after
 */
record WorldRow(
    String name,
    long generation,
    int epoch,
    String seed,
    KeySecret keySecret,
    WorldSettings settings,
    ClockState clock,
    long journalFrom,
    Instant createdAt) {

  String partition() {
    return "%s.%d.%d".formatted(name, generation, epoch);
  }

  /** Keys outlive resets, so what is stored about them has a partition of its own. */
  String keyPartition() {
    return name + "." + generation;
  }

  @Override
  public String toString() {
    return "WorldRow[" + partition() + "]";
  }
}
