package org.actsandbox.sandbox.alipay.gateway;

import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.app.AlipayApp.OwnerKind;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code alipay.user.agreement.delegation.cancel}: the agent gives it back (AIP-53). */
final class DelegationCancelMethod implements GatewayMethod {

  @Override
  public OwnerKind caller() {
    return OwnerKind.AGENT;
  }

  @Override
  public ObjectNode answer(GatewayCall call) {
    var authority = DelegationQueryMethod.require(call, null, null);
    try {
      call.delegations()
          .move(
              authority.delegationId().orElseThrow(),
              DelegationState.REVOKED,
              "alipay.user.agreement.delegation.cancel",
              new Caller(Role.AGENT, call.app().owner()));
    } catch (Refusal ended) {
      throw new GatewayRefusal(SubCode.INVALID_PARAMETER, ended.detail());
    }
    return Json.object();
  }
}
