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
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.EvidenceReader;
import org.jspecify.annotations.Nullable;

/**
 * Holds the records of an order and of all their causes, in the order in which they happened.
 *
 * @param missing ids of records that are named as a cause and cannot be found
 */
record OrderEvidence(List<StoredRecord> records, List<String> missing) {

  static OrderEvidence of(
      EvidenceReader evidenceReader, World world, String orderNo, @Nullable String merchant) {
    return withCauses(evidenceReader, world, evidenceReader.ofOrder(world, orderNo, merchant));
  }

  static OrderEvidence withCauses(
      EvidenceReader evidenceReader, World world, List<StoredRecord> records) {
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
          evidenceReader
              .find(world, cause)
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
  Map<String, Verification> verify(EvidenceReader evidenceReader, World world, Caller caller) {
    var causes = new HashSet<String>();
    records.forEach(each -> causes.addAll(each.record().upstreamRecords()));
    var results = new LinkedHashMap<String, Verification>();
    for (var each : records.reversed()) {
      if (!causes.contains(each.recordId()) || !results.containsKey(each.recordId())) {
        evidenceReader
            .verify(world, each.recordId(), caller)
            .records()
            .forEach(done -> results.put(done.recordId(), done));
      }
    }
    return results;
  }
}
