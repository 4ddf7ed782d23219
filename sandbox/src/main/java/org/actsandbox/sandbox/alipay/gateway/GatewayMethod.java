package org.actsandbox.sandbox.alipay.gateway;

import java.util.Optional;
import org.actsandbox.sandbox.alipay.app.AlipayApp.OwnerKind;
import tools.jackson.databind.node.ObjectNode;

/** Answers one method of the gateway. */
interface GatewayMethod {

  /** Says where calls of a method come from. */
  enum Door {
    /** The program of the seller or of the agent platform calls the gateway. */
    SERVER,
    /** A browser posts the seller's form, and gets a page (AIP-90). */
    BROWSER,
    /** The wallet app is given the signed text and calls (AIP-89). */
    WALLET
  }

  /** Returns where calls come from. */
  default Door door() {
    return Door.SERVER;
  }

  /** Returns who may call it. */
  default OwnerKind caller() {
    return OwnerKind.MERCHANT;
  }

  /**
   * Returns the page on which the principal still has to decide what was asked for; empty when it
   * is decided.
   *
   * @param answer what {@link #answer} returned
   */
  default Optional<String> confirmationPage(GatewayCall call, ObjectNode answer) {
    return Optional.empty();
  }

  /**
   * Returns the answer's fields besides {@code code} and {@code msg}.
   *
   * @throws GatewayRefusal when the call is refused; nothing has changed then
   */
  ObjectNode answer(GatewayCall call);
}
