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
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.Agenda;
import org.actsandbox.protocol.time.Ids;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.psp.instrument.Pins;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Everything the delegation service needs of the world it runs in.
 *
 * @param signer its own, for status lists; credentials are signed by their principal's key
 * @param pins a principal's PIN is one, wherever it is asked for
 * @param base its address, without a slash at the end
 * @param relying who is told of changes at once
 * @param confirmation the page where a person decides about an intent
 * @param names how people know a merchant or an agent
 * @param places a city or station by any of its names, in both languages
 * @param decisionsTo where an agent wants to hear how its intents were decided
 */
public record DelegationWorld(
    String partition,
    InstantSource clock,
    ZoneId zone,
    JdbcClient jdbc,
    TransactionOperations transactions,
    Ids ids,
    Journal journal,
    Agenda agenda,
    Supplier<Signer> signer,
    Did did,
    KeyDirectory keys,
    Principals principals,
    Supplier<Pins> pins,
    URI base,
    Outbound outbound,
    List<URI> relying,
    Function<String, URI> confirmation,
    Function<Did, Optional<Text>> names,
    Function<String, Optional<Text>> places,
    Function<Did, Optional<URI>> decisionsTo,
    Attestations attestations) {

  /** Now, in the precision that everything here is stored and signed in. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  URI at(String path) {
    return URI.create(base + path);
  }

  /** All of {@code work} or nothing of it. */
  <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
  }

  /** With whose affair it is, where a world has several principals. */
  Map<String, String> of(Did principal, Map<String, String> data) {
    if (!principals.areSeveral()) {
      return data;
    }
    var all = new TreeMap<>(data);
    all.put("principal_id", principal.value());
    return all;
  }

  void note(
      JournalNote.Kind kind,
      ActComponent component,
      String event,
      Map<String, String> ids,
      Map<String, ?> data) {
    journal.note(new JournalNote(did.value(), kind, component, event, ids, data));
  }
}
