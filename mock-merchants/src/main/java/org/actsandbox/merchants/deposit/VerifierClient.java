package org.actsandbox.merchants.deposit;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.credit.CreditProof;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.credit.CreditVerificationResponse;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends a merchant's queries to the verifier of credit, and believes signed answers alone. */
public final class VerifierClient {

  /** A buyer waits for the merchant meanwhile. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Holds the place of the proof, which does not cover itself. */
  public static final CreditProof UNSIGNED = new CreditProof(CreditProjection.ALGORITHM, "", "");

  private final MerchantContext merchantContext;
  private final ParticipantClient client;

  public VerifierClient(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
    this.client =
        new ParticipantClient(merchantContext.world().outbound(), merchantContext.did(), TIMEOUT);
  }

  /**
   * Signs the request and sends it.
   *
   * @return empty without an answer, and for one that the verifier did not sign for this request
   */
  public Optional<CreditVerificationResponse> ask(CreditVerificationRequest request) {
    var signed =
        CreditProjection.REQUEST.prove(
            (ObjectNode) Json.tree(request), merchantContext.world().signer());
    var target = merchantContext.world().credit().at("/v1/verifications");
    return client.post(target, signed) instanceof ParticipantAnswer.Done done
        ? believed(request, done.body())
        : Optional.empty();
  }

  private Optional<CreditVerificationResponse> believed(
      CreditVerificationRequest request, JsonNode body) {
    var verifier = merchantContext.world().credit().did().value();
    try {
      var answer = Json.read(body, CreditVerificationResponse.class);
      boolean valid =
          CreditProjection.RESPONSE.isProven(body, Set.of(verifier), merchantContext.world().keys())
              && answer.requestId().equals(request.requestId())
              && answer.agentId().equals(request.agentId())
              && merchantContext.now().isBefore(answer.expiresAt());
      return valid ? Optional.of(answer) : Optional.empty();
    } catch (JacksonException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
