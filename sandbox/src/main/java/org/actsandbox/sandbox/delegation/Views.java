package org.actsandbox.sandbox.delegation;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.OpenQuestion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the service shows. */
public final class Views {

  private Views() {}

  /**
   * An intent as agent and principal see it.
   *
   * @param delegationId present once authorized
   * @param confirmationUrl where the principal decides, while it waits
   * @param ignored private fields of the draft that this service does not understand and are no
   *     part of the authority
   * @param contextCheck {@code matches} or {@code unresolved}: how the digest of what the user said
   *     stands to what {@code context_ref} leads to; absent where the words came along
   */
  public record IntentView(
      String intentId,
      String agentId,
      Intent.Status status,
      List<Question> openQuestions,
      List<Summary.Line> summary,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant decidedAt,
      @Nullable String confirmationUrl,
      @Nullable String delegationId,
      List<String> ignored,
      ContextCheck.@Nullable Outcome contextCheck,
      JsonNode isr) {}

  /** A question with its words. */
  public record Question(
      String field, OpenQuestion.Why why, String expected, Text question, Text what) {}

  /**
   * Exactly what the principal's PIN releases a signature for. Its digest is over the RFC 8785
   * form.
   *
   * @param payload the credential's, without how and when it was confirmed
   */
  public record Content(
      String intentId,
      String delegationId,
      String agentId,
      String principalId,
      Instant expiresAt,
      List<Summary.Line> summary,
      IacPayload payload) {}

  /**
   * @param digest to send back with the decision
   * @param status as it stands; only a waiting intent takes a decision
   */
  public record Confirmation(
      Content content,
      String digest,
      Intent.Status status,
      int pinAttemptsLeft,
      @Nullable Long pinLockedMinutes) {}

  /** An issued credential. */
  public record DelegationView(
      String delegationId,
      String intentId,
      String agentId,
      DelegationMode mode,
      ShownState state,
      Instant issuedAt,
      Instant changedAt,
      String changedBy,
      @Nullable String reason,
      String statusList,
      int statusListIndex,
      String digest,
      List<Summary.Line> summary,
      IacPayload payload) {}

  /** The credential itself, compact VC-JWT. */
  public record Credential(String delegationId, String iac) {}
}
