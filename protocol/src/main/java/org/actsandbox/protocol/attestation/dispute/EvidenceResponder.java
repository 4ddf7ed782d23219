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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A participant that is asked for evidence: it answers the dispute service and nobody else, with
 * the records it reported itself, and signs what it says.
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
   * What a participant knows of an order besides its records.
   *
   * @param code worded where a person reads it, in that person's language
   */
  public record Testimony(
      String code, Map<String, String> details, Map<EvidenceDocument, String> papers) {

    public Testimony {
      details = new TreeMap<>(details);
      papers = new TreeMap<>(papers);
    }
  }

  /**
   * @param testify called once the request is known to be genuine
   * @throws Refusal of a signature; {@code access_restricted} for somebody else's request; {@code
   *     invalid_field} for a request to somebody else
   */
  public EvidenceResponse answer(byte[] body, Function<EvidenceRequest, Testimony> testify) {
    var request = read(signedByTheService(body), EvidenceRequest.class);
    var own = signer.get();
    if (!request.party().equals(own.did())) {
      throw new Refusal(Problem.INVALID_FIELD, "the request is addressed to another party")
          .at("party")
          .expected(own.did().value())
          .observed(request.party().value());
    }
    var testimony = testify.apply(request);
    var digests = new EnumMap<EvidenceDocument, String>(EvidenceDocument.class);
    testimony
        .papers()
        .forEach(
            (evidenceDocument, text) ->
                digests.put(evidenceDocument, evidenceDocument.digest(text)));
    var partyStatement =
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
        SignedJson.sign((ObjectNode) Json.tree(partyStatement), own), testimony.papers());
  }

  /** The finding, once it is there. */
  public Finding receiveFinding(byte[] body) {
    return read(signedByTheService(body), Finding.class);
  }

  private List<String> records(EvidenceRequest request, Did self) {
    return attestations.recordsOf(self, request.links()).stream()
        .limit(PartyStatement.MAX_RECORDS)
        .toList();
  }

  private JsonNode signedByTheService(byte[] body) {
    JsonNode message;
    try {
      message = Json.parse(body);
    } catch (JacksonException notJson) {
      throw new Refusal(Problem.MALFORMED_JSON, "the body is not JSON").at("body");
    }
    var from = SignedJson.verify(message, keys);
    if (attestations.provider().filter(from::equals).isEmpty()) {
      throw new Refusal(Problem.ACCESS_RESTRICTED, "only the dispute service asks for evidence")
          .at("signer_id")
          .observed(from.value());
    }
    return message;
  }

  private static <T> T read(JsonNode message, Class<T> type) {
    try {
      return Json.read(message, type);
    } catch (JacksonException | NullPointerException malformed) {
      throw new Refusal(Problem.INVALID_FIELD, "the message has another form")
          .expected(type.getSimpleName());
    }
  }
}
