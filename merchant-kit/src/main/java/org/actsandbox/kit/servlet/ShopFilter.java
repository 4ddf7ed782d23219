package org.actsandbox.kit.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.kit.shop.AgentShop;

/**
 * Serves a shop inside a servlet application. What is not the shop's ({@link AgentShop#serves})
 * passes to the application.
 */
public final class ShopFilter implements Filter {

  private final AgentShop shop;

  public ShopFilter(AgentShop shop) {
    this.shop = shop;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse to
        && shop.serves(ServletExchange.path(http))) {
      var read = ServletExchange.read(http);
      ServletExchange.send(http, to, read == null ? A402Gate.bodyTooLarge() : shop.answer(read));
      return;
    }
    chain.doFilter(request, response);
  }
}
