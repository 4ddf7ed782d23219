package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Lists the kinds of merchants of the sandbox; on the wire in lower case. */
public enum MerchantKind {
  TRAIN,
  HOTEL,
  SHOP,
  /** Seller agents sell data and work, which are paid per request over HTTP 402. */
  SERVICE;

  /** The kinds of merchants that answer intents with offers; services are requested directly. */
  public static final Set<MerchantKind> WITH_OFFERS =
      Collections.unmodifiableSet(EnumSet.of(TRAIN, HOTEL, SHOP));

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
