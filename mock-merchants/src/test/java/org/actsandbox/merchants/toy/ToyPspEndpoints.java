package org.actsandbox.merchants.toy;

import java.util.Map;
import java.util.function.Supplier;
import org.actsandbox.protocol.json.Json;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Serves the part of the payment service that merchants call. */
@RestController
@RequestMapping(path = "/w/{world}/psp", produces = MediaType.APPLICATION_JSON_VALUE)
class ToyPspEndpoints {

  @GetMapping("/.well-known/jwks.json")
  ResponseEntity<String> keys(ToyPsp psp) {
    return answer(psp, psp::jwks);
  }

  @PostMapping("/fulfilments")
  ResponseEntity<String> fulfilled(ToyPsp psp, @RequestBody byte[] body) {
    return answer(
        psp,
        () -> {
          psp.confirmations.add((ObjectNode) Json.parse(body));
          return Json.write(Map.of("transaction_state", "TRADE_FINISHED"));
        });
  }

  @PostMapping("/refunds")
  ResponseEntity<String> refund(ToyPsp psp, @RequestBody byte[] body) {
    return answer(psp, () -> Json.write(psp.refund((ObjectNode) Json.parse(body))));
  }

  @PostMapping("/proofs/verify")
  ResponseEntity<String> verify(ToyPsp psp, @RequestBody byte[] body) {
    return answer(psp, () -> psp.verify(Json.parse(body)));
  }

  private static ResponseEntity<String> answer(ToyPsp psp, Supplier<String> work) {
    if (psp.failWith != 0) {
      return error(psp.failWith);
    }
    var body = work.get();
    return psp.loseAnswersWith != 0 ? error(psp.loseAnswersWith) : ResponseEntity.ok(body);
  }

  private static ResponseEntity<String> error(int status) {
    return ResponseEntity.status(status).body("{\"error\":{\"details\":{\"code\":\"toy\"}}}");
  }
}
