package org.actsandbox.merchants;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.time.IdGenerator;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Bundles what the merchants' engine needs from the world that it trades in.
 *
 * @param partition the first key column of every row; opaque to domain code
 * @param seed the seed of the world, which prices, sales and quirks follow from
 * @param keys the public keys of the agents that may shop in this world
 * @param psp the payment service through which all merchants of the world bill
 * @param gate how the merchants check payment proofs
 * @param requestsPerSecond how many signed requests one agent may send to one merchant
 * @param attestations where the merchants report attested events
 */
public record MerchantWorld(
    String partition,
    long seed,
    InstantSource clock,
    ZoneId zone,
    JdbcClient jdbc,
    Transactions transactions,
    IdGenerator ids,
    Journal journal,
    WakeUpSchedule agenda,
    KeyDirectory keys,
    OutboundClient outbound,
    PspLink psp,
    GateRules gate,
    int requestsPerSecond,
    Attestations attestations) {

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
   * Returns the current time in milliseconds, the precision of everything that is stored and
   * signed.
   */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Runs {@code work} in one transaction, see {@link Transactions#execute}. */
  public <T> T inTransaction(Supplier<T> work) {
    return transactions.execute(work);
  }

  /** Returns a copy that reports attested events to {@code other}. */
  public MerchantWorld withAttestations(Attestations other) {
    return copy(clock, zone, outbound, gate, other);
  }

  /** Returns a copy with another clock and calendar. */
  public MerchantWorld withClock(InstantSource otherClock, ZoneId otherZone) {
    return copy(otherClock, otherZone, outbound, gate, attestations);
  }

  /** Returns a copy that sends its calls through {@code other}. */
  public MerchantWorld withOutbound(OutboundClient other) {
    return copy(clock, zone, other, gate, attestations);
  }

  /** Returns a copy with other rules for payment proofs. */
  public MerchantWorld withGateRules(GateRules other) {
    return copy(clock, zone, outbound, other, attestations);
  }

  private MerchantWorld copy(
      InstantSource time,
      ZoneId place,
      OutboundClient sender,
      GateRules rules,
      Attestations reports) {
    return new MerchantWorld(
        partition,
        seed,
        time,
        place,
        jdbc,
        transactions,
        ids,
        journal,
        agenda,
        keys,
        sender,
        psp,
        rules,
        requestsPerSecond,
        reports);
  }

  public VerticalWorld forVertical() {
    return new VerticalWorld(partition, seed, clock, zone, jdbc);
  }
}
