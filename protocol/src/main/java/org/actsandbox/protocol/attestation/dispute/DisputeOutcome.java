package org.actsandbox.protocol.attestation.dispute;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a dispute was decided. An outage never counts against anybody: it is inconclusive. */
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
