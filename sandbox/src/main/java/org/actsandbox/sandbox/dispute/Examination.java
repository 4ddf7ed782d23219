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
import org.actsandbox.sandbox.dispute.Asked.Answer;
import org.actsandbox.sandbox.dispute.judgement.Heard;
import org.actsandbox.sandbox.dispute.judgement.Matter;
import org.actsandbox.sandbox.dispute.judgement.Shown;
import org.actsandbox.sandbox.trust.Trust;
import org.jspecify.annotations.Nullable;

/**
 * Verifies every record that was offered, by the seven steps, and tells whose it is and of what.
 */
final class Examination {

  private final Trust trust;
  private final DisputeRules rules;
  private final Caller examiner;

  Examination(Trust trust, DisputeRules rules) {
    this.trust = trust;
    this.rules = rules;
    this.examiner = new Caller(Role.OPERATOR, trust.world().did());
  }

  /**
   * @param outages records nobody can say anything about now: never held against their holder
   */
  record Result(List<Heard> parties, List<Finding.Exhibit> exhibits, List<Verification> outages) {}

  Result of(Matter matter, List<Asked> asked) {
    var parties = new ArrayList<Heard>();
    var exhibits = new ArrayList<Finding.Exhibit>();
    var outages = new ArrayList<Verification>();
    for (var party : asked) {
      var shown = new ArrayList<Shown>();
      var statement = party.statement();
      for (var id : statement == null ? List.<String>of() : statement.recordIds()) {
        // A chain that has not answered once is not asked for every record.
        if (outages.isEmpty()) {
          var one = shown(id, party, matter);
          shown.add(one);
          exhibits.add(exhibit(one, party));
          if (one.verification() != null && rules.isOutage(one.verification())) {
            outages.add(one.verification());
          }
        }
      }
      parties.add(
          new Heard(
              party.party(),
              party.role(),
              party.answer() == Answer.ANSWERED,
              shown,
              party.answer() == Answer.ANSWERED ? party.papers() : Map.of()));
    }
    return new Result(parties, exhibits, outages);
  }

  private Shown shown(String recordId, Asked party, Matter matter) {
    var reading = trust.records().reading(recordId);
    if (reading.isEmpty()) {
      return new Shown(recordId, null, null, Code.RECORD_UNKNOWN);
    }
    var verification = trust.verifications().verify(recordId, false, examiner).records().getFirst();
    var record = reading.get() instanceof RecordCodec.Reading.Sound(var sound) ? sound : null;
    return new Shown(recordId, record, verification, against(record, verification, party, matter));
  }

  private @Nullable Code against(
      @Nullable OffChainRecord record, Verification verification, Asked party, Matter matter) {
    if (record == null || !verification.isVerified()) {
      return Code.RECORD_NOT_VERIFIED;
    }
    if (!record.participants().getFirst().participantId().equals(party.party())) {
      return Code.RECORD_OF_ANOTHER_PARTY;
    }
    return rules.concerns(record, matter) ? null : Code.RECORD_OF_ANOTHER_ORDER;
  }

  private static Finding.Exhibit exhibit(Shown shown, Asked party) {
    var verification = shown.verification();
    var reason = verification == null ? null : verification.reason();
    var against = shown.against();
    return new Finding.Exhibit(
        shown.recordId(),
        party.party(),
        shown.record() == null ? null : shown.record().eventType(),
        verification == null ? null : verification.result(),
        reason != null ? reason.code() : against != null ? against.code() : null);
  }
}
