package org.actsandbox.scenarios.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load run measured; times in milliseconds, as the caller sees them.
 *
 * @param flows purchases carried through
 * @param rate purchases that were to begin each second; absent where none was asked for
 * @param purchasesPerSecond over the wall-clock time of the measured part; absent step by step
 * @param p50Ms median time of one whole purchase, approval included, with a rate from when it was
 *     to begin; absent step by step
 * @param errors purchases that ended otherwise; their kinds are in the log
 * @param iacIssueP99Ms of L2: from the PIN to the credential
 * @param verificationP99Ms of L2: a delegated payment, from its request to its answer
 * @param steps each request of a purchase, in order
 * @param serverRssMb resident memory of the server process afterwards, 0 when it cannot be seen
 */
public record LoadReport(
    long flows,
    int concurrency,
    @Nullable Double rate,
    @Nullable Double purchasesPerSecond,
    @Nullable Double p50Ms,
    @Nullable Double p99Ms,
    long errors,
    @Nullable Double iacIssueP99Ms,
    @Nullable Double verificationP99Ms,
    List<StepTime> steps,
    long serverRssMb) {

  /** One request of all purchases. */
  public record StepTime(String step, double p50Ms, double p99Ms) {}
}
