package org.actsandbox.web.console.purchase;

import java.util.Optional;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.MerchantReader;
import org.actsandbox.web.console.words.PageText;
import org.springframework.stereotype.Component;

/** Finds what was bought by a payment, in the words of the merchant that is paid. */
@Component
public class PurchaseTitles {

  private final MerchantReader merchantReader;

  PurchaseTitles(MerchantReader merchantReader) {
    this.merchantReader = merchantReader;
  }

  /**
   * Describes the order behind a payment.
   *
   * @param payee DID of the merchant that is paid
   * @return empty for a payee that is no merchant of this world, or an order that it does not know
   */
  public Optional<PurchaseTitle> find(World world, String payee, String orderNo, PageText words) {
    return merchantReader
        .orderOf(world, payee, orderNo)
        .map(order -> PurchaseTitle.of(order, words));
  }
}
