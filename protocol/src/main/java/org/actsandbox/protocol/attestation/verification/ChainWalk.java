package org.actsandbox.protocol.attestation.verification;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.actsandbox.protocol.attestation.RecordCodec;

/** Verifies a record and everything upstream of it (step six of ACT TSD-5). */
public final class ChainWalk {

  /** Ours: a purchase has ten events or so; a longer chain is cut, and says so. */
  public static final int MAX_RECORDS = 200;

  private final RecordSource records;
  private final Verifier verifier;

  public ChainWalk(RecordSource records, Verifier verifier) {
    this.records = records;
    this.verifier = verifier;
  }

  /**
   * @param records the record asked for first, then its causes, each once
   * @param missing upstream records that nobody could show
   * @param complete false when there were more than {@link #MAX_RECORDS}
   */
  public record Walk(List<Verification> records, List<String> missing, boolean complete) {

    public boolean isVerified() {
      return complete
          && missing.isEmpty()
          && !records.isEmpty()
          && records.stream().allMatch(Verification::isVerified);
    }
  }

  public Walk from(String recordId) {
    var done = new ArrayList<Verification>();
    var missing = new ArrayList<String>();
    var seen = new LinkedHashSet<String>(List.of(recordId));
    var open = new ArrayDeque<String>(List.of(recordId));
    while (!open.isEmpty()) {
      if (done.size() == MAX_RECORDS) {
        return new Walk(done, missing, false);
      }
      var id = open.removeFirst();
      var found = records.find(id);
      if (found.isEmpty()) {
        missing.add(id);
        continue;
      }
      done.add(verifier.verify(id, found.get()));
      if (found.get() instanceof RecordCodec.Reading.Sound(var record)) {
        record.upstreamRecords().stream().filter(seen::add).forEach(open::addLast);
      }
    }
    return new Walk(done, missing, true);
  }
}
