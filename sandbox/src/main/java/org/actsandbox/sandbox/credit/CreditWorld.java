package org.actsandbox.sandbox.credit;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.actsandbox.participant.ParticipantContext;
import org.actsandbox.participant.ParticipantWorld;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.psp.instrument.Pins;

/**
 * Bundles what a participant of credit association needs from its world.
 *
 * @param pins checks principals' PINs; a principal has the same PIN here and at the payment service
 * @param addresses where the three participants are reached
 * @param operates tells whether the world's register knows that the agent works for the principal
 * @param scopes returns by which names a relying party's scope is known: its DID, and {@code
 *     kind:hotel} for a hotel
 * @param derivedSeed returns a number that follows from the world's seed and a purpose
 */
public record CreditWorld(
    ParticipantContext context,
    Principals principals,
    Supplier<Pins> pins,
    Addresses addresses,
    BiPredicate<Did, Did> operates,
    Function<Did, Set<String>> scopes,
    ToLongFunction<String> derivedSeed,
    CreditRules rules)
    implements ParticipantWorld {

  /** Ours: a signed message is accepted until it is this old, or this early. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * Holds the addresses and identities of the three participants, without a slash at the end.
   *
   * @param institution the credit service
   */
  public record Addresses(
      URI institution,
      URI issuer,
      URI verifier,
      Did institutionDid,
      Did issuerDid,
      Did verifierDid) {}

  public ParticipantClient client() {
    return new ParticipantClient(outbound(), did(), TIMEOUT);
  }

  /** Tells whether a message of that time is accepted now. */
  public boolean isCurrent(Instant sentAt) {
    return Duration.between(sentAt, now()).abs().compareTo(WINDOW) <= 0;
  }

  /**
   * Refuses a message that is too old or too early.
   *
   * @throws Refusal {@code invalid_field}
   */
  public void requireCurrent(Instant sentAt) {
    if (!isCurrent(sentAt)) {
      throw FieldChecks.invalid(
          "requestedAt", "at most five minutes from " + now(), sentAt.toString());
    }
  }

  public void note(JournalEvent event, Map<String, ?> data) {
    note(JournalNote.Kind.STATE, event, Map.of(), data);
  }
}
