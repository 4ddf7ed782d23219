package org.actsandbox.merchants.endpoint;

import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.IntentResponse;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Intent transfer: the signature in the body is the source authentication (ACT CID-2). */
@RestController
public class IntentEndpoint {

  @EndpointSummary("Transfer an intent to a merchant and get its offers")
  @WireMessages(takes = IntentRequest.class)
  @PostMapping("/w/{world}/merchants/{merchant}/intents")
  IntentResponse answer(Merchant merchant, @RequestBody byte[] body) {
    return merchant.intents().answer(body);
  }
}
