package org.actsandbox.sandbox.delegation;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.actsandbox.participant.ParticipantContext;
import org.actsandbox.participant.ParticipantWorld;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.notification.NotificationChannels;
import org.actsandbox.sandbox.psp.instrument.Pins;

/**
 * Bundles everything that the delegation service needs from the world it runs in.
 *
 * @param pins checks principals' PINs; a principal has the same PIN here and at the payment service
 * @param base the service's address without a slash at the end
 * @param relying the addresses of the relying parties that are told of changes at once
 * @param confirmation returns the page where the principal decides about an intent
 * @param names returns the display name of a merchant or an agent
 * @param places finds a city or station by any of its names and returns its name in both languages
 * @param channels how agents are notified at their webhook endpoints
 * @param decisionsTo returns the address where an agent receives the decisions about its intents
 */
public record DelegationWorld(
    ParticipantContext context,
    Principals principals,
    Supplier<Pins> pins,
    URI base,
    List<URI> relying,
    Function<String, URI> confirmation,
    Function<Did, Optional<Text>> names,
    Function<String, Optional<Text>> places,
    Function<Did, Optional<URI>> decisionsTo,
    NotificationChannels channels)
    implements ParticipantWorld {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  URI at(String path) {
    return URI.create(base + path);
  }

  /** Makes the client that tells others of decisions and changes. */
  ParticipantClient client() {
    return new ParticipantClient(outbound(), did(), TIMEOUT);
  }

  /** Returns in words why another participant does not know what it was told; empty if it does. */
  static Optional<String> failure(ParticipantAnswer answer) {
    return switch (answer) {
      case ParticipantAnswer.Done _ -> Optional.empty();
      case ParticipantAnswer.Refused refused -> Optional.of("answered " + refused.status());
      case ParticipantAnswer.Unknown unknown ->
          Optional.of(unknown.status() == 0 ? "did not answer" : "answered " + unknown.status());
    };
  }
}
