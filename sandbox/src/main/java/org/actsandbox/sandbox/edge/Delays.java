package org.actsandbox.sandbox.edge;

import java.util.SplittableRandom;
import org.actsandbox.sandbox.fault.Fault;

/** How long a slow participant takes. */
public final class Delays {

  private Delays() {}

  /** Milliseconds by {@code median_ms} and {@code sigma}: mostly near the median, seldom far. */
  public static long logNormal(Fault delay, SplittableRandom random) {
    double median = Double.parseDouble(delay.text("median_ms"));
    double sigma = Double.parseDouble(delay.text("sigma"));
    return Math.round(median * Math.exp(sigma * random.nextGaussian()));
  }
}
