package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * Limits how often a delegated platform may ask (ACT CRD-12). Ours: the windows follow each other
 * without gaps from the start of the authorization, so that all parties count in the same ones.
 */
public record FrequencyLimit(
    @JsonProperty("maxRequestsPerWindow") int maxRequestsPerWindow,
    @JsonProperty("windowDurationSeconds") int windowDurationSeconds) {

  /** Returns the number of the window in which {@code at} lies; the first has the number 0. */
  public long window(Instant validFrom, Instant at) {
    return Math.floorDiv(
        at.toEpochMilli() - validFrom.toEpochMilli(), 1000L * windowDurationSeconds);
  }

  /** Returns the start of the window after the one in which {@code at} lies. */
  public Instant nextWindow(Instant validFrom, Instant at) {
    return validFrom.plusSeconds((window(validFrom, at) + 1) * windowDurationSeconds);
  }
}
