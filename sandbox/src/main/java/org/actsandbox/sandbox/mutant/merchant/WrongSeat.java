package org.actsandbox.sandbox.mutant.merchant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.protocol.commerce.CartRequest;

/** A defect of a merchant: it sells another seat than the buyer picked. */
final class WrongSeat extends AlteredVertical {

  WrongSeat(Vertical honest) {
    super(honest);
  }

  @Override
  public void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
    var others = new HashMap<>(fulfilment);
    others.remove("seat");
    super.hold(orderNo, lines, others);
  }
}
