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
import org.actsandbox.protocol.journal.JournalEvent;
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
 * Bundles everything that the payment service needs from the world it runs in.
 *
 * @param partition first key column of every row; opaque to domain code
 * @param did the payment service's own identifier
 * @param signer the current signer of the payment service; its older keys stay in {@code keys}
 * @param knownPins learns each valid PIN, so that it is masked wherever it appears
 * @param agent the agent that both initial instruments are bound to
 * @param payees finds the merchants that the payment service pays out to
 * @param opening gives each principal's possessions at the beginning of the world
 */
public record PspWorld(
    String partition,
    InstantSource clock,
    JdbcClient jdbc,
    TransactionOperations transactions,
    IdGenerator ids,
    Journal journal,
    WakeUpSchedule agenda,
    BackgroundTurns backgroundTurns,
    Did did,
    Supplier<Signer> signer,
    PinStorage pinStorage,
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
   * States what a principal owns when the world begins.
   *
   * @param pin six digits; only its MAC is kept
   */
  public record Opening(Money balance, Money cardLimit, String pin) {

    @Override
    public String toString() {
      return "Opening[balance=%s, cardLimit=%s]".formatted(balance, cardLimit);
    }
  }

  /** Returns a copy that sends its outbound calls through {@code other}. */
  public PspWorld withOutbound(OutboundClient other) {
    return copy(other, payees);
  }

  /** Returns a copy that finds merchants by {@code others}, with other names or addresses. */
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
        backgroundTurns,
        did,
        signer,
        pinStorage,
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
   * Configures the payments that rest on a delegation.
   *
   * @param statusService the service that signs status lists
   * @param statusLists the address below which, and nowhere else, states are looked up
   * @param askEveryPayment the default until the principal decides: whether it also confirms
   *     delegated payments
   */
  public record Authority(
      Did statusService, URI statusLists, URI iacs, Predicate<Did> askEveryPayment) {}

  /** Returns the world's time in milliseconds, the precision of all stored and signed instants. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Converts an instant for a column with time zone, on H2 and PostgreSQL alike. */
  public static OffsetDateTime column(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Runs {@code work} in one transaction: all of it or nothing. */
  public <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
  }

  /** Returns the currency of a principal's instruments and sub-accounts. */
  public Currency currency(Did principal) {
    return opening.apply(principal).balance().currency();
  }

  /** Adds the principal's id to journal data where the world has several principals. */
  public Map<String, String> withPrincipal(Did principal, Map<String, String> data) {
    if (!principals.hasSeveral()) {
      return data;
    }
    var all = new TreeMap<>(data);
    all.put("principal_id", principal.value());
    return all;
  }

  public void note(
      JournalNote.Kind kind, JournalEvent event, Map<String, String> ids, Map<String, ?> data) {
    journal.note(new JournalNote(did.value(), kind, event, ids, data));
  }

  public void note(
      JournalNote.Kind kind,
      ActComponent component,
      JournalEvent event,
      Map<String, String> ids,
      Map<String, ?> data) {
    journal.note(new JournalNote(did.value(), kind, component, event.code(), ids, data));
  }
}
