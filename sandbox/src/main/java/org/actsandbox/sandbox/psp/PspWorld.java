package org.actsandbox.sandbox.psp;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.actsandbox.protocol.time.IdGenerator;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.actsandbox.sandbox.key.KnownPins;
import org.actsandbox.sandbox.key.PinStorage;
import org.actsandbox.sandbox.key.Principals;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Everything the payment service needs of the world it runs in.
 *
 * @param partition first key column of every row; opaque to domain code
 * @param did the payment service's own
 * @param signer its current signer; older keys stay in {@code keys}
 * @param knownPins told of each PIN that is good here, so that it is masked wherever it stands
 * @param agent the agent both instruments are bound to at the start
 * @param payees the merchants it pays out to
 * @param opening what a principal owns when the world begins
 */
public record PspWorld(
    String partition,
    InstantSource clock,
    JdbcClient jdbc,
    TransactionOperations transactions,
    IdGenerator ids,
    Journal journal,
    WakeUpSchedule agenda,
    BackgroundTurns strands,
    Did did,
    Supplier<Signer> signer,
    PinStorage pinCustody,
    KnownPins knownPins,
    KeyDirectory keys,
    Principals principals,
    Did agent,
    OutboundClient outbound,
    Function<Did, Optional<Payee>> payees,
    Function<String, URI> cashier,
    Function<Did, Opening> opening,
    Authority authority,
    Attestations attestations) {

  /**
   * What a principal owns when the world begins.
   *
   * @param pin six digits; only its MAC is kept
   */
  public record Opening(Money balance, Money cardLimit, String pin) {

    @Override
    public String toString() {
      return "Opening[balance=%s, cardLimit=%s]".formatted(balance, cardLimit);
    }
  }

  /** The same, sending its calls another way. */
  public PspWorld withOutbound(OutboundClient other) {
    return copy(other, payees);
  }

  /** The same, knowing merchants by other names or addresses. */
  public PspWorld withPayees(Function<Did, Optional<Payee>> others) {
    return copy(outbound, others);
  }

  private PspWorld copy(OutboundClient sending, Function<Did, Optional<Payee>> merchants) {
    return new PspWorld(
        partition,
        clock,
        jdbc,
        transactions,
        ids,
        journal,
        agenda,
        strands,
        did,
        signer,
        pinCustody,
        knownPins,
        keys,
        principals,
        agent,
        sending,
        merchants,
        cashier,
        opening,
        authority,
        attestations);
  }

  /**
   * What payments that rest on a delegation need.
   *
   * @param statusService who signs status lists
   * @param statusLists below this address, and nowhere else, states are looked up
   * @param askEveryPayment until the principal says otherwise: confirm also what it delegated
   */
  public record Authority(
      Did statusService, URI statusLists, URI iacs, Predicate<Did> askEveryPayment) {}

  /** Now, in the precision that everything here is stored and signed in. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** How instants go into the database, with its zone, on H2 and PostgreSQL alike. */
  public static OffsetDateTime column(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** All of {@code work} or nothing of it. */
  public <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
  }

  /** What a principal's instruments and sub-accounts are kept in. */
  public Currency currency(Did principal) {
    return opening.apply(principal).balance().currency();
  }

  /** With whose affair it is, where a world has several principals. */
  public Map<String, String> withPrincipal(Did principal, Map<String, String> data) {
    if (!principals.hasSeveral()) {
      return data;
    }
    var all = new TreeMap<>(data);
    all.put("principal_id", principal.value());
    return all;
  }

  public void note(
      JournalNote.Kind kind,
      ActComponent component,
      String event,
      Map<String, String> ids,
      Map<String, ?> data) {
    journal.note(new JournalNote(did.value(), kind, component, event, ids, data));
  }
}
