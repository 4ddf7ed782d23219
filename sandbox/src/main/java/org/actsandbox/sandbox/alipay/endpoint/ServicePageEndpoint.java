package org.actsandbox.sandbox.alipay.endpoint;

import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.seller.ServicePageAnswer;
import org.actsandbox.sandbox.alipay.seller.ServicePageSellers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves the services of seller agents once more, billed in Alipay's form. A request is not signed
 * here: its input is the query of a GET or the JSON of a POST (AIP-137 to AIP-153).
 */
@RestController
class ServicePageEndpoint {

  private static final String PATH = "/w/{world}/merchants/{merchant}/alipay/{service}";

  private static final int MAX_INPUT_BYTES = 24 * 1024;

  @EndpointSummary("Ask a service for a resource, billed in Alipay's form")
  @GetMapping(PATH)
  ResponseEntity<JsonNode> page(
      ServicePageSellers sellers,
      Merchant merchant,
      @PathVariable String service,
      ServerHttpRequest http,
      @RequestHeader(name = A402Headers.PAYMENT_PROOF, required = false) @Nullable String proof) {
    var query = http.getQueryParams();
    var input = query.isEmpty() ? merchant.servicePages().example(service) : input(query);
    return answer(sellers.answer(merchant, service, input, proof));
  }

  @EndpointSummary("Send a service its input, billed in Alipay's form")
  @WireMessages(takes = ObjectNode.class, answers = ObjectNode.class)
  @PostMapping(PATH)
  ResponseEntity<JsonNode> post(
      ServicePageSellers sellers,
      Merchant merchant,
      @PathVariable String service,
      @RequestBody(required = false) byte @Nullable [] body,
      @RequestHeader(name = A402Headers.PAYMENT_PROOF, required = false) @Nullable String proof) {
    return answer(sellers.answer(merchant, service, input(body), proof));
  }

  private static JsonNode input(byte @Nullable [] body) {
    if (body == null || body.length == 0 || body.length > MAX_INPUT_BYTES) {
      throw malformed("a JSON object of at most " + MAX_INPUT_BYTES + " bytes");
    }
    try {
      var input = Json.parse(body);
      if (input.isObject()) {
        return input;
      }
    } catch (JacksonException notJson) {
      throw malformed("a JSON object");
    }
    throw malformed("a JSON object");
  }

  /** Reads whole numbers as numbers, because a query has texts alone. */
  private static JsonNode input(MultiValueMap<String, String> query) {
    var input = Json.object();
    query.forEach(
        (name, values) -> {
          if (values.size() != 1 || values.getFirst() == null) {
            throw malformed("each parameter once, with a value").observed(name);
          }
          var value = values.getFirst();
          if (value.matches("[0-9]{1,9}")) {
            input.put(name, Integer.parseInt(value));
          } else {
            input.put(name, value);
          }
        });
    return input;
  }

  private static Refusal malformed(String expected) {
    return new Refusal(Problem.INVALID_FIELD, "the input of the service is not valid")
        .at("input")
        .expected(expected);
  }

  private static ResponseEntity<JsonNode> answer(ServicePageAnswer answer) {
    var response =
        ResponseEntity.status(answer.status())
            .cacheControl(CacheControl.noStore())
            .contentType(MediaType.APPLICATION_JSON);
    header(response, A402Headers.PAYMENT_NEEDED, answer.paymentNeeded());
    header(response, A402Headers.PAYMENT_VALIDATION, answer.paymentValidation());
    var retryAfter = answer.retryAfterSeconds();
    header(response, HttpHeaders.RETRY_AFTER, retryAfter == null ? null : retryAfter.toString());
    return response.body(answer.body());
  }

  private static void header(
      ResponseEntity.HeadersBuilder<?> response, String name, @Nullable String value) {
    if (value != null) {
      response.header(name, value);
    }
  }
}
