package org.actsandbox.merchants.psp;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.actsandbox.merchants.MerchantContext;
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
 * <p>Kept for {@link #FRESH}, so that a withdrawn key dies. An unknown kid asks at once, because
 * keys rotate; but one that comes within {@link #PATIENCE} of another is unknown: made-up kids must
 * not become a flood of calls. Real time, because this is about the network.
 */
public final class PspKeys implements KeyDirectory {

  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Supplier<KeySet> source;
  private final LongSupplier nanoTime;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Fetched cached;

  public PspKeys(MerchantContext merchantContext, PspClient psp, LongSupplier nanoTime) {
    this(() -> fetch(merchantContext, psp), nanoTime);
  }

  PspKeys(Supplier<KeySet> source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
  }

  /**
   * @param number counts fetches
   * @param forUnknown asked for because a kid was not in the one before
   */
  private record Fetched(int number, KeySet keys, long at, boolean forUnknown) {}

  /**
   * @throws Refusal {@code upstream_failed} when the key set cannot be had
   */
  @Override
  public Optional<VerificationKey> find(String signerId) {
    var known = cached;
    if (known == null || age(known) >= FRESH.toNanos()) {
      return refreshed(known, false).find(signerId);
    }
    var key = known.keys().find(signerId);
    boolean justAsked = known.forUnknown() && age(known) < PATIENCE.toNanos();
    return key.isPresent() || justAsked ? key : refreshed(known, true).find(signerId);
  }

  /** One caller fetches, the others wait for what it brings. */
  private KeySet refreshed(@Nullable Fetched seen, boolean forUnknown) {
    fetching.lock();
    try {
      var known = cached;
      if (known != null && (seen == null || known.number() != seen.number())) {
        return known.keys();
      }
      var keys = source.get();
      int number = seen == null ? 1 : seen.number() + 1;
      cached = new Fetched(number, keys, nanoTime.getAsLong(), forUnknown);
      return keys;
    } finally {
      fetching.unlock();
    }
  }

  private static KeySet fetch(MerchantContext merchantContext, PspClient psp) {
    var answer = psp.get(merchantContext.world().psp().at("/.well-known/jwks.json"));
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
    return new Refusal(Problem.UPSTREAM_FAILED, "the payment service's key set cannot be fetched")
        .observed(why)
        .remedy("Try again shortly; nothing was changed.");
  }

  private long age(Fetched fetched) {
    return nanoTime.getAsLong() - fetched.at();
  }
}
