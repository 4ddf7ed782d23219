package org.actsandbox.kit.delivery;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps deliveries by trade, so that a proof that is shown again gets what it got before (A402-6).
 * Many threads use it; one gate calls {@link #save} once for a trade.
 *
 * <p>Write one over your own database when several processes sell the same resource, with a unique
 * key on the trade.
 */
public interface DeliveryStore {

  /** Finds the delivery that was made for a trade. */
  Optional<StoredDelivery> find(String tradeNo);

  /**
   * Stores a delivery and returns it as it will be found. When this returns, the delivery survives
   * all that the store promises to survive; the buyer gets it only afterwards.
   *
   * @throws IOException if it cannot be stored; nothing is delivered then
   */
  StoredDelivery save(StoredDelivery delivery) throws IOException;

  /** Returns the deliveries that are not confirmed or not recorded yet. */
  List<StoredDelivery> unfinished();

  /**
   * Notes that the payment service was told of a delivery, or refused to be told.
   *
   * @throws IOException if that cannot be stored; the payment service is told again then
   */
  void confirmed(String tradeNo) throws IOException;

  /**
   * Notes that the trust service has the records of a delivery, or refused them.
   *
   * @throws IOException if that cannot be stored; the records are deposited again then
   */
  void recorded(String tradeNo) throws IOException;

  /** Forgets finished deliveries whose proofs expired before this moment. */
  void forgetBefore(Instant now) throws IOException;

  /** Makes a store that forgets everything when the process ends. */
  static DeliveryStore inMemory() {
    return new MemoryDeliveryStore();
  }
}
