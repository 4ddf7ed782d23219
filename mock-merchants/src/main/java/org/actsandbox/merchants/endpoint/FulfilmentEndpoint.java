package org.actsandbox.merchants.endpoint;

import java.util.Objects;
import org.actsandbox.merchants.gate.ResourceGateAnswer;
import org.actsandbox.merchants.gate.ResourceRequest;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the A402-protected resource of every order. It needs no API key, because the payment proof
 * gives access.
 */
@RestController
public class FulfilmentEndpoint {

  @EndpointSummary("Fetch what an order delivers, against a payment proof (A402)")
  @WireMessages(
      answers = Delivery.class,
      status = {200, 402})
  @GetMapping("/w/{world}/merchants/{merchant}/fulfilment/{orderNo}")
  ResponseEntity<byte[]> fulfilment(
      Merchant merchant,
      @PathVariable String orderNo,
      @RequestBody(required = false) byte @Nullable [] body,
      ServerHttpRequest http) {
    var headers = http.getHeaders();
    var request =
        ResourceRequest.of(
            merchant.identity(),
            "fulfilment/" + orderNo,
            new ResourceRequest.HttpDetails(
                // HEAD is answered as the GET it stands for (RFC 9110, 9.3.2): its bill is for that
                // GET.
                "GET",
                http.getURI().getRawQuery(),
                Objects.requireNonNullElse(headers.getFirst(HttpHeaders.CONTENT_TYPE), ""),
                headers.getOrEmpty(A402Headers.PAYMENT_PROOF)),
            // A GET usually has no body; one that has a body is a different request (A402-5).
            body == null ? new byte[0] : body,
            null);
    return answer(merchant.gate().open(orderNo, request));
  }

  static ResponseEntity<byte[]> answer(ResourceGateAnswer answer) {
    var response =
        ResponseEntity.status(answer.status())
            .cacheControl(CacheControl.noStore())
            .header(HttpHeaders.CONTENT_TYPE, answer.contentType());
    add(response, A402Headers.PAYMENT_NEEDED, answer.paymentNeeded());
    add(response, A402Headers.PAYMENT_VALIDATION, answer.paymentValidation());
    var retryAfter = answer.retryAfterSeconds();
    add(response, HttpHeaders.RETRY_AFTER, retryAfter == null ? null : retryAfter.toString());
    return response.body(answer.body());
  }

  private static void add(
      ResponseEntity.HeadersBuilder<?> response, String name, @Nullable String value) {
    if (value != null) {
      response.header(name, value);
    }
  }
}
