package org.actsandbox.protocol.attestation.verification;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.UnaryOperator;
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
   * @param walked false when nobody asked for what is upstream
   */
  public record Walk(
      List<Verification> records, List<String> missing, boolean complete, boolean walked) {

    public Walk {
      records = List.copyOf(records);
      missing = List.copyOf(missing);
    }

    /** Of one record, its causes not looked at. */
    public static Walk alone(Verification record) {
      return new Walk(List.of(record), List.of(), true, false);
    }

    /** With other words about each record. */
    public Walk map(UnaryOperator<Verification> change) {
      return new Walk(records.stream().map(change).toList(), missing, complete, walked);
    }

    /** The seven steps as the record asked for has taken them. */
    public List<StepOutcome> steps() {
      return StepOutcome.of(this);
    }

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
        return new Walk(done, missing, false, true);
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
    return new Walk(done, missing, true, true);
  }
}
