package org.actsandbox.scenarios.load;

import org.jspecify.annotations.Nullable;

/**
 * What a load run measured.
 *
 * @param flows purchases carried through
 * @param purchasesPerSecond over the wall-clock time of the measured part
 * @param p50Ms median time of one whole purchase, approval included
 * @param errors purchases that ended otherwise; their kinds are in the log
 * @param iacIssueP99Ms of L2: from the PIN to the credential
 * @param verificationP99Ms of L2: a delegated payment, from its request to its answer
 * @param serverRssMb resident memory of the server process afterwards, 0 when it cannot be seen
 */
public record LoadReport(
    long flows,
    int concurrency,
    double purchasesPerSecond,
    double p50Ms,
    double p99Ms,
    long errors,
    @Nullable Double iacIssueP99Ms,
    @Nullable Double verificationP99Ms,
    long serverRssMb) {}
