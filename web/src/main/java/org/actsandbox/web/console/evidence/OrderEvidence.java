package org.actsandbox.web.console.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.trust.record.RecordStore.LookupKey;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;

/**
 * Holds the records of an order and of all their causes, in the order in which they happened.
 *
 * @param missing ids of records that are named as a cause and cannot be found
 */
record OrderEvidence(List<StoredRecord> records, List<String> missing) {

  static OrderEvidence of(TrustService trustService, String orderNo) {
    return withCauses(trustService, trustService.records().ofFlow(LookupKey.ORDER, orderNo));
  }

  static OrderEvidence withCauses(TrustService trustService, List<StoredRecord> records) {
    var found = new TreeMap<String, StoredRecord>();
    var missing = new ArrayList<String>();
    var unread = new ArrayDeque<>(records);
    while (!unread.isEmpty() && found.size() < RecordCodec.MAX_PER_PURCHASE) {
      var storedRecord = unread.removeFirst();
      if (found.put(storedRecord.recordId(), storedRecord) != null) {
        continue;
      }
      for (var cause : storedRecord.record().upstreamRecords()) {
        if (!found.containsKey(cause)) {
          trustService
              .records()
              .find(cause)
              .ifPresentOrElse(unread::addLast, () -> missing.add(cause));
        }
      }
    }
    return new OrderEvidence(List.copyOf(found.values()), List.copyOf(missing));
  }

  /**
   * Verifies each record once, by walking upstream from each record that is no cause of another
   * one.
   */
  Map<String, Verification> verify(TrustService trustService, Caller reader) {
    var causes = new HashSet<String>();
    records.forEach(each -> causes.addAll(each.record().upstreamRecords()));
    var results = new LinkedHashMap<String, Verification>();
    for (var each : records.reversed()) {
      if (!causes.contains(each.recordId()) || !results.containsKey(each.recordId())) {
        trustService
            .verifications()
            .verify(each.recordId(), true, reader)
            .records()
            .forEach(done -> results.put(done.recordId(), done));
      }
    }
    return results;
  }
}
