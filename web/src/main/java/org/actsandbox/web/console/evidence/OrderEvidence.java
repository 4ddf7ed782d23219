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
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.trust.record.RecordStore.By;
import org.actsandbox.sandbox.trust.record.RecordStore.Kept;

/**
 * The records of an order with all they follow from, in the order in which it happened.
 *
 * @param missing named as a cause, and not to be had
 */
record OrderEvidence(List<Kept> records, List<String> missing) {

  static OrderEvidence of(Trust trust, String orderNo) {
    return withCauses(trust, trust.records().of(By.ORDER, orderNo));
  }

  static OrderEvidence withCauses(Trust trust, List<Kept> records) {
    var found = new TreeMap<String, Kept>();
    var missing = new ArrayList<String>();
    var open = new ArrayDeque<>(records);
    while (!open.isEmpty() && found.size() < RecordCodec.MAX_OF_A_FLOW) {
      var kept = open.removeFirst();
      if (found.put(kept.recordId(), kept) != null) {
        continue;
      }
      for (var cause : kept.record().upstreamRecords()) {
        if (!found.containsKey(cause)) {
          trust.records().find(cause).ifPresentOrElse(open::addLast, () -> missing.add(cause));
        }
      }
    }
    return new OrderEvidence(List.copyOf(found.values()), List.copyOf(missing));
  }

  /** Each record once: whatever nothing follows from is walked upstream. */
  Map<String, Verification> verify(Trust trust, Caller reader) {
    var causes = new HashSet<String>();
    records.forEach(each -> causes.addAll(each.record().upstreamRecords()));
    var results = new LinkedHashMap<String, Verification>();
    for (var each : records.reversed()) {
      if (!causes.contains(each.recordId()) || !results.containsKey(each.recordId())) {
        trust
            .verifications()
            .verify(each.recordId(), true, reader)
            .records()
            .forEach(done -> results.put(done.recordId(), done));
      }
    }
    return results;
  }
}
