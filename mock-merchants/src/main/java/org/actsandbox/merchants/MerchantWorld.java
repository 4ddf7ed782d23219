package org.actsandbox.merchants;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.time.Agenda;
import org.actsandbox.protocol.time.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Everything the merchants' engine needs of the world it trades in.
 *
 * @param partition first key column of every row; opaque to domain code
 * @param seed the world's: prices, sales and quirks follow from it
 * @param keys public keys of the agents that may shop here
 * @param psp the payment service all merchants of the world bill through
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
    PspLink psp) {

  /**
   * @param base such as {@code http://localhost:8080/w/demo/psp}
   * @param verifyOnline whether a proof is also checked with the PSP itself before delivery;
   *     offline verification by key set always happens
   */
  public record PspLink(Did did, URI base, BooleanSupplier verifyOnline) {

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

  VerticalWorld forVertical() {
    return new VerticalWorld(partition, seed, clock, zone, jdbc);
  }
}
