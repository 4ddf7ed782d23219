package org.actsandbox.merchants.endpoint;

import org.actsandbox.merchants.deposit.DepositPolicies;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says which deposit a merchant takes, and lets its staff change it and give deposits back. */
@RestController
@RequestMapping("/w/{world}/merchants/{merchant}")
public class DepositEndpoints {

  /** Needs no key, because buyers decide by it. */
  @EndpointSummary("Read which deposit a merchant takes")
  @GetMapping("/deposit-policy")
  DepositPolicies.Policy policy(Merchant merchant) {
    return merchant.depositPolicies().current();
  }

  @EndpointSummary("Change which deposit a merchant takes")
  @WireMessages(takes = DepositPolicies.Change.class)
  @PostMapping("/deposit-policy")
  DepositPolicies.Policy change(
      Merchant merchant, @AllowedRoles(Role.MERCHANT) Caller caller, @RequestBody byte[] body) {
    caller.requireMerchant(merchant.profile().did());
    return merchant.depositPolicies().change(body);
  }

  @EndpointSummary("Give a deposit back before the end of the stay")
  @PostMapping("/orders/{orderNo}/deposit-return")
  Order giveBack(
      Merchant merchant, @AllowedRoles(Role.MERCHANT) Caller caller, @PathVariable String orderNo) {
    caller.requireMerchant(merchant.profile().did());
    return merchant.deposits().giveBack(orderNo);
  }
}
