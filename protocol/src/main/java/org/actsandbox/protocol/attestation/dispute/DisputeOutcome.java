package org.actsandbox.protocol.attestation.dispute;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Lists the outcomes of a dispute. An outage counts against no party: it makes the dispute
 * inconclusive.
 */
public enum DisputeOutcome {
  UPHELD,
  DISMISSED,
  INCONCLUSIVE;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static DisputeOutcome of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
