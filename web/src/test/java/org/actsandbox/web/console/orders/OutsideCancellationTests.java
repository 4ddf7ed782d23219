package org.actsandbox.web.console.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.external.ExternalOrders;
import org.actsandbox.sandbox.external.order.ExternalOrderStates;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.check.ScriptedMerchant;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.Test;

/** Tests that the page of an order cancels it at a merchant from outside. */
class OutsideCancellationTests {

  private static final Did MERCHANT = Did.of("mine");
  private static final Did STRANGER = Did.of("somebodys-agent");
  private static final String CANCEL = "/orders/T-1/cancel";
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final ConsoleServer server = ConsoleServer.shared();
  private final World world = server.newWorld("outside-cancellation");
  private final String cookie = server.cookie();
  private final HttpClient client = HttpClient.newHttpClient();

  private void add(ScriptedMerchant merchant, Did agent) throws Exception {
    var added =
        send(
            HttpRequest.newBuilder(
                    URI.create(server.origin() + "/api/worlds/" + world.name() + "/merchants"))
                .header("Authorization", "Bearer " + world.roleKey(Role.OPERATOR, null))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Json.write(
                            Map.of(
                                "url",
                                merchant.url("localhost"),
                                "id",
                                "mine",
                                "kind",
                                "shop",
                                "level",
                                "shop")))));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    var order = order();
    world
        .externalMerchants()
        .orders()
        .add(MERCHANT, agent, new ExternalOrders.SignedOrder(order, Json.write(order)));
  }

  private Order order() {
    var now = world.clock().instant();
    var title = new Text("Kite", "风筝");
    return new Order(
        "T-1",
        "mine",
        MERCHANT.value(),
        "I-1",
        null,
        "C-1",
        MerchantKind.SHOP,
        List.of(new Order.Line("kite", "kite", title, 1, null)),
        List.of(new Offer.PriceLine("base", title, "58.00")),
        "58.00",
        "CNY",
        OrderStatus.HELD,
        now,
        now.plus(Duration.ofDays(1)),
        "fulfilment/T-1",
        "http://localhost/fulfilment/T-1",
        null);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder page(String more) {
    return HttpRequest.newBuilder(
            URI.create(server.origin() + "/console/" + world.name() + "/orders/mine/T-1" + more))
        .header("Cookie", cookie)
        .header("Accept", "text/html");
  }

  private HttpResponse<String> cancel() throws Exception {
    var shown = CSRF.matcher(send(page("")).body());
    assertThat(shown.find()).isTrue();
    return send(
        page("/cancel")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("_csrf=" + shown.group(1))));
  }

  private OrderStatus status() {
    return new ExternalOrderStates(world).find(MERCHANT, "T-1").orElseThrow().status();
  }

  @Test
  void theAgentsSignedMessageCancelsItAndWhatElseComesIsTold() throws Exception {
    try (var merchant = new ScriptedMerchant()) {
      add(merchant, world.agent());
      assertThat(send(page("")).body()).contains("id=\"cancel\"");

      merchant.answers.put(
          CANCEL,
          "{\"error\":{\"message\":\"It is <b>sent</b>.\",\"details\":{\"code\":\"not_cancellable\"}}}");
      merchant.statuses.put(CANCEL, 409);
      var refused = cancel();
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body())
          .contains("did not cancel the order", "cannot be cancelled", "It is &lt;b&gt;sent");

      merchant.statuses.put(CANCEL, 500);
      assertThat(cancel().body()).contains("answered, but not that the order is cancelled");
      merchant.statuses.remove(CANCEL);
      merchant.answers.put(CANCEL, "<html>Call us.</html>");
      assertThat(cancel().body()).contains("answered, but not that the order is cancelled");
      merchant.answers.put(CANCEL, "{\"status\":\"HELD\"}");
      assertThat(cancel().body()).contains("answered, but not that the order is cancelled");
      assertThat(status()).isEqualTo(OrderStatus.HELD);

      merchant.answers.put(CANCEL, "{\"status\":\"CANCELLED\"}");
      var cancelled = cancel();
      assertThat(cancelled.statusCode()).isEqualTo(303);
      assertThat(status()).isEqualTo(OrderStatus.CANCELLED);
      var after = send(page("?done=cancelled")).body();
      assertThat(after).contains("mine cancelled it").doesNotContain("id=\"cancel\"");
    }
  }

  @Test
  void aMerchantThatIsGoneLeavesTheOutcomeUnknown() throws Exception {
    try (var merchant = new ScriptedMerchant()) {
      add(merchant, world.agent());
    }
    var silent = cancel();
    assertThat(silent.statusCode()).isEqualTo(422);
    assertThat(silent.body()).contains("gave no answer", "never cancelled twice");
    assertThat(status()).isEqualTo(OrderStatus.HELD);
  }

  @Test
  void theOrderOfAnotherAgentIsNotCancelledInItsName() throws Exception {
    try (var merchant = new ScriptedMerchant()) {
      add(merchant, STRANGER);
      merchant.answers.put(CANCEL, "{\"status\":\"CANCELLED\"}");
      assertThat(send(page("")).body())
          .contains("id=\"cancel-foreign\"", "does not hold its key")
          .doesNotContain("id=\"cancel\"");
      assertThat(cancel().statusCode()).isEqualTo(422);
      assertThat(status()).isEqualTo(OrderStatus.HELD);
    }
  }
}
