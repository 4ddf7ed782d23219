package org.actsandbox.agent;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The payment service of a town. */
final class Till {

  private final Town town;

  Till(Town town) {
    this.town = town;
  }

  void serve(HttpExchange exchange, String path, String body) throws IOException {
    if (path.endsWith("/instruments")) {
      var page = Json.object();
      page.putArray("items").addObject().put("instrument_ref", "pi_1").put("status", "ACTIVE");
      Town.answer(exchange, 200, page);
    } else if (exchange.getRequestMethod().equals("POST") && path.endsWith("/payments")) {
      var payment = payment(Json.parse(body));
      if (!town.once("psp", "lost_payment")) {
        Town.answer(exchange, 201, payment);
      }
    } else if (path.endsWith("/payments")) {
      var page = Json.object();
      var items = page.putArray("items");
      var wanted = exchange.getRequestURI().getQuery().replace("request_id=", "");
      town.payments.values().stream()
          .filter(p -> p.path("request_id").asString().equals(wanted))
          .forEach(items::add);
      Town.answer(exchange, 200, page);
    } else if (path.endsWith("/close")) {
      var payment = town.payments.get(path.split("/", -1)[3]);
      payment.put("status", "closed");
      Town.answer(exchange, 200, payment);
    } else {
      decided(exchange, town.payments.get(path.substring(path.lastIndexOf('/') + 1)));
    }
  }

  private ObjectNode payment(JsonNode request) {
    SignedJson.verify(request, town.directory());
    var trade = "T-" + request.path("request_id").asString();
    return town.payments.computeIfAbsent(
        trade,
        _ -> {
          var payment = Json.object().put("trade_no", trade);
          for (var field :
              List.of("request_id", "merchant_order_no", "payee", "amount", "currency")) {
            payment.set(field, request.path(field));
          }
          payment
              .put("status", "waiting_for_approval")
              .put("cashier_url", town.base() + "/cashier/" + trade);
          payment.put("expires_at", Town.NOW.plusSeconds(900).toString());
          return payment;
        });
  }

  private void decided(HttpExchange exchange, ObjectNode payment) throws IOException {
    if (!town.decision.equals("waiting")
        && payment.path("status").asString().startsWith("waiting")) {
      payment.put("status", town.decision);
      if (town.decision.equals("paid")) {
        town.debits.incrementAndGet();
        payment.putObject("proof").putObject("protocol").put("trade_no", "T");
        ((ObjectNode) payment.path("proof")).putObject("method").put("psp_id", "x");
      }
    }
    Town.answer(exchange, 200, payment);
  }
}
