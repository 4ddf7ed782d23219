package org.actsandbox.sandbox.alipay.gateway;

import java.util.Optional;
import org.actsandbox.sandbox.alipay.app.AlipayApp.OwnerKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code alipay.user.agreement.delegation.query} (AIP-52). */
final class DelegationQueryMethod implements GatewayMethod {

  private static final int MAX_NUMBER = 128;

  @Override
  public OwnerKind caller() {
    return OwnerKind.AGENT;
  }

  @Override
  public ObjectNode answer(GatewayCall call) {
    return require(call, "external_agreement_no", "external_delegation_id").fields();
  }

  /**
   * Finds the authority by the platform's numbers, or by the application's own where the method
   * takes them.
   *
   * @param externalAgreement the field of the application's own number; null if it takes none
   * @throws GatewayRefusal {@code INVALID_PARAMETER}, {@code USER_AGREEMENT_NOT_EXIST}, {@code
   *     DELEGATION_NOT_EXIST}
   */
  static GrantedAuthority require(
      GatewayCall call, @Nullable String externalAgreement, @Nullable String externalDelegation) {
    var agreementNo = number(call, "agreement_no");
    var external = externalAgreement == null ? null : number(call, externalAgreement);
    var delegationId = number(call, "delegation_id");
    var externalId = externalDelegation == null ? null : number(call, externalDelegation);
    if ((agreementNo == null && external == null) || (delegationId == null && externalId == null)) {
      throw new GatewayRefusal(
          SubCode.INVALID_PARAMETER, "a number of the agreement and one of the delegation");
    }
    var agreement =
        (agreementNo != null
                ? call.agreements().find(agreementNo)
                : call.agreements().findExternal(call.app().appId(), String.valueOf(external)))
            .filter(found -> found.appId().equals(call.app().appId()))
            .filter(found -> GrantedAuthority.isKnown(call, found))
            .orElseThrow(() -> new GatewayRefusal(SubCode.USER_AGREEMENT_NOT_EXIST));
    var authority = GrantedAuthority.of(call, agreement);
    boolean same =
        delegationId != null
            ? authority.delegationId().equals(Optional.of(delegationId))
            : agreement.externalDelegationId().equals(externalId);
    if (!same) {
      throw new GatewayRefusal(SubCode.DELEGATION_NOT_EXIST);
    }
    return authority;
  }

  private static @Nullable String number(GatewayCall call, String field) {
    var number = call.text(field, SubCode.INVALID_PARAMETER);
    if (number != null && number.length() > MAX_NUMBER) {
      throw new GatewayRefusal(SubCode.INVALID_PARAMETER, field + " is too long");
    }
    return number;
  }
}
