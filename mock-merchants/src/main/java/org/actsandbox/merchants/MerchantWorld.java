package org.actsandbox.merchants;

import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneId;
import org.actsandbox.participant.ParticipantContext;
import org.actsandbox.participant.ParticipantWorld;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;

/**
 * Bundles what the merchants' engine needs from the world that it trades in.
 *
 * @param seed the seed of the world, which prices, sales and quirks follow from
 * @param psp the payment service through which all merchants of the world bill
 * @param credit the verifier of credit, and what the merchants make of its answers
 * @param gate how the merchants check payment proofs
 * @param requestsPerSecond how many signed requests one agent may send to one merchant
 */
public record MerchantWorld(
    ParticipantContext context,
    long seed,
    PspLink psp,
    CreditLink credit,
    GateRules gate,
    int requestsPerSecond)
    implements ParticipantWorld {

  /**
   * Names the payment service of the world and knows its addresses.
   *
   * @param base the address of the payment service, such as {@code
   *     http://localhost:8080/w/demo/psp}
   */
  public record PspLink(Did did, URI base) {

    public URI at(String path) {
      return URI.create(base + path);
    }

    public URI paymentsEndpoint() {
      return at("/payments");
    }

    public URI methodSchema() {
      return at("/methods/act-sandbox-instant/1.0.0.schema.json");
    }
  }

  /**
   * Names the verifier of credit and knows its address.
   *
   * @param base such as {@code http://localhost:8080/w/demo/credit-verifier}
   */
  public record CreditLink(Did did, URI base, DepositRules rules) {

    public URI at(String path) {
      return URI.create(base + path);
    }
  }

  /** Returns a copy that reports attested events to {@code other}. */
  public MerchantWorld withAttestations(Attestations other) {
    return with(context.withAttestations(other), gate);
  }

  /** Returns a copy with another clock and calendar. */
  public MerchantWorld withClock(InstantSource other, ZoneId otherZone) {
    return with(context.withClock(other, otherZone), gate);
  }

  /** Returns a copy that sends its calls through {@code other}. */
  public MerchantWorld withOutbound(OutboundClient other) {
    return with(context.withOutbound(other), gate);
  }

  /** Returns a copy with other rules for payment proofs. */
  public MerchantWorld withGateRules(GateRules other) {
    return with(context, other);
  }

  /** Returns a copy with other rules for deposits. */
  public MerchantWorld withDepositRules(DepositRules other) {
    return new MerchantWorld(
        context,
        seed,
        psp,
        new CreditLink(credit.did(), credit.base(), other),
        gate,
        requestsPerSecond);
  }

  private MerchantWorld with(ParticipantContext newContext, GateRules rules) {
    return new MerchantWorld(newContext, seed, psp, credit, rules, requestsPerSecond);
  }

  public VerticalWorld forVertical() {
    return new VerticalWorld(partition(), seed, clock(), zone(), jdbc());
  }
}
