package org.actsandbox.agent;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Is the payment service of the test marketplace. */
final class MarketplacePayments {

  private final TestMarketplace testMarketplace;

  MarketplacePayments(TestMarketplace testMarketplace) {
    this.testMarketplace = testMarketplace;
  }

  void serve(HttpExchange exchange, String path, String body) throws IOException {
    if (path.endsWith("/instruments")) {
      var page = Json.object();
      page.putArray("items").addObject().put("instrument_ref", "pi_1").put("status", "ACTIVE");
      TestMarketplace.answer(exchange, 200, page);
    } else if (exchange.getRequestMethod().equals("POST") && path.endsWith("/payments")) {
      var payment = payment(Json.parse(body));
      if (!testMarketplace.once("psp", "lost_payment")) {
        TestMarketplace.answer(exchange, 201, payment);
      }
    } else if (path.endsWith("/payments")) {
      var page = Json.object();
      var items = page.putArray("items");
      var wanted = exchange.getRequestURI().getQuery().replace("request_id=", "");
      testMarketplace.payments.values().stream()
          .filter(p -> p.path("request_id").asString().equals(wanted))
          .forEach(items::add);
      TestMarketplace.answer(exchange, 200, page);
    } else if (path.endsWith("/close")) {
      var payment = testMarketplace.payments.get(path.split("/", -1)[3]);
      if (!payment.path("status").asString().equals("paid")) {
        payment.put("status", "closed");
      }
      TestMarketplace.answer(exchange, 200, payment);
    } else if (testMarketplace.does("psp", "no_status")) {
      TestMarketplace.raw(exchange, 503, "");
    } else {
      answerDecided(
          exchange, testMarketplace.payments.get(path.substring(path.lastIndexOf('/') + 1)));
    }
  }

  private ObjectNode payment(JsonNode request) {
    SignedJson.verify(request, testMarketplace.directory());
    var trade = "T-" + request.path("request_id").asString();
    return testMarketplace.payments.computeIfAbsent(
        trade,
        _ -> {
          var payment = Json.object().put("trade_no", trade);
          for (var field :
              List.of("request_id", "merchant_order_no", "payee", "amount", "currency")) {
            payment.set(field, request.path(field));
          }
          payment
              .put("status", "waiting_for_approval")
              .put("cashier_url", testMarketplace.base() + "/cashier/" + trade);
          payment.put("expires_at", TestMarketplace.NOW.plusSeconds(900).toString());
          return payment;
        });
  }

  private void answerDecided(HttpExchange exchange, ObjectNode payment) throws IOException {
    if (!testMarketplace.decision.equals("waiting")
        && payment.path("status").asString().startsWith("waiting")) {
      payment.put("status", testMarketplace.decision);
      if (testMarketplace.decision.equals("paid")) {
        testMarketplace.debits.incrementAndGet();
        pay(payment);
      }
    }
    TestMarketplace.answer(exchange, 200, payment);
  }

  static void pay(ObjectNode payment) {
    payment.put("status", "paid");
    payment.putObject("proof").putObject("protocol").put("trade_no", "T");
    ((ObjectNode) payment.path("proof")).putObject("method").put("psp_id", "x");
  }
}
