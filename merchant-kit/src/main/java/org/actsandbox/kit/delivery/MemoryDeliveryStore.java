package org.actsandbox.kit.delivery;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps deliveries as long as the process runs. */
final class MemoryDeliveryStore implements DeliveryStore {

  private final Map<String, StoredDelivery> deliveries = new ConcurrentHashMap<>();

  @Override
  public Optional<StoredDelivery> find(String tradeNo) {
    return Optional.ofNullable(deliveries.get(tradeNo));
  }

  @Override
  public StoredDelivery save(StoredDelivery delivery) {
    deliveries.put(delivery.tradeNo(), delivery);
    return delivery;
  }

  @Override
  public List<StoredDelivery> unfinished() {
    return deliveries.values().stream().filter(each -> !each.isFinished()).toList();
  }

  @Override
  public void confirmed(String tradeNo) {
    deliveries.computeIfPresent(tradeNo, (_, delivery) -> delivery.withConfirmed());
  }

  @Override
  public void recorded(String tradeNo) {
    deliveries.computeIfPresent(tradeNo, (_, delivery) -> delivery.withRecorded());
  }

  @Override
  public void forgetBefore(Instant now) throws IOException {
    for (var delivery : List.copyOf(deliveries.values())) {
      if (delivery.isFinished() && delivery.expiresAt().isBefore(now)) {
        deliveries.remove(delivery.tradeNo());
        delivery.content().body().discard();
      }
    }
  }
}
