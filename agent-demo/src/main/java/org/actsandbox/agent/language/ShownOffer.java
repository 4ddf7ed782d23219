package org.actsandbox.agent.language;

import java.time.OffsetDateTime;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/**
 * An offer as the principal last saw it.
 *
 * @param position 1 for the first shown of its kind
 * @param merchant display name, such as RailEast; both languages may be joined by a slash
 * @param total decimal
 * @param departs the departure, for trains only
 * @param recommended whether the agent recommended this offer
 * @param discussed whether it is one of those that the principal asked about last by name
 */
public record ShownOffer(
    String offerId,
    MerchantKind kind,
    int position,
    String merchant,
    String title,
    String total,
    String currency,
    @Nullable OffsetDateTime departs,
    boolean recommended,
    boolean discussed) {

  public ShownOffer(
      String offerId,
      MerchantKind kind,
      int position,
      String merchant,
      String title,
      String total,
      String currency,
      @Nullable OffsetDateTime departs,
      boolean recommended) {
    this(offerId, kind, position, merchant, title, total, currency, departs, recommended, false);
  }
}
