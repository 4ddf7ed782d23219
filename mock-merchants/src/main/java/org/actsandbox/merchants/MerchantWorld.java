package org.actsandbox.merchants;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Supplier;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.Agenda;
import org.actsandbox.protocol.time.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Everything the merchants' engine needs of the world it trades in.
 *
 * @param partition first key column of every row; opaque to domain code
 * @param seed the world's: prices, sales and quirks follow from it
 * @param keys public keys of the agents that may shop here
 * @param psp the payment service all merchants of the world bill through
 * @param gate how payment proofs are taken
 * @param requestsPerSecond how many signed requests one agent may send to one merchant
 * @param attestations where word of attested events is left
 */
public record MerchantWorld(
    String partition,
    long seed,
    InstantSource clock,
    ZoneId zone,
    JdbcClient jdbc,
    TransactionOperations transactions,
    Ids ids,
    Journal journal,
    Agenda agenda,
    KeyDirectory keys,
    Outbound outbound,
    PspLink psp,
    GateRules gate,
    int requestsPerSecond,
    Attestations attestations) {

  private static final Logger log = LoggerFactory.getLogger(MerchantWorld.class);
  private static final int TRANSACTION_ATTEMPTS = 3;

  /**
   * @param base such as {@code http://localhost:8080/w/demo/psp}
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

  /** Now, in the precision that everything here is stored and signed in. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Runs {@code work} in one transaction; lost lock races are tried again, refusals roll back.
   *
   * @throws Refusal {@code unavailable} when the database stays contended
   */
  public <T> T inTransaction(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Objects.requireNonNull(transactions.execute(_ -> work.get()));
      } catch (TransientDataAccessException contended) {
        if (attempt == TRANSACTION_ATTEMPTS) {
          log.warn("gave up after {} attempts", attempt, contended);
          throw new Refusal(Problem.UNAVAILABLE, "too many others want the same thing at once")
              .remedy("Send the same request again.");
        }
      }
    }
  }

  /** The same, with its records told by somebody else. */
  public MerchantWorld attesting(Attestations other) {
    return copy(clock, zone, outbound, gate, other);
  }

  /** The same, living by another clock and calendar. */
  public MerchantWorld livingBy(InstantSource otherClock, ZoneId otherZone) {
    return copy(otherClock, otherZone, outbound, gate, attestations);
  }

  /** The same, its calls sent by somebody else. */
  public MerchantWorld sending(Outbound other) {
    return copy(clock, zone, other, gate, attestations);
  }

  /** The same, taking proofs by other rules. */
  public MerchantWorld taking(GateRules others) {
    return copy(clock, zone, outbound, others, attestations);
  }

  private MerchantWorld copy(
      InstantSource time, ZoneId place, Outbound sender, GateRules rules, Attestations told) {
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
        told);
  }

  VerticalWorld forVertical() {
    return new VerticalWorld(partition, seed, clock, zone, jdbc);
  }
}
