package org.actsandbox.sandbox.credit.verifier;

import java.time.Duration;
import java.util.List;
import org.actsandbox.protocol.credit.AssociationCredential;
import org.actsandbox.protocol.credit.CreditLevel;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.credit.CreditVerificationResponse;
import org.actsandbox.protocol.credit.StatusAddress;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes and signs the verifier's answers; none has more than was asked for (ACT CRD-10). */
final class VerificationAnswers {

  /** Ours: a result is good for five minutes. */
  private static final Duration LIFE = Duration.ofMinutes(5);

  /** An answer names this scope if no credential was read yet. */
  private static final List<String> NO_SCOPE = List.of("NONE");

  private final CreditWorld world;

  VerificationAnswers(CreditWorld world) {
    this.world = world;
  }

  /**
   * Represents an answer with its signature, and the credential that it is about.
   *
   * @param credential null if none was found
   */
  record Signed(
      CreditVerificationResponse response,
      ObjectNode json,
      @Nullable AssociationCredential credential) {}

  Signed signed(CreditVerificationRequest request, String recordId, VerificationFinding finding) {
    var response = response(request, recordId, finding);
    var json = (ObjectNode) Json.tree(response);
    CreditProjection.RESPONSE.prove(json, world.signer());
    return new Signed(response, json, finding.credential());
  }

  private CreditVerificationResponse response(
      CreditVerificationRequest request, String recordId, VerificationFinding finding) {
    var credential = finding.credential();
    boolean credit = finding.completed() == CreditLevel.ASSOCIATED_CREDIT;
    var told = world.rules().isValueTold(request, credit) ? credential : null;
    var now = world.now();
    return new CreditVerificationResponse(
        request.requestId(),
        recordId,
        request.agentId(),
        finding.completed(),
        finding.reason().result(),
        finding.reason(),
        finding.state(),
        told == null ? null : AssociationCredential.SOURCE,
        told == null ? null : told.associatedCreditValue(),
        credit ? true : null,
        told == null ? null : told.mappingPolicy(),
        credential == null ? NO_SCOPE : credential.scope(),
        now,
        now.plus(LIFE),
        credential != null && request.requestedDataItems().contains("statusQuery")
            ? new StatusAddress(credential.statusQuery().uri(), "GET")
            : null,
        true,
        null);
  }
}
