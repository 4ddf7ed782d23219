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
 * An issued credential and how it stands.
 *
 * @param principal who gave it
 * @param credential compact VC-JWT
 * @param approval the principal's signed confirmation, as evidence
 * @param place in the status list
 */
record Delegation(
    String delegationId,
    String intentId,
    Did principal,
    Did agent,
    DelegationMode mode,
    Delegation.StatusListSlot place,
    Instant issuedAt,
    Instant validUntil,
    String credential,
    String approval,
    Delegation.CurrentState now) {

  record StatusListSlot(int list, int index) {}

  /**
   * @param by DID of who changed it last
   */
  record CurrentState(
      DelegationState state, Instant changedAt, String by, @Nullable String reason) {}

  /**
   * The move in ACT ADD-7's table, or none.
   *
   * @throws Refusal {@code illegal_transition}
   */
  Delegation move(DelegationState next, Instant at, String by, @Nullable String reason) {
    if (!now.state().successors().contains(next)) {
      throw new Refusal(
              Problem.ILLEGAL_TRANSITION,
              "a delegation that is %s does not become %s"
                  .formatted(now.state().code(), next.code()))
          .at("delegation_id")
          .expected("one of " + now.state().successors())
          .observed(next.code())
          .remedy(
              now.state().isFinal()
                  ? "Ask the principal for a new delegation."
                  : "Query the delegation first.");
    }
    return new Delegation(
        delegationId,
        intentId,
        principal,
        agent,
        mode,
        place,
        issuedAt,
        validUntil,
        credential,
        approval,
        new Delegation.CurrentState(next, at, by, reason));
  }

  /** What identifies the credential. */
  String iacDigest() {
    return RequestFingerprint.digest(credential.getBytes(StandardCharsets.US_ASCII));
  }

  /** Over by the clock, though nobody has written it down yet. */
  boolean isOverdue(Instant at) {
    return !now.state().isFinal() && !at.isBefore(validUntil);
  }

  Map<String, String> journalIds() {
    return Map.of(JournalIds.INTENT_ID, intentId, JournalIds.DELEGATION_ID, delegationId);
  }
}
