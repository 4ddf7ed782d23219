package org.actsandbox.merchants.psp;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The PSP's public keys, from its key set over HTTP.
 *
 * <p>Kept for {@link #FRESH}, so that a withdrawn key dies; an unknown kid asks once more, because
 * keys rotate, but not more often than {@link #PATIENCE}: made-up kids must not become a flood of
 * calls. Real time, because this is about the network.
 */
public final class PspKeys implements KeyDirectory {

  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Outlet outlet;
  private final PspClient psp;
  private final LongSupplier nanoTime;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Fetched cached;

  public PspKeys(Outlet outlet, PspClient psp, LongSupplier nanoTime) {
    this.outlet = outlet;
    this.psp = psp;
    this.nanoTime = nanoTime;
  }

  private record Fetched(KeySet keys, long at) {}

  /**
   * @throws Refusal {@code upstream_failed} when the key set cannot be had
   */
  @Override
  public Optional<VerificationKey> find(String signerId) {
    var known = cached;
    if (known != null && age(known) < FRESH.toNanos()) {
      var key = known.keys().find(signerId);
      if (key.isPresent() || age(known) < PATIENCE.toNanos()) {
        return key;
      }
    }
    return refreshed(known).find(signerId);
  }

  /** One caller fetches, the others wait for what it brings. */
  private KeySet refreshed(@Nullable Fetched seen) {
    fetching.lock();
    try {
      var known = cached;
      if (known != null && (seen == null || known.at() != seen.at())) {
        return known.keys();
      }
      var keys = fetch();
      cached = new Fetched(keys, nanoTime.getAsLong());
      return keys;
    } finally {
      fetching.unlock();
    }
  }

  private KeySet fetch() {
    var answer = psp.get(outlet.world().psp().at("/.well-known/jwks.json"));
    if (answer instanceof PspClient.Answer.Done(var body)) {
      try {
        return KeySet.parse(Json.write(body));
      } catch (IllegalArgumentException broken) {
        throw unavailable(String.valueOf(broken.getMessage()));
      }
    }
    throw unavailable(answer.toString());
  }

  private static Refusal unavailable(String why) {
    return new Refusal(Problem.UPSTREAM_FAILED, "the payment service's key set cannot be had")
        .observed(why)
        .remedy("Try again shortly; nothing was changed.");
  }

  private long age(Fetched fetched) {
    return nanoTime.getAsLong() - fetched.at();
  }
}
