package org.actsandbox.protocol.attestation.verification;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.attestation.RecordCodec;

/** Verifies a record and all records upstream of it (step six of ACT TSD-5). */
public final class UpstreamVerifier {

  /**
   * Ours: a purchase has about ten events. Verification of a longer chain stops here, and its
   * result is not complete.
   */
  public static final int MAX_RECORDS = 200;

  private final RecordSource records;
  private final RecordVerifier verifier;

  public UpstreamVerifier(RecordSource records, RecordVerifier verifier) {
    this.records = records;
    this.verifier = verifier;
  }

  /**
   * The result of verifying a record and its upstream records.
   *
   * @param records the requested record first, then its upstream records, each once
   * @param missing ids of upstream records that could not be fetched
   * @param complete false if there were more than {@link #MAX_RECORDS}
   * @param walked false if verification of upstream records was not requested
   */
  public record ChainVerification(
      List<Verification> records, List<String> missing, boolean complete, boolean walked) {

    public ChainVerification {
      records = List.copyOf(records);
      missing = List.copyOf(missing);
    }

    /** Makes the result for one record without verification of its upstream records. */
    public static ChainVerification ofSingle(Verification record) {
      return new ChainVerification(List.of(record), List.of(), true, false);
    }

    /** Returns a result with {@code change} applied to each record's verification. */
    public ChainVerification mapRecords(UnaryOperator<Verification> change) {
      return new ChainVerification(
          records.stream().map(change).toList(), missing, complete, walked);
    }

    /** Returns the outcomes of the seven steps for the requested record. */
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

  public ChainVerification verify(String recordId) {
    var done = new ArrayList<Verification>();
    var missing = new ArrayList<String>();
    var seen = new LinkedHashSet<String>(List.of(recordId));
    var open = new ArrayDeque<String>(List.of(recordId));
    while (!open.isEmpty()) {
      if (done.size() == MAX_RECORDS) {
        return new ChainVerification(done, missing, false, true);
      }
      var id = open.removeFirst();
      var found = records.find(id);
      if (found.isEmpty()) {
        missing.add(id);
        continue;
      }
      done.add(verifier.verify(id, found.get()));
      if (found.get() instanceof RecordCodec.ReadResult.WellFormed(var record)) {
        record.upstreamRecords().stream().filter(seen::add).forEach(open::addLast);
      }
    }
    return new ChainVerification(done, missing, true, true);
  }
}
