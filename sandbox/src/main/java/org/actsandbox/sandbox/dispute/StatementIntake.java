package org.actsandbox.sandbox.dispute;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.attestation.dispute.EvidenceResponse;
import org.actsandbox.protocol.attestation.dispute.PartyStatement;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.dispute.AskedParty.Answer;
import org.actsandbox.sandbox.journal.SecretMasker;
import org.actsandbox.sandbox.trust.TrustWorld;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Accepts parties' statements, requested or sent by the party itself: signed by the party, about
 * this dispute, in time and once.
 */
final class StatementIntake {

  private static final int MAX_ID = 128;
  private static final Pattern CODE = Pattern.compile("[a-z][a-z_]{0,39}");

  private final TrustWorld world;
  private final DisputeStore store;
  private final DisputeRules rules;

  StatementIntake(TrustWorld world, DisputeStore store, DisputeRules rules) {
    this.world = world;
    this.store = store;
    this.rules = rules;
  }

  /**
   * @return whether all parties have answered now
   * @throws Refusal for a bad signature; {@code invalid_field}; {@code key_forbidden} for a
   *     participant that is not asked; {@code evidence_late}; {@code duplicate_request} for a
   *     second, different statement
   */
  boolean take(String disputeId, JsonNode body) {
    var evidenceResponse = read(body);
    var now = world.now();
    var signer = SignedJson.verify(evidenceResponse.statement(), key -> world.find(key, now));
    var partyStatement = statement(evidenceResponse, signer);
    var done =
        world.inTransaction(
            () -> {
              var dispute = store.lock(disputeId).orElseThrow(() -> Disputes.notFound(disputeId));
              requireAbout(dispute, partyStatement);
              var askedParty = requireAsked(disputeId, signer, partyStatement);
              requireInTime(dispute, now);
              return store(dispute, askedParty, evidenceResponse, now);
            });
    if (done.fresh()) {
      note(done.dispute(), partyStatement);
    }
    return done.complete();
  }

  private record StoredStatement(Dispute dispute, boolean fresh, boolean complete) {}

  private StoredStatement store(
      Dispute dispute, AskedParty askedParty, EvidenceResponse evidenceResponse, Instant now) {
    var text = Json.write(evidenceResponse.statement());
    if (askedParty.answer() == Answer.ANSWERED) {
      if (!text.equals(askedParty.signed())) {
        throw new Refusal(Problem.DUPLICATE_REQUEST, "the party has answered already")
            .at("statement")
            .remedy("The first statement counts.");
      }
      return new StoredStatement(dispute, false, false);
    }
    store
        .askedParties()
        .recordAnswer(
            dispute.disputeId(),
            askedParty.place(),
            text,
            Json.write(evidenceResponse.papers()),
            now);
    return new StoredStatement(
        dispute, true, isComplete(store.askedParties().ofDispute(dispute.disputeId())));
  }

  static boolean isComplete(List<AskedParty> parties) {
    return parties.stream().allMatch(each -> each.answer() == Answer.ANSWERED);
  }

  private static EvidenceResponse read(JsonNode body) {
    try {
      var evidenceResponse = Json.read(body, EvidenceResponse.class);
      if (evidenceResponse.papers().values().stream()
          .anyMatch(text -> text.length() > EvidenceDocument.MAX_CHARS)) {
        throw FieldChecks.invalid(
            "papers", "at most " + EvidenceDocument.MAX_CHARS + " characters each", "more");
      }
      return evidenceResponse;
    } catch (JacksonException | NullPointerException | IllegalArgumentException malformed) {
      throw new Refusal(Problem.INVALID_FIELD, "this is no evidence")
          .at("body")
          .expected("{statement, papers}");
    }
  }

