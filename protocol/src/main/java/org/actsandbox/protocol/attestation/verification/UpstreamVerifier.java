package org.actsandbox.protocol.attestation.verification;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.attestation.RecordCodec;

/** Verifies a record and everything upstream of it (step six of ACT TSD-5). */
public final class UpstreamVerifier {

  /** Ours: a purchase has ten events or so; a longer chain is cut, and says so. */
  public static final int MAX_RECORDS = 200;

  private final RecordSource records;
  private final RecordVerifier recordVerifier;

  public UpstreamVerifier(RecordSource records, RecordVerifier recordVerifier) {
    this.records = records;
    this.recordVerifier = recordVerifier;
  }

  /**
   * @param records the record asked for first, then its causes, each once
   * @param missing upstream records that nobody could show
   * @param complete false when there were more than {@link #MAX_RECORDS}
   * @param walked false when nobody asked for what is upstream
   */
  public record ChainVerification(
      List<Verification> records, List<String> missing, boolean complete, boolean walked) {

    public ChainVerification {
      records = List.copyOf(records);
      missing = List.copyOf(missing);
    }

    /** Of one record, its causes not looked at. */
    public static UpstreamVerifier.ChainVerification ofSingle(Verification record) {
      return new UpstreamVerifier.ChainVerification(List.of(record), List.of(), true, false);
    }

    /** With other words about each record. */
    public UpstreamVerifier.ChainVerification mapRecords(UnaryOperator<Verification> change) {
      return new UpstreamVerifier.ChainVerification(
          records.stream().map(change).toList(), missing, complete, walked);
    }

    /** The seven steps as the record asked for has taken them. */
    public List<VerificationStepOutcome> steps() {
      return VerificationStepOutcome.of(this);
    }

    public boolean isVerified() {
      return complete
          && missing.isEmpty()
          && !records.isEmpty()
          && records.stream().allMatch(Verification::isVerified);
    }
  }

  public UpstreamVerifier.ChainVerification verify(String recordId) {
    var done = new ArrayList<Verification>();
    var missing = new ArrayList<String>();
    var seen = new LinkedHashSet<String>(List.of(recordId));
    var open = new ArrayDeque<String>(List.of(recordId));
    while (!open.isEmpty()) {
      if (done.size() == MAX_RECORDS) {
        return new UpstreamVerifier.ChainVerification(done, missing, false, true);
      }
      var id = open.removeFirst();
      var found = records.find(id);
      if (found.isEmpty()) {
        missing.add(id);
        continue;
      }
      done.add(recordVerifier.verify(id, found.get()));
      if (found.get() instanceof RecordCodec.ReadResult.Sound(var record)) {
        record.upstreamRecords().stream().filter(seen::add).forEach(open::addLast);
      }
    }
    return new UpstreamVerifier.ChainVerification(done, missing, true, true);
  }
}
