package org.actsandbox.sandbox.wiring;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.AlipayConfig;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.request.AlipayAipayAgentFulfillmentConfirmRequest;
import com.alipay.api.request.AlipayAipayAgentPaymentVerifyRequest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.alipay.a2m.AlipayProof;
import org.actsandbox.alipay.a2m.AlipayValidation;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Sells the page {@code /report} in Alipay's profile as the official demos do: it verifies and
 * confirms with the official Java SDK before it answers 200 (AIP-25).
 */
final class AlipayGateStandIn implements AutoCloseable {

  private final HttpServer server;
  private final JsonNode app;
  private final InstantSource clock;
  private final AlipayClient client;
  private final List<Integer> answers = new CopyOnWriteArrayList<>();
  volatile UnaryOperator<AlipayBill> change = bill -> bill;

  /**
   * @param app what the registration of the application answered, with the private key
   * @param clock the world's time, by which bills end
   */
  AlipayGateStandIn(String address, JsonNode app, InstantSource clock) {
    this.app = app;
    this.clock = clock;
    var config = new AlipayConfig();
    config.setServerUrl(app.path("gateway").stringValue());
    config.setAppId(app.path("app_id").stringValue());
    config.setPrivateKey(app.path("private_key_pkcs8").stringValue());
    config.setAlipayPublicKey(app.path("alipay_public_key").stringValue());
    // The SDK's own limits are 3 and 15 seconds, which a busy machine exceeds (AIP-91).
    config.setConnectTimeout(20_000);
    config.setReadTimeout(60_000);
    try {
      this.client = new DefaultAlipayClient(config);
      this.server = HttpServer.create(new InetSocketAddress(URI.create(address).getPort()), 0);
    } catch (AlipayApiException | IOException failed) {
      throw new IllegalStateException(failed);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/report", this::serve);
    server.start();
  }

  /** Returns the statuses of what was answered to proofs. */
  List<Integer> answersToProofs() {
    return answers;
  }

  /** Returns a bill that nothing was changed in, signed. */
  AlipayBill bill() {
    var seller = app.path("seller_id").stringValue();
    var payBefore = clock.instant().plusSeconds(1800).atOffset(ZoneOffset.ofHours(8)).toString();
    return new AlipayBill(
            new AlipayBill.BillOrder(
                "ORDER_1", "0.10", "CNY", "/report", payBefore, null, "RSA2", seller),
            new AlipayBill.BillSeller(
                "Kiosk",
                seller,
                app.path("app_id").stringValue(),
                "每日简报",
                "seller_id",
                AlipayBill.SANDBOX_SERVICE))
        .signed(key(app));
  }

  static java.security.PrivateKey key(JsonNode app) {
    try {
      return RsaKeyText.read(app.path("private_key_pkcs8").stringValue())
          .privateKey()
          .orElseThrow();
    } catch (KeyTextException notAKey) {
      throw new IllegalStateException(notAKey);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var header = exchange.getRequestHeaders().getFirst("Payment-Proof");
      if (header == null) {
        exchange.getResponseHeaders().set("Payment-Needed", change.apply(bill()).encode());
        answer(exchange, 402, "{\"code\":\"Payment-Needed\"}");
        return;
      }
      var proof = AlipayProof.decode(header).orElseThrow();
      int status = settle(proof);
      answers.add(status);
      if (status == 200) {
        var trade = proof.protocol().tradeNo();
        exchange
            .getResponseHeaders()
            .set(
                "Payment-Validation",
                new AlipayValidation(trade, "ORDER_1", true, "/report").encode());
      }
      answer(
          exchange,
          status,
          status == 200
              ? "{\"resource_id\":\"/report\",\"content\":\"Tea is up.\"}"
              : "{\"code\":\"FULFILLMENT_CONFIRM_FAILED\"}");
    } catch (AlipayApiException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private int settle(AlipayProof proof) throws AlipayApiException {
    var verify = new AlipayAipayAgentPaymentVerifyRequest();
    var content = Json.object();
    content.put("trade_no", proof.protocol().tradeNo());
    content.put("payment_proof", proof.protocol().paymentProof());
    content.put("client_session", proof.method().clientSession());
    verify.setBizContent(Json.write(content));
    var verified = client.execute(verify);
    if (!verified.isSuccess() || !Boolean.TRUE.equals(verified.getActive())) {
      return 400;
    }
    var confirm = new AlipayAipayAgentFulfillmentConfirmRequest();
    confirm.setBizContent("{\"trade_no\":\"%s\"}".formatted(proof.protocol().tradeNo()));
    return client.execute(confirm).isSuccess() ? 200 : 502;
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
