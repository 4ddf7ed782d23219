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
 * Verifies every record that was offered, by the seven steps, and tells whose it is and of what.
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
   * @param outages records nobody can say anything about now: never held against their holder
   */
  record Result(
      List<PartyEvidence> parties, List<Finding.Exhibit> exhibits, List<Verification> outages) {}

  Result examine(DisputedPurchase disputedPurchase, List<AskedParty> askedParty) {
    var parties = new ArrayList<PartyEvidence>();
    var exhibits = new ArrayList<Finding.Exhibit>();
    var outages = new ArrayList<Verification>();
    for (var party : askedParty) {
      var examinedRecord = new ArrayList<ExaminedRecord>();
      var partyStatement = party.statement();
      for (var id : partyStatement == null ? List.<String>of() : partyStatement.recordIds()) {
        // A chain that has not answered once is not asked for every record.
        if (outages.isEmpty()) {
          var one = shown(id, party, disputedPurchase);
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
              party.answer() == Answer.ANSWERED ? party.papers() : Map.of()));
    }
    return new Result(parties, exhibits, outages);
  }

  private ExaminedRecord shown(
      String recordId, AskedParty party, DisputedPurchase disputedPurchase) {
    var readResult = trustService.records().read(recordId);
    if (readResult.isEmpty()) {
      return new ExaminedRecord(recordId, null, null, Code.RECORD_UNKNOWN);
    }
    var verification =
        trustService.verifications().verify(recordId, false, examiner).records().getFirst();
    var record = readResult.get() instanceof RecordCodec.ReadResult.WellFormed(var sound) ? sound : null;
    return new ExaminedRecord(
        recordId, record, verification, against(record, verification, party, disputedPurchase));
  }

  private @Nullable Code against(
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
    var against = examinedRecord.against();
    return new Finding.Exhibit(
        examinedRecord.recordId(),
        party.party(),
        examinedRecord.record() == null ? null : examinedRecord.record().eventType(),
        verification == null ? null : verification.result(),
        verificationFailure != null
            ? verificationFailure.code()
            : against != null ? against.code() : null);
  }
}
