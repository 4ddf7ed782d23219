package org.actsandbox.sandbox.alipay.gateway;

import org.actsandbox.sandbox.alipay.app.AlipayApp.OwnerKind;
import tools.jackson.databind.node.ObjectNode;

/** Answers one method of the gateway. */
interface GatewayMethod {

  /** Returns who may call it. */
  default OwnerKind caller() {
    return OwnerKind.MERCHANT;
  }

  /**
   * Returns the answer's fields besides {@code code} and {@code msg}.
   *
   * @throws GatewayRefusal when the call is refused; nothing has changed then
   */
  ObjectNode answer(GatewayCall call);
}
