package org.actsandbox.merchants.endpoint;

import java.util.Objects;
import org.actsandbox.merchants.gate.ResourceRequest;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.ServiceRequest;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the paid services of seller agents: a signed request is answered with 402 and a bill for
 * exactly this request; the same bytes with the proof get the result (ACT A402-1, A402-5).
 */
@RestController
public class PaidServiceEndpoint {

  @EndpointSummary("Ask a service for a resource, against a payment proof (A402)")
  @WireMessages(
      takes = ServiceRequest.class,
      answers = Delivery.class,
      status = {200, 402})
  @PostMapping("/w/{world}/merchants/{merchant}/services/{service}")
  ResponseEntity<byte[]> ask(
      Merchant merchant,
      @PathVariable String service,
      @RequestBody byte[] body,
      ServerHttpRequest http) {
    var headers = http.getHeaders();
    var serviceOrder = merchant.serviceOrders().orderFor(service, body);
    var request =
        ResourceRequest.of(
            merchant.identity(),
            serviceOrder.resourceId(),
            new ResourceRequest.HttpDetails(
                "POST",
                http.getURI().getRawQuery(),
                Objects.requireNonNullElse(headers.getFirst(HttpHeaders.CONTENT_TYPE), ""),
                headers.getOrEmpty(A402Headers.PAYMENT_PROOF)),
            body,
            serviceOrder.requestId());
    return FulfilmentEndpoint.answer(merchant.gate().open(serviceOrder.orderNo(), request));
  }
}
