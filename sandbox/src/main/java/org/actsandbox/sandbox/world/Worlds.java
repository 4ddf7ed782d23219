package org.actsandbox.sandbox.world;

import java.time.Instant;
import java.util.Optional;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.key.KeySecret;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.jspecify.annotations.Nullable;

/** Finds, creates, resets and deletes the worlds of this server. */
public interface Worlds {

  String DEMO = "demo";

  /**
   * Returns the world and loads it if necessary.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}; {@code unavailable} while it
   *     is being reset or deleted
   */
  World get(String name);

  default World demo() {
    return get(DEMO);
  }

  /**
   * Finds the world and loads it if necessary.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code unavailable} if it is on another node
   */
  Optional<World> find(String name);

  /** Says whether there is such a world, on whichever node. */
  boolean exists(String name);

  /**
   * Creates a world.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field}; {@code name_taken} if
   *     the name is taken; {@code limit_exceeded} at {@code act.max-worlds}
   */
  World create(NewWorld newWorld);

  /** Lists the worlds by name. */
  Page<Summary> list(@Nullable String cursor, int limit);

  /**
   * Resets the world to fresh stock, a fresh wallet and the clock of its start. Seed, keys, PINs
   * and locks of PINs stay.
   */
  World reset(String name);

  /** Deletes the world. Its keys never work again, not even for a later world of the same name. */
  void delete(String name);

  /**
   * Describes the world to create.
   *
   * @param name null for a generated one
   * @param seed null for a random one; all random choices follow from it, keys do not
   * @param keySecret null for a random one; given only where a run must make the same signatures
   *     every time
   * @param clock state of the clock from the first moment on; accounts that are opened then get
   *     this date
   */
  record NewWorld(
      @Nullable String name,
      @Nullable String seed,
      @Nullable KeySecret keySecret,
      WorldSettings settings,
      ClockState clock) {

    public NewWorld(
        @Nullable String name, @Nullable String seed, WorldSettings settings, ClockState clock) {
      this(name, seed, null, settings, clock);
    }

    public NewWorld(@Nullable String name, @Nullable String seed, WorldSettings settings) {
      this(name, seed, settings, ClockState.REAL);
    }

    /**
     * Checks a name that a request gives.
     *
     * @throws Refusal {@code invalid_field}
     */
    public static void requireName(String name) {
      WorldRowFactory.checkedName(name);
    }

    /**
     * Checks a seed that a request gives.
     *
     * @throws Refusal {@code invalid_field}
     */
    public static void requireSeed(String seed) {
      WorldRowFactory.requireSeed(seed);
    }
  }

  record Summary(String world, Instant createdAt, boolean loaded) {}
}
