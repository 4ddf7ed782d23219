package org.actsandbox.kit.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import org.actsandbox.kit.shop.AgentShop;

/**
 * Serves a shop with the JDK's own HTTP server ({@code jdk.httpserver}).
 *
 * <p>Use an executor of virtual threads: a request waits for the payment service.
 */
public final class ShopHandler implements HttpHandler {

  private final AgentShop shop;

  public ShopHandler(AgentShop shop) {
    this.shop = shop;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    GateHandler.answer(exchange, shop::answer);
  }
}
