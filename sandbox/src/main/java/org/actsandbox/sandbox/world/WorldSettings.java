package org.actsandbox.sandbox.world;

import java.math.BigDecimal;

/**
 * What differs between worlds besides the seed: who the principal is and what it owns at the start.
 *
 * @param language {@code en} or {@code zh}
 * @param homeCity where trips start when the sentence does not say
 * @param shipTo where parcels go
 * @param balance start balance of the wallet in CNY
 * @param cardLimit what the bound card can pay in CNY
 */
public record WorldSettings(
    String language, String homeCity, String shipTo, BigDecimal balance, BigDecimal cardLimit) {

  public static final WorldSettings DEFAULT =
      new WorldSettings(
          "en",
          "Hangzhou",
          "Wensan Road 90, Xihu District, Hangzhou",
          new BigDecimal("20000.00"),
          new BigDecimal("50000.00"));
}
