package org.actsandbox.sandbox.delegation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Represents an issued credential and its current state.
 *
 * @param principal the principal that gave it
 * @param credential compact VC-JWT
 * @param approval the principal's signed confirmation, as evidence
 * @param slot the place of its state in the status lists
 */
record Delegation(
    String delegationId,
    String intentId,
    Did principal,
    Did agent,
    DelegationMode mode,
    Delegation.StatusListSlot slot,
    Instant issuedAt,
    Instant validUntil,
    String credential,
    String approval,
    Delegation.CurrentState current) {

  /** Represents the status list and the index in it where the state is published. */
  record StatusListSlot(int list, int index) {}

  /**
   * Represents the current state of a delegation: since when, by whom and why.
   *
   * @param by the DID of the participant that changed it last
   */
  record CurrentState(
      DelegationState state, Instant changedAt, String by, @Nullable String reason) {}

  /**
   * Returns the delegation in its next state, if ACT ADD-7's table has the transition.
   *
   * @throws Refusal {@code illegal_transition}
   */
  Delegation move(DelegationState next, Instant at, String by, @Nullable String reason) {
    if (!current.state().successors().contains(next)) {
      throw new Refusal(
              Problem.ILLEGAL_TRANSITION,
              "a delegation that is %s does not become %s"
                  .formatted(current.state().code(), next.code()))
          .at("delegation_id")
          .expected(
              current.state().isFinal()
                  ? "no further change"
                  : "one of " + current.state().successors())
          .observed(next.code())
          .remedy(
              current.state().isFinal()
                  ? "Ask the principal for a new delegation."
                  : "Query the delegation first.");
    }
    return new Delegation(
        delegationId,
        intentId,
        principal,
        agent,
        mode,
        slot,
        issuedAt,
        validUntil,
        credential,
        approval,
        new Delegation.CurrentState(next, at, by, reason));
  }

  /** Returns the digest that identifies the credential. */
  String iacDigest() {
    return RequestFingerprint.digest(credential.getBytes(StandardCharsets.US_ASCII));
  }

  /** Tells whether the validity is over although the stored state is not final yet. */
  boolean isOverdue(Instant at) {
    return !current.state().isFinal() && !at.isBefore(validUntil);
  }

  Map<String, String> journalIds() {
    return Map.of(JournalIds.INTENT_ID, intentId, JournalIds.DELEGATION_ID, delegationId);
  }
}
