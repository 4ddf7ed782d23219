package org.actsandbox.merchants.endpoint;

import org.actsandbox.merchants.buyer.BuyerPolicies;
import org.actsandbox.merchants.buyer.BuyerReviews;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.wire.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says whom a seller of services serves, and lets its staff change it and let buyers in. */
@RestController
@RequestMapping("/w/{world}/merchants/{merchant}")
public class BuyerEndpoints {

  /** Needs no key, because buyers decide by it. */
  @EndpointSummary("Read whom a seller of services serves")
  @GetMapping("/buyer-policy")
  BuyerPolicies.Policy policy(Merchant merchant) {
    return merchant.buyerPolicies().current();
  }

  @EndpointSummary("Change whom a seller of services serves")
  @WireMessages(takes = BuyerPolicies.Change.class)
  @PostMapping("/buyer-policy")
  BuyerPolicies.Policy change(
      Merchant merchant, @AllowedRoles(Role.MERCHANT) Caller caller, @RequestBody byte[] body) {
    caller.requireMerchant(merchant.profile().did());
    return merchant.buyerPolicies().change(body);
  }

  @EndpointSummary("List the buyers that a person has to look at")
  @GetMapping("/buyer-policy/reviews")
  Page<BuyerReviews.Review> reviews(Merchant merchant, @AllowedRoles(Role.MERCHANT) Caller caller) {
    caller.requireMerchant(merchant.profile().did());
    return merchant.buyerReviews().all();
  }

  @EndpointSummary("Let a buyer in that a person has looked at")
  @PostMapping("/buyer-policy/reviews/{credentialId}/admission")
  Page<BuyerReviews.Review> admit(
      Merchant merchant,
      @AllowedRoles(Role.MERCHANT) Caller caller,
      @PathVariable String credentialId) {
    caller.requireMerchant(merchant.profile().did());
    return merchant.buyerReviews().admit(credentialId);
  }
}
