package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.WireDefect.bill;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes answers of a merchant in ways that several stand-ins share. */
final class DefectAnswers {

  private DefectAnswers() {}

  static void dearer(ObjectNode bill) {
    bill.put(
        "amount",
        new BigDecimal(bill.path("amount").asString()).add(new BigDecimal("0.01")).toString());
  }

  static JsonNode jws(OutboundClient.Call call, int part) {
    var header =
        call.headers().entrySet().stream()
            .filter(each -> each.getKey().equalsIgnoreCase(A402Headers.PAYMENT_PROOF))
            .findFirst()
            .orElseThrow()
            .getValue();
    var proof = A402Headers.decode(A402Headers.PAYMENT_PROOF, header);
    var compact =
        new String(
            Base64.getUrlDecoder().decode(proof.at("/protocol/payment_proof").asString()),
            StandardCharsets.US_ASCII);
    return Json.parse(Base64.getUrlDecoder().decode(compact.split("\\.", -1)[part]));
  }
}
