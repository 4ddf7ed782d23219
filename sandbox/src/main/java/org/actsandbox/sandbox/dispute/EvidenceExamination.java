package org.actsandbox.sandbox.dispute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.attestation.dispute.Finding.Code;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.dispute.AskedParty.Answer;
import org.actsandbox.sandbox.dispute.judgement.DisputedPurchase;
import org.actsandbox.sandbox.dispute.judgement.ExaminedRecord;
import org.actsandbox.sandbox.dispute.judgement.PartyEvidence;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.jspecify.annotations.Nullable;

/**
 * Verifies every record that a party offers in the seven steps, and checks its holder and its
 * purchase.
 */
final class EvidenceExamination {

  private final TrustService trustService;
  private final DisputeRules rules;
  private final Caller examiner;

  EvidenceExamination(TrustService trustService, DisputeRules rules) {
    this.trustService = trustService;
    this.rules = rules;
    this.examiner = new Caller(Role.OPERATOR, trustService.world().did());
  }

  /**
   * Represents the examined evidence of all parties.
   *
   * @param outages records that cannot be verified now because a service does not answer; they are
   *     never held against their holder
   */
  record Result(
      List<PartyEvidence> parties, List<Finding.Exhibit> exhibits, List<Verification> outages) {}

  Result examine(DisputedPurchase disputedPurchase, List<AskedParty> askedParties) {
    var parties = new ArrayList<PartyEvidence>();
    var exhibits = new ArrayList<Finding.Exhibit>();
    var outages = new ArrayList<Verification>();
    for (var party : askedParties) {
      var examinedRecord = new ArrayList<ExaminedRecord>();
      var partyStatement = party.statement();
      for (var id : partyStatement == null ? List.<String>of() : partyStatement.recordIds()) {
        // Once the chain has not answered, the other records are not verified.
        if (outages.isEmpty()) {
          var one = examineRecord(id, party, disputedPurchase);
          examinedRecord.add(one);
          exhibits.add(exhibit(one, party));
          if (one.verification() != null && rules.isOutage(one.verification())) {
            outages.add(one.verification());
          }
        }
      }
      parties.add(
          new PartyEvidence(
              party.party(),
              party.role(),
              party.answer() == Answer.ANSWERED,
              examinedRecord,
              party.answer() == Answer.ANSWERED ? party.documents() : Map.of()));
    }
    return new Result(parties, exhibits, outages);
  }

  private ExaminedRecord examineRecord(
      String recordId, AskedParty party, DisputedPurchase disputedPurchase) {
    var readResult = trustService.records().read(recordId);
    if (readResult.isEmpty()) {
      return new ExaminedRecord(recordId, null, null, Code.RECORD_UNKNOWN);
    }
    var verification =
        trustService.verifications().verify(recordId, false, examiner).records().getFirst();
    var record =
        readResult.get() instanceof RecordCodec.ReadResult.WellFormed(var sound) ? sound : null;
    return new ExaminedRecord(
        recordId, record, verification, objection(record, verification, party, disputedPurchase));
  }

  private @Nullable Code objection(
      @Nullable OffChainRecord record,
      Verification verification,
      AskedParty party,
      DisputedPurchase disputedPurchase) {
    if (record == null || !verification.isVerified()) {
      return Code.RECORD_NOT_VERIFIED;
    }
    if (!record.participants().getFirst().participantId().equals(party.party())) {
      return Code.RECORD_OF_ANOTHER_PARTY;
    }
    return rules.concerns(record, disputedPurchase) ? null : Code.RECORD_OF_ANOTHER_ORDER;
  }

  private static Finding.Exhibit exhibit(ExaminedRecord examinedRecord, AskedParty party) {
    var verification = examinedRecord.verification();
    var verificationFailure = verification == null ? null : verification.reason();
    var objection = examinedRecord.against();
    return new Finding.Exhibit(
        examinedRecord.recordId(),
        party.party(),
        examinedRecord.record() == null ? null : examinedRecord.record().eventType(),
        verification == null ? null : verification.result(),
        verificationFailure != null
            ? verificationFailure.code()
            : objection != null ? objection.code() : null);
  }
}
