package org.actsandbox.sandbox.world;

import java.time.Instant;
import org.actsandbox.sandbox.key.KeySecret;
import org.actsandbox.sandbox.world.clock.ClockState;

/**
 * Represents a world as it is stored.
 *
 * @param generation number that differs between successive worlds of the same name
 * @param epoch number of resets
 * @param seed 64 hex digits, from which all random choices follow
 * @param keySecret secret that keys derive from; in worlds of earlier versions it equals the seed
 * @param journalFrom number of the entry after which its journal starts
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

  /** Returns the partition of rows about keys, because keys outlive resets. */
  String keyPartition() {
    return name + "." + generation;
  }

  @Override
  public String toString() {
    return "WorldRow[" + partition() + "]";
  }
}
