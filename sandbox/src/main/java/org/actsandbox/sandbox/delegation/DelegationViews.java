package org.actsandbox.sandbox.delegation;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.OpenQuestion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Groups the messages in which the delegation service shows intents, confirmations and credentials.
 */
public final class DelegationViews {

  private DelegationViews() {}

  /**
   * Represents an intent as agent and principal see it.
   *
   * @param delegationId present once authorized
   * @param confirmationUrl the page where the principal decides; present while the intent waits
   * @param ignored private fields of the draft that this service does not understand, so they are
   *     no part of the authority
   * @param contextCheck {@code matches} or {@code unresolved}: whether the digest of what the user
   *     said matches the content behind {@code context_ref}; absent where the draft has the words
   *     themselves
   */
  public record IntentView(
      String intentId,
      String agentId,
      DelegationIntent.Status status,
      List<Question> openQuestions,
      List<AuthoritySummary.Line> summary,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant decidedAt,
      @Nullable String confirmationUrl,
      @Nullable String delegationId,
      List<String> ignored,
      ContextDigestCheck.@Nullable Outcome contextCheck,
      JsonNode isr) {}

  /** Represents an open question with its text. */
  public record Question(
      String field, OpenQuestion.Cause why, String expected, Text question, Text what) {}

  /**
   * Represents exactly the content that the principal signs by entering the PIN. Its digest is over
   * the RFC 8785 form.
   *
   * @param payload the credential's payload without method and time of the confirmation
   */
  public record Content(
      String intentId,
      String delegationId,
      String agentId,
      String principalId,
      Instant expiresAt,
      List<AuthoritySummary.Line> summary,
      IacPayload payload) {}

  /**
   * Represents the page where the principal decides.
   *
   * @param digest the digest of the content, which the decision sends back
   * @param status the intent's current status; only a waiting intent accepts a decision
   */
  public record Confirmation(
      Content content,
      String digest,
      DelegationIntent.Status status,
      int pinAttemptsLeft,
      @Nullable Long pinLockedMinutes) {}

  /** Represents an issued delegation and its current state. */
  public record DelegationView(
      String delegationId,
      String intentId,
      String agentId,
      DelegationMode mode,
      DelegationDisplayState state,
      Instant issuedAt,
      Instant changedAt,
      String changedBy,
      @Nullable String reason,
      String statusList,
      int statusListIndex,
      String digest,
      List<AuthoritySummary.Line> summary,
      IacPayload payload) {}

  /** Represents the credential itself as a compact VC-JWT. */
  public record Credential(String delegationId, String iac) {}
}
