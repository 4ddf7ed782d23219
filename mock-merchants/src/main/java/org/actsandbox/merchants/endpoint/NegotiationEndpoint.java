package org.actsandbox.merchants.endpoint;

import org.actsandbox.protocol.commerce.Negotiation;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Serves the {@code negotiation_endpoint} of two-way merchants. */
@RestController
public class NegotiationEndpoint {

  @EndpointSummary("Negotiate the payment capability with a merchant")
  @WireMessages(takes = Negotiation.Request.class)
  @PostMapping("/w/{world}/merchants/{merchant}/act/negotiation")
  Negotiation.Response negotiate(Merchant merchant, @RequestBody byte[] body) {
    return merchant.negotiations().answer(body);
  }
}
