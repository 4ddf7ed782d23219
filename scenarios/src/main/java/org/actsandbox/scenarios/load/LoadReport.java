package org.actsandbox.scenarios.load;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a load run measured; times are in milliseconds, as the caller sees them.
 *
 * @param flows the number of completed purchases
 * @param rate the number of purchases that were to begin each second; null if no rate was set
 * @param purchasesPerSecond the average over the wall-clock time of the measured part; null if the
 *     run went step by step
 * @param p50Ms the median time of a whole purchase with the approval, counted with a rate from when
 *     it was to begin; null if the run went step by step
 * @param p99Ms the 99th percentile of the same times
 * @param errors the number of purchases that ended early; {@link LoadRun#failures} lists them by
 *     kind
 * @param iacIssueP99Ms the time from the PIN to the credential; null unless the level is L2
 * @param verificationP99Ms the time from the request of a delegated payment to its answer; null
 *     unless the level is L2
 * @param steps the times of each request of a purchase, in order
 * @param serverRssMb resident memory of the server process afterwards; 0 if it is unknown
 * @param perPurchase the work that one purchase took on average
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
    long serverRssMb,
    PurchaseCost perPurchase) {

  /**
   * Holds the work that one purchase took, in counts and bytes; the server's includes what follows
   * in the background, up to the rest after the run.
   *
   * @param server by name, such as {@code sql_executions}; empty if the server's metrics were not
   *     readable
   * @param driver by name, what the callers of the server did themselves
   */
  public record PurchaseCost(Map<String, Double> server, Map<String, Double> driver) {}

  /** Holds the times of one request over all purchases. */
  public record StepTime(String step, double p50Ms, double p99Ms) {}
}
