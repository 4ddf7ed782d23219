package org.actsandbox.agent.purchase;

import java.util.List;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/** Says how the purchase of the chosen offers ended. */
public sealed interface PurchaseOutcome {

  record Bought(List<Purchase> purchases) implements PurchaseOutcome {}

  /**
   * Price or stock were gone before anything was paid; held orders were given back.
   *
   * @param code such as {@code sold_out} or {@code price_changed}
   */
  record Unavailable(RankedOffer offer, String code, Text reason) implements PurchaseOutcome {}

  /** The principal declined, or did not decide in time. */
  record Declined(Purchase purchase, Text reason) implements PurchaseOutcome {}

  record Failed(@Nullable Purchase purchase, Text reason, Text remedy) implements PurchaseOutcome {}
}
