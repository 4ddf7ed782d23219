package org.actsandbox.merchants.endpoint;

import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.IntentResponse;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Receives intents (ACT CID-2); the signature in the body authenticates the sender. */
@RestController
public class IntentEndpoint {

  @EndpointSummary("Transfer an intent to a merchant and get its offers")
  @WireMessages(takes = IntentRequest.class)
  @PostMapping("/w/{world}/merchants/{merchant}/intents")
  IntentResponse answer(Merchant merchant, @RequestBody byte[] body) {
    return merchant.intents().answer(body);
  }
}
