package org.actsandbox.merchants.psp;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Holds the payment service's public keys, from its key set over HTTP.
 *
 * <p>The key set is cached for {@link #MAX_AGE}, so that a withdrawn key stops being accepted. A
 * key id that is not in it causes a new fetch, because keys rotate; but not within {@link
 * #MIN_REFETCH_INTERVAL} of another such fetch, because invented key ids must not cause a flood of
 * calls. It runs in real time, because it is about the network.
 */
public final class PspKeys implements KeyDirectory {

  static final Duration MAX_AGE = Duration.ofMinutes(10);
  static final Duration MIN_REFETCH_INTERVAL = Duration.ofSeconds(5);

  private final Supplier<KeySet> source;
  private final LongSupplier nanoTime;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Fetched cached;

  public PspKeys(MerchantContext merchantContext, ParticipantClient psp, LongSupplier nanoTime) {
    this(() -> fetch(merchantContext, psp), nanoTime);
  }

  PspKeys(Supplier<KeySet> source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
  }

  /**
   * Represents one fetch of the key set.
   *
   * @param number counts the fetches
   * @param forUnknown whether it was fetched because the one before lacked a key id
   */
  private record Fetched(int number, KeySet keys, long at, boolean forUnknown) {}

  /**
   * Finds the key with this id.
   *
   * @throws Refusal {@code upstream_failed} when the key set cannot be fetched
   */
  @Override
  public Optional<VerificationKey> find(String signerId) {
    var current = cached;
    if (current == null || age(current) >= MAX_AGE.toNanos()) {
      return refreshed(current, false).find(signerId);
    }
    var key = current.keys().find(signerId);
    boolean justFetched = current.forUnknown() && age(current) < MIN_REFETCH_INTERVAL.toNanos();
    return key.isPresent() || justFetched ? key : refreshed(current, true).find(signerId);
  }

  /**
   * Fetches the key set again: one caller fetches, and the callers that wait for it use its result.
   */
  private KeySet refreshed(@Nullable Fetched stale, boolean forUnknown) {
    fetching.lock();
    try {
      var current = cached;
      if (current != null && (stale == null || current.number() != stale.number())) {
        return current.keys();
      }
      var keys = source.get();
      int number = stale == null ? 1 : stale.number() + 1;
      cached = new Fetched(number, keys, nanoTime.getAsLong(), forUnknown);
      return keys;
    } finally {
      fetching.unlock();
    }
  }

  private static KeySet fetch(MerchantContext merchantContext, ParticipantClient psp) {
    return switch (psp.get(merchantContext.world().psp().at("/.well-known/jwks.json"))) {
      case ParticipantAnswer.Done(int _, var body) -> parse(body);
      case ParticipantAnswer.Refused refused -> throw unavailable("status " + refused.status());
      case ParticipantAnswer.Unknown unknown -> throw unavailable(unknown.detail());
    };
  }

  private static KeySet parse(JsonNode body) {
    try {
      return KeySet.parse(Json.write(body));
    } catch (IllegalArgumentException broken) {
      throw unavailable(String.valueOf(broken.getMessage()));
    }
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
