package org.actsandbox.sandbox.dispute;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.dispute.judgement.Matter;

/**
 * What the dispute service needs to know of others.
 *
 * @param paid the paid purchases under an order number, the newest first
 * @param left what of a trade can still go back
 * @param desks where a participant is asked and told, without a slash at the end; empty for an
 *     agent from outside, which comes by itself
 * @param refunds where refunds are ordered
 */
public record Surroundings(
    Function<String, List<Matter>> paid,
    Function<String, Money> left,
    Function<Seat, Optional<URI>> desks,
    URI refunds) {

  /** Who is asked, and as what. */
  public record Seat(Did party, Party.Role role) {}
}
