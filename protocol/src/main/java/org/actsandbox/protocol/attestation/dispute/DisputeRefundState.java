package org.actsandbox.protocol.attestation.dispute;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Lists the states of the refund that follows from a finding. */
public enum DisputeRefundState {
  NONE,
  PENDING,
  DONE,
  REFUSED;

  /**
   * The whole lifecycle. A refund without an answer stays pending and is requested again under the
   * same number.
   */
  public Set<DisputeRefundState> successors() {
    return switch (this) {
      case NONE -> EnumSet.of(PENDING);
      case PENDING -> EnumSet.of(DONE, REFUSED);
      case DONE, REFUSED -> EnumSet.noneOf(DisputeRefundState.class);
    };
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
