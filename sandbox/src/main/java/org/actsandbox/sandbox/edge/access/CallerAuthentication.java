package org.actsandbox.sandbox.edge.access;

import java.util.Locale;
import java.util.Optional;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.key.RoleKeys;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Reads the caller from the Authorization header. */
@Component
public class CallerAuthentication {

  private static final String BEARER = "bearer ";

  private final RoleKeys keys;
  private final AccessPolicy access;

  CallerAuthentication(RoleKeys keys, AccessPolicy access) {
    this.keys = keys;
    this.access = access;
  }

  /**
   * Returns the caller; a request without a key has the anonymous caller.
   *
   * @throws Refusal {@code key_invalid} for a text that is no key, {@code key_forbidden} for
   *     another world's key
   */
  public Caller in(String world, long generation, HttpHeaders headers) {
    var key = bearer(headers);
    if (key.isEmpty()) {
      return Caller.ANONYMOUS;
    }
    var claim = keys.read(key.get()).orElseThrow(CallerAuthentication::invalid);
    if (!claim.world().equals(world)) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the key belongs to another world")
          .at("Authorization")
          .expected("a key of world " + world);
    }
    return keys.verify(claim, generation).orElseThrow(CallerAuthentication::invalid);
  }

  boolean isAdmitted(HttpHeaders headers) {
    return bearer(headers).filter(access::admits).isPresent();
  }

  private static Optional<String> bearer(HttpHeaders headers) {
    var value = headers.getFirst(HttpHeaders.AUTHORIZATION);
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    if (!value.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      throw invalid();
    }
    return Optional.of(value.substring(BEARER.length()).trim());
  }

  private static Refusal invalid() {
    return new Refusal(Problem.KEY_INVALID, "the key is not valid")
        .at("Authorization")
        .expected("Bearer and a key of this world, as printed when the world was made")
        .remedy("A key stops working when its world is deleted.");
  }
}
