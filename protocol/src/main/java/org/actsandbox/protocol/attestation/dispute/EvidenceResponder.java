package org.actsandbox.protocol.attestation.dispute;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers evidence requests for one participant with the records that it reported itself, and signs
 * the answer. It accepts requests only from the dispute service.
 */
public final class EvidenceResponder {

  private final Party.Role role;
  private final Attestations attestations;
  private final KeyDirectory keys;
  private final Supplier<Signer> signer;
  private final Supplier<Instant> now;

  public EvidenceResponder(
      Party.Role role,
      Attestations attestations,
      KeyDirectory keys,
      Supplier<Signer> signer,
      Supplier<Instant> now) {
    this.role = role;
    this.attestations = attestations;
    this.keys = keys;
    this.signer = signer;
    this.now = now;
  }

  /**
   * A participant's own account of an order, besides its records.
   *
   * @param code the statement as a code; the page that shows it has the words in the reader's
   *     language
   * @param details values for those words: times, numbers, states
   * @param papers texts of the documents that the participant shows
   */
  public record Testimony(
      String code, Map<String, String> details, Map<EvidenceDocument, String> papers) {

    public Testimony {
      details = new TreeMap<>(details);
      papers = new TreeMap<>(papers);
    }
  }

  /**
   * Answers an evidence request.
   *
   * @param testify called after the request was verified
   * @throws Refusal if the signature is wrong; {@code access_restricted} if another participant
   *     than the dispute service asks; {@code invalid_field} if another party is addressed
   */
  public EvidenceResponse answer(byte[] body, Function<EvidenceRequest, Testimony> testify) {
    var request = readFromDisputeService(body).bindStatement(EvidenceRequest.class);
    var own = signer.get();
    if (!request.party().equals(own.did())) {
      throw new Refusal(Problem.INVALID_FIELD, "the request is addressed to another party")
          .at("party")
          .expected(own.did().value())
          .observed(request.party().value());
    }
    var testimony = testify.apply(request);
    var digests = new EnumMap<EvidenceDocument, String>(EvidenceDocument.class);
    testimony.papers().forEach((document, text) -> digests.put(document, document.digest(text)));
    var statement =
        new PartyStatement(
            request.disputeId(),
            request.orderNo(),
            own.did(),
            role,
            "",
            testimony.code(),
            testimony.details(),
            records(request, own.did()),
            digests,
            now.get(),
            null,
            null,
            null);
    return new EvidenceResponse(
        SignedJson.sign((ObjectNode) Json.tree(statement), own), testimony.papers());
  }

  /**
   * Verifies and reads the finding that the dispute service sends.
   *
   * @throws Refusal as for a request
   */
  public Finding receiveFinding(byte[] body) {
    return readFromDisputeService(body).bindStatement(Finding.class);
  }

  private List<String> records(EvidenceRequest request, Did self) {
    return attestations.recordsOf(self, request.links()).stream()
        .limit(PartyStatement.MAX_RECORDS)
        .toList();
  }

  private JsonMessage readFromDisputeService(byte[] body) {
    var message = JsonMessage.parse(body);
    var from = message.verifySigner(keys);
    if (attestations.provider().filter(from::equals).isEmpty()) {
      throw new Refusal(Problem.ACCESS_RESTRICTED, "only the dispute service asks for evidence")
          .at("signer_id")
          .observed(from.value());
    }
    return message;
  }
}
