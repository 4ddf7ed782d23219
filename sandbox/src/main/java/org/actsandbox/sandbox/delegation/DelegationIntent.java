package org.actsandbox.sandbox.delegation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.delegation.Isr;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Represents an agent's intent that becomes a delegation when the principal confirms it.
 *
 * @param delegationId the future id of the credential, so that it can be shown before it is signed
 * @param principal the principal that is asked; only it may decide
 * @param raw the draft as the agent sent it
 * @param contextCheck whether the digest of what the user said could be compared; null where the
 *     draft has the words themselves
 */
public record DelegationIntent(
    String intentId,
    String delegationId,
    Did principal,
    Did agent,
    Status status,
    JsonNode raw,
    String isrDigest,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant decidedAt,
    ContextDigestCheck.@Nullable Outcome contextCheck) {

  /** Lists the states of an intent. */
  public enum Status {
    /** Questions are open (ADD-1). */
    OPEN,
    /** The draft is complete; the principal decides. */
    WAITING,
    AUTHORIZED,
    DECLINED,
    /** The principal did not decide in time. */
    LAPSED;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the next possible states; a better draft may open or close questions, all other ends
     * are final.
     */
    Set<Status> successors() {
      return switch (this) {
        case OPEN -> EnumSet.of(OPEN, WAITING, DECLINED, LAPSED);
        case WAITING -> EnumSet.of(OPEN, WAITING, AUTHORIZED, DECLINED, LAPSED);
        case AUTHORIZED, DECLINED, LAPSED -> EnumSet.noneOf(Status.class);
      };
    }

    boolean isFinal() {
      return successors().isEmpty();
    }
  }

  Isr isr() {
    return Json.read(raw, Isr.class);
  }

  boolean isOverdue(Instant now) {
    return !status.isFinal() && !now.isBefore(expiresAt);
  }

  Map<String, String> journalIds() {
    return Map.of(JournalIds.INTENT_ID, intentId, JournalIds.DELEGATION_ID, delegationId);
  }
}
