package org.actsandbox.sandbox.credit.issuer;

import java.time.Instant;
import java.util.Optional;
import org.actsandbox.protocol.credit.AssociationCredential;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents an issued credential with its current state.
 *
 * @param credential the credential exactly as it was signed
 * @param checkAt when the relationship is verified again
 */
record AssociationRow(
    String credentialId,
    String applicationId,
    Did principal,
    Did agent,
    Current current,
    Instant issuedAt,
    @Nullable Instant validUntil,
    Instant checkAt,
    String credential) {

  /**
   * The current state.
   *
   * @param version one more for each change
   * @param by DID of the participant that ordered the change
   */
  record Current(
      AssociationState state, int version, @Nullable String reason, Instant changedAt, String by) {}

  ObjectNode json() {
    return (ObjectNode) Json.parse(credential);
  }

  AssociationCredential content() {
    return Json.read(credential, AssociationCredential.class);
  }

  boolean isOverdue(Instant now) {
    return validUntil != null && !current.state().isFinal() && !now.isBefore(validUntil);
  }

  /** Returns when the clock has something to do for this credential; empty in a final state. */
  Optional<Instant> dueAt() {
    if (current.state().isFinal()) {
      return Optional.empty();
    }
    return Optional.of(validUntil != null && validUntil.isBefore(checkAt) ? validUntil : checkAt);
  }

  AssociationRow withCheckAt(Instant at) {
    return new AssociationRow(
        credentialId,
        applicationId,
        principal,
        agent,
        current,
        issuedAt,
        validUntil,
        at,
        credential);
  }

  /**
   * Returns the row in another state; the table of {@link AssociationState} decides (ACT CRD-2).
   *
   * @throws Refusal {@code association_state}
   */
  AssociationRow move(AssociationState to, Instant now, String by, @Nullable String reason) {
    if (!current.state().successors().contains(to)) {
      throw new Refusal(
              Problem.ASSOCIATION_STATE,
              "%s is %s, not to become %s".formatted(credentialId, current.state(), to))
          .at("targetStatus")
          .expected(
              current.state().isFinal()
                  ? "no further change"
                  : "one of " + current.state().successors())
          .observed(to.name())
          .remedy(
              current.state().isFinal()
                  ? "Apply for a new credential: a final state stays."
                  : "Read the current state and order what follows it.");
    }
    return new AssociationRow(
        credentialId,
        applicationId,
        principal,
        agent,
        new Current(to, current.version() + 1, reason, now, by),
        issuedAt,
        validUntil,
        checkAt,
        credential);
  }
}
