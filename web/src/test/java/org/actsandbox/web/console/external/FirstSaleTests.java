package org.actsandbox.web.console.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.check.ScriptedMerchant;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.Test;

/** Tests that the page of the first sale shows the steps that the journal shows. */
class FirstSaleTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern STEP = Pattern.compile("<li[^>]*id=\"step-([a-z]+)\"[^>]*>");

  private final ConsoleServer server = ConsoleServer.shared();
  private final HttpClient client = HttpClient.newHttpClient();

  private String send(String method, String path, String header, String value, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Accept", method.equals("GET") ? "text/html" : "application/json")
            .header(header, value)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private List<String> done(World world) throws IOException, InterruptedException {
    var page =
        send(
            "GET",
            "/console/" + world.name() + "/own-shop/mine/first-sale",
            "Cookie",
            server.cookie(),
            "");
    return STEP.matcher(page)
        .results()
        .filter(each -> each.group().contains("card done"))
        .map(each -> each.group(1))
        .toList();
  }

  /** Reads the page until it shows a step, because the journal is written after the answer. */
  private List<String> doneWith(World world, String step) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var done = done(world);
    while (!done.contains(step) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      done = done(world);
    }
    return done;
  }

  private void calls(World world, String method, String path)
      throws IOException, InterruptedException {
    send(method, "/w/" + world.name() + "/merchants/mine" + path, "Act-Sender", "did:act:x", "{}");
  }

  @Test
  void eachStepIsTickedOffWhenTheJournalShowsIt() throws Exception {
    var world = server.newWorld("first-sale");
    try (var merchant = new ScriptedMerchant()) {
      var order =
          "{\"url\":\"%s\",\"id\":\"mine\",\"kind\":\"shop\",\"level\":\"order\"}"
              .formatted(merchant.url("localhost"));
      send(
          "POST",
          "/api/worlds/" + world.name() + "/merchants",
          "Authorization",
          "Bearer " + world.roleKey(Role.OPERATOR, null),
          order);
      assertThat(done(world)).containsExactly("reachable");

      merchant.answers.put("/fulfilment/o1", "{}");
      merchant.answers.put("/notifications", "{}");
      calls(world, "POST", "/carts");
      calls(world, "GET", "/fulfilment/o1");
      calls(world, "POST", "/notifications");
      assertThat(doneWith(world, "notification"))
          .as("a refused cart, and goods without a bill")
          .containsExactly("reachable", "notification");

      merchant.answers.put("/carts", "{}");
      calls(world, "POST", "/carts");
      merchant.statuses.put("/fulfilment/o1", 402);
      calls(world, "GET", "/fulfilment/o1");
      merchant.statuses.remove("/fulfilment/o1");
      calls(world, "GET", "/fulfilment/o1");

      assertThat(doneWith(world, "delivery"))
          .containsExactly("reachable", "cart", "bill", "delivery", "notification");
    }
  }
}
