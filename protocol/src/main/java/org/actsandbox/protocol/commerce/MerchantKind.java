package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The verticals the sandbox's merchants trade in; on the wire in lower case. */
public enum MerchantKind {
  TRAIN,
  HOTEL,
  SHOP,
  /** Data and work of seller agents, paid per request over HTTP 402. */
  SERVICE;

  /** Kinds whose merchants answer intents with offers; services are asked directly. */
  public static final Set<MerchantKind> WITH_OFFERS =
      Collections.unmodifiableSet(EnumSet.of(TRAIN, HOTEL, SHOP));

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
