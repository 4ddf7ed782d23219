package org.actsandbox.web.console.guard;

import java.util.regex.Pattern;
import org.springframework.web.server.ServerWebExchange;

/** Which addresses are pages for people; everything else belongs to the protocol and the API. */
public final class ConsolePaths {

  private static final Pattern PAGES =
      Pattern.compile("/|/scenarios|/(console|cashier|shared)(/.*)?|/w/[^/]+/cashier/.*");
  private static final Pattern ASSETS = Pattern.compile("/(assets|webjars)/.*|/favicon\\.svg");

  private ConsolePaths() {}

  public static boolean isPage(ServerWebExchange exchange) {
    return PAGES.matcher(exchange.getRequest().getPath().value()).matches();
  }

  /** Opened by whoever has the link, without a login. */
  public static boolean isShared(ServerWebExchange exchange) {
    return exchange.getRequest().getPath().value().startsWith("/shared/");
  }

  public static boolean isAsset(ServerWebExchange exchange) {
    return ASSETS.matcher(exchange.getRequest().getPath().value()).matches();
  }
}
