package org.actsandbox.merchants.toy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shops at one toy merchant over HTTP and reads raw JSON. */
public final class ToyAgent {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private static final AtomicInteger REQUESTS = new AtomicInteger();

  private final ToyWorld world;
  private final URI base;
  private final Signer signer;

  ToyAgent(ToyWorld world, URI base, Signer signer) {
    this.world = world;
    this.base = base;
    this.signer = signer;
  }

  /** Represents an answer and decodes its A402 headers. */
  public record Answer(int status, Map<String, List<String>> headers, String text) {

    public JsonNode json() {
      return Json.parse(text);
    }

    public String code() {
      return json().path("error").path("details").path("code").asString("");
    }

    public String field() {
      return json().path("error").path("details").path("field").asString("");
    }

    public boolean has(String header) {
      return headers.containsKey(header.toLowerCase(Locale.ROOT));
    }

    public JsonNode decoded(String header) {
      return A402Headers.decode(
          header, headers.getOrDefault(header.toLowerCase(Locale.ROOT), List.of()).getFirst());
    }

    public Bill bill() {
      return Json.read(decoded(A402Headers.PAYMENT_NEEDED).get("protocol"), Bill.class);
    }

    public JsonNode facts() {
      return decoded(A402Headers.PAYMENT_VALIDATION).get("protocol");
    }

    public Order order() {
      return Json.read(text, Order.class);
    }
  }

  public static String nextRequestId() {
    return "Q-" + REQUESTS.incrementAndGet();
  }

  public ObjectNode cart(String offerId, int quantity, String expected) {
    return (ObjectNode)
        Json.tree(
            new CartRequest(
                nextRequestId(),
                "I-1",
                null,
                signer.did().value(),
                world.now(),
                List.of(new CartRequest.Line(offerId, quantity)),
                expected,
                "CNY",
                Map.of("ship_to", "office"),
                null,
                null,
                null,
                null,
                null));
  }

  public ObjectNode intent(String needs) {
    return intent(needs, _ -> {});
  }

  public ObjectNode intent(String needs, Consumer<ObjectNode> change) {
    var request =
        (ObjectNode)
            Json.parse(
                """
                {"request_id":"%s","intent_id":"I-1","agent_id":"%s","timestamp":"%s",
                 "response_form":"offers","context":{"explicit_needs":[%s]}}
                """
                    .formatted(nextRequestId(), signer.did(), world.now(), needs));
    change.accept(request);
    return request;
  }

  public ObjectNode signed(ObjectNode message) {
    return SignedJson.sign(message, signer);
  }

  /** Signs a message and sends it. */
  public Answer sends(String path, ObjectNode message) {
    return posts(path, Json.bytes(signed(message)), Map.of());
  }

  public Answer posts(String path, byte[] body, Map<String, String> headers) {
    return exchange(
        builder(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  public Answer gets(String path) {
    return gets(path, Map.of());
  }

  public Answer gets(String path, Map<String, String> headers) {
    return exchange(builder(path, headers).GET());
  }

  /** Sends a GET with a body, which HTTP allows but servers seldom expect. */
  public Answer getsWith(byte[] body, String path, Map<String, String> headers) {
    return exchange(
        builder(path, headers).method("GET", HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private HttpRequest.Builder builder(String path, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20));
    headers.forEach(request::header);
    return request;
  }

  private static Answer exchange(HttpRequest.Builder request) {
    try {
      var answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
    } catch (IOException cut) {
      throw new UncheckedIOException(cut);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Confirms two teas for 60.00. */
  public Order orders() {
    var answer = sends("/carts", cart("tea.2", 2, "60.00"));
    if (answer.status() != 201) {
      throw new AssertionError(answer.text());
    }
    return answer.order();
  }

  public Bill billFor(Order order) {
    return gets("/" + order.resourceId()).bill();
  }

  public Answer showsProof(Order order, String proof) {
    return gets("/" + order.resourceId(), Map.of(A402Headers.PAYMENT_PROOF, proof));
  }

  public Answer notifies(byte[] notification) {
    return posts("/notifications", notification, Map.of());
  }

  /** Reads the order with the agent's key. */
  public Order readsOrder(Order order) {
    return gets("/orders/" + order.orderNo(), Map.of("Authorization", "Bearer agent")).order();
  }

  public Answer asMerchant(String path, byte[] body) {
    return posts(path, body, Map.of("Authorization", "Bearer " + ToyWorld.MERCHANT));
  }

  public Answer cancels(Order order) {
    return posts(
        "/orders/" + order.orderNo() + "/cancel",
        new byte[0],
        Map.of("Authorization", "Bearer agent"));
  }
}
