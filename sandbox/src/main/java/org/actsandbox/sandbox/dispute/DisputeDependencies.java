package org.actsandbox.sandbox.dispute;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.dispute.judgement.DisputedPurchase;
import org.actsandbox.sandbox.notification.NotificationChannels;
import org.jspecify.annotations.Nullable;

/**
 * Bundles the functions of other services that the dispute service needs.
 *
 * @param paidPurchases finds the paid purchases under an order number
 * @param isCartless tells whether the merchant sold without a cart, so that its bill is the order
 * @param refundable returns the part of a trade's amount that can still be refunded
 * @param addresses finds the address where a participant receives requests and findings, without a
 *     slash at the end; empty for an external agent, which queries by itself
 * @param refunds the address where refunds are ordered
 * @param channels how merchants and agents are notified at their webhook endpoints
 * @param keys releases the claimant's key for its payment PIN
 */
public record DisputeDependencies(
    DisputeDependencies.PaidPurchases paidPurchases,
    Predicate<DisputedPurchase> isCartless,
    Function<String, Money> refundable,
    Function<DisputeDependencies.PartyInRole, Optional<URI>> addresses,
    URI refunds,
    ClaimantKeys keys,
    NotificationChannels channels) {

  /** Finds paid purchases by a number that belongs to each merchant by itself. */
  public interface PaidPurchases {

    /**
     * Lists paid purchases, newest first, one for each merchant that uses the number.
     *
     * @param merchant null for all merchants
     * @param principal null for all principals
     */
    List<DisputedPurchase> find(String orderNo, @Nullable Did merchant, @Nullable Did principal);
  }

  /** Releases a claimant's key for one signature. */
  public interface ClaimantKeys {

    /**
     * @param purpose what is signed, for the journal
     * @throws org.actsandbox.protocol.refusal.Refusal {@code pin_wrong}, {@code pin_locked}, {@code
     *     invalid_field}
     */
    Signer release(Did claimant, @Nullable String pin, String purpose);
  }

  /** Represents a party and the role in which it is asked. */
  public record PartyInRole(Did party, Party.Role role) {}
}
