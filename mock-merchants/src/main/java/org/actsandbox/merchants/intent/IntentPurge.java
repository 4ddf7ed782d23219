package org.actsandbox.merchants.intent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.time.DueWork;

/**
 * Deletes old intents, so that the table does not grow without end. They are kept for one day,
 * which is longer than any conversation about a purchase.
 */
final class IntentPurge implements DueWork {

  static final Duration RETENTION = Duration.ofDays(1);

  private final MerchantContext merchantContext;
  private final MerchantIntentStore store;

  IntentPurge(MerchantContext merchantContext, MerchantIntentStore store) {
    this.merchantContext = merchantContext;
    this.store = store;
  }

  @Override
  public Optional<Instant> nextDue() {
    return store.oldest().map(oldest -> oldest.plus(RETENTION));
  }

  @Override
  public Optional<Instant> notBefore(Instant now) {
    return store.notBefore(now.minus(RETENTION)).map(oldest -> oldest.plus(RETENTION));
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return nextDue().stream().map(at -> new Waiting(at, "intent_purge", "")).toList();
  }

  @Override
  public void fireDue(Instant now) {
    var before = now.minus(RETENTION).plusMillis(1);
    while (store.purge(before) == MerchantIntentStore.PURGE_STEP) {
      // One bounded step per statement, until nothing old is left.
    }
    // At most one wake-up an hour, however many requests grow old meanwhile.
    nextDue()
        .ifPresent(
            due -> {
              var hourly = now.plus(Duration.ofHours(1));
              merchantContext.world().agenda().wakeAt(due.isAfter(hourly) ? due : hourly);
            });
  }
}
