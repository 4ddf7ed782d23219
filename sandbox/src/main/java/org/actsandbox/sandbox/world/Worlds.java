package org.actsandbox.sandbox.world;

import java.time.Instant;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.sandbox.key.KeySecret;
import org.jspecify.annotations.Nullable;

/** All worlds of this server. */
public interface Worlds {

  String DEMO = "demo";

  /**
   * The world, loaded if it was not.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}; {@code unavailable} while it
   *     is being reset or deleted
   */
  World get(String name);

  default World demo() {
    return get(DEMO);
  }

  Optional<World> find(String name);

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field}; {@code
   *     idempotency_conflict} if the name is taken; {@code limit_exceeded} at {@code
   *     act.max-worlds}
   */
  World create(NewWorld wish);

  /** In order of name. */
  Page<Summary> list(@Nullable String cursor, int limit);

  /**
   * Fresh stock and wallet, the clock as the world was made with. Seed, keys, PINs and locks of
   * PINs stay.
   */
  World reset(String name);

  /** Its keys never work again, also not for a later world of the same name. */
  void delete(String name);

  /**
   * @param name null for a generated one
   * @param seed null for a random one; chance follows from it, keys do not
   * @param keySecret null for a random one; given only where a run must sign the same every time
   * @param clock how it stands from the first moment on: what is opened then is dated by it
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
  }

  record Summary(String world, Instant createdAt, boolean loaded) {}
}