  private static PartyStatement statement(EvidenceResponse evidenceResponse, Did signer) {
    PartyStatement partyStatement;
    try {
      partyStatement = Json.read(evidenceResponse.statement(), PartyStatement.class);
    } catch (JacksonException | NullPointerException | IllegalArgumentException malformed) {
      throw new Refusal(Problem.INVALID_FIELD, "this is no statement").at("statement");
    }
    if (!signer.equals(partyStatement.party())) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "a party may only make its own statement")
          .at("statement.party")
          .expected(signer.value())
          .observed(partyStatement.party().value());
    }
    if (partyStatement.says().length() > PartyStatement.MAX_SAYS
        || partyStatement.recordIds().size() > PartyStatement.MAX_RECORDS
        || partyStatement.recordIds().stream()
            .anyMatch(id -> id.isEmpty() || id.length() > MAX_ID)) {
      throw FieldChecks.invalid(
          "statement",
          "at most %d characters and %d records"
              .formatted(PartyStatement.MAX_SAYS, PartyStatement.MAX_RECORDS),
          "more");
    }
    requireCode(partyStatement);
    if (!hasNoSecrets(partyStatement.says())
        || !partyStatement.details().values().stream().allMatch(StatementIntake::hasNoSecrets)) {
      // A signed statement cannot be masked, and it goes into the evidence bundle.
      throw FieldChecks.invalid(
          "statement.says", "no account numbers, keys or PINs", "one of them");
    }
    evidenceResponse
        .papers()
        .forEach(
            (evidenceDocument, text) ->
                requireDigest(partyStatement.papers(), evidenceDocument, text));
    return partyStatement;
  }

  private static boolean hasNoSecrets(String text) {
    return SecretMasker.OF_NO_WORLD.maskFreeText(text).equals(text);
  }

  /** Checks the form of the code, which is the key of a translation. */
  private static void requireCode(PartyStatement partyStatement) {
    var code = partyStatement.code();
    if ((code != null && !CODE.matcher(code).matches())
        || partyStatement.details().size() > PartyStatement.MAX_DETAILS
        || partyStatement.details().entrySet().stream()
            .anyMatch(
                each ->
                    !CODE.matcher(each.getKey()).matches()
                        || each.getValue() == null
                        || each.getValue().length() > MAX_ID)) {
      throw FieldChecks.invalid(
          "statement",
          "a code of small letters, and at most %d details of at most %d characters"
              .formatted(PartyStatement.MAX_DETAILS, MAX_ID),
          "something else");
    }
  }

  private static void requireDigest(
      Map<EvidenceDocument, String> signed, EvidenceDocument evidenceDocument, String text) {
    String digest;
    try {
      digest = evidenceDocument.digest(text);
    } catch (JacksonException | IllegalArgumentException notJson) {
      digest = "not JSON";
    }
    if (!digest.equals(signed.get(evidenceDocument))) {
      throw FieldChecks.invalid(
          "papers." + evidenceDocument.code(),
          String.valueOf(signed.get(evidenceDocument)),
          digest);
    }
  }

  private static void requireAbout(Dispute dispute, PartyStatement partyStatement) {
    if (!partyStatement.disputeId().equals(dispute.disputeId())
        || !partyStatement.orderNo().equals(dispute.purchase().orderNo())) {
      throw new Refusal(Problem.INVALID_FIELD, "the statement is about another dispute")
          .at("statement.dispute_id")
          .expected(dispute.disputeId())
          .observed(partyStatement.disputeId());
    }
  }

  private AskedParty requireAsked(String disputeId, Did signer, PartyStatement partyStatement) {
    return store.askedParties().ofDispute(disputeId).stream()
        .filter(each -> each.party().equals(signer) && each.role() == partyStatement.role())
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(Problem.KEY_FORBIDDEN, "this participant was not asked for evidence")
                    .at("statement.party")
                    .observed(signer + " as " + partyStatement.role()));
  }

  private void requireInTime(Dispute dispute, Instant now) {
    var deadline = dispute.progress().deadline();
    if (dispute.state() == DisputeState.OPENED) {
      throw new Refusal(Problem.ILLEGAL_TRANSITION, "evidence was not asked for yet")
          .at("state")
          .remedy("Wait for the request.");
    }
    if (dispute.state() != DisputeState.EVIDENCE_REQUESTED
        || deadline == null
        || rules.isOver(now, deadline)) {
      throw new Refusal(Problem.EVIDENCE_LATE, "the evidence came too late")
          .at("statement")
          .expected("before " + deadline)
          .observed(now.toString());
    }
  }

  private void note(Dispute dispute, PartyStatement partyStatement) {
    world.note(
        partyStatement.party(),
        JournalNote.Kind.STATE,
        JournalEvent.STATEMENT_RECEIVED,
        dispute.journalIds(),
        Map.of(
            "dispute_id", dispute.disputeId(),
            "party", partyStatement.party().value(),
            "records", partyStatement.recordIds()));
  }
}
