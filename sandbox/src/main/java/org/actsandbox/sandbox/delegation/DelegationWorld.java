package org.actsandbox.sandbox.delegation;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.IdGenerator;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.psp.instrument.Pins;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Bundles everything that the delegation service needs from the world it runs in.
 *
 * @param signer the service's own signer, for status lists; credentials are signed with their
 *     principal's key
 * @param pins checks principals' PINs; a principal has the same PIN here and at the payment service
 * @param base the service's address without a slash at the end
 * @param relying the addresses of the relying parties that are told of changes at once
 * @param confirmation returns the page where the principal decides about an intent
 * @param names returns the display name of a merchant or an agent
 * @param places finds a city or station by any of its names and returns its name in both languages
 * @param decisionsTo returns the address where an agent receives the decisions about its intents
 */
public record DelegationWorld(
    String partition,
    InstantSource clock,
    ZoneId zone,
    JdbcClient jdbc,
    TransactionOperations transactions,
    IdGenerator ids,
    Journal journal,
    WakeUpSchedule agenda,
    Supplier<Signer> signer,
    Did did,
    KeyDirectory keys,
    Principals principals,
    Supplier<Pins> pins,
    URI base,
    OutboundClient outbound,
    List<URI> relying,
    Function<String, URI> confirmation,
    Function<Did, Optional<Text>> names,
    Function<String, Optional<Text>> places,
    Function<Did, Optional<URI>> decisionsTo,
    Attestations attestations) {

  /** Returns the world's time in milliseconds, the precision of all stored and signed instants. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  URI at(String path) {
    return URI.create(base + path);
  }

  /** Runs {@code work} in one transaction: all of it or nothing. */
  <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
  }

  /** Adds the principal's id to journal data where the world has several principals. */
  Map<String, String> withPrincipal(Did principal, Map<String, String> data) {
    if (!principals.hasSeveral()) {
      return data;
    }
    var all = new TreeMap<>(data);
    all.put("principal_id", principal.value());
    return all;
  }

  void note(
      JournalNote.Kind kind, JournalEvent event, Map<String, String> ids, Map<String, ?> data) {
    journal.note(new JournalNote(did.value(), kind, event, ids, data));
  }

  void note(
      JournalNote.Kind kind,
      ActComponent component,
      JournalEvent event,
      Map<String, String> ids,
      Map<String, ?> data) {
    journal.note(new JournalNote(did.value(), kind, component, event.code(), ids, data));
  }
}
