package org.actsandbox.sandbox.dispute;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.dispute.judgement.DisputedPurchase;
import org.jspecify.annotations.Nullable;

/**
 * What the dispute service needs to know of others.
 *
 * @param paid the paid purchases under an order number, the newest first
 * @param left what of a trade can still go back
 * @param desks where a participant is asked and told, without a slash at the end; empty for an
 *     agent from outside, which comes by itself
 * @param refunds where refunds are ordered
 * @param keys the claimant's key, behind its payment PIN
 */
public record DisputeDependencies(
    Function<String, List<DisputedPurchase>> paid,
    Function<String, Money> left,
    Function<DisputeDependencies.PartyInRole, Optional<URI>> desks,
    URI refunds,
    ClaimantKeys keys) {

  /** Releases a claimant's key for one signature. */
  public interface ClaimantKeys {

    /**
     * @param purpose what is signed
     * @throws org.actsandbox.protocol.refusal.Refusal {@code pin_wrong}, {@code pin_locked}, {@code
     *     invalid_field}
     */
    Signer release(Did claimant, @Nullable String pin, String purpose);
  }

  /** Who is asked, and as what. */
  public record PartyInRole(Did party, Party.Role role) {}
}
