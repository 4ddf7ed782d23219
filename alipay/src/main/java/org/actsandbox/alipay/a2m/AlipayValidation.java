package org.actsandbox.alipay.a2m;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the content of a {@code Payment-Validation} header in Alipay's form: four flat fields
 * (AIP-153). Buyers do not need it.
 */
public record AlipayValidation(
    @Nullable String tradeNo,
    @Nullable String outTradeNo,
    @Nullable Boolean validated,
    @Nullable String resourceId) {

  public static Optional<AlipayValidation> decode(String header) {
    return HeaderText.decode(header, AlipayValidation.class);
  }

  public String encode() {
    return HeaderText.encode(this);
  }
}
