package org.actsandbox.web.console.guard;

import java.util.regex.Pattern;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;

/** Which addresses are pages for people; everything else belongs to the protocol and the API. */
public final class ConsolePaths {

  private static final Pattern PAGES =
      Pattern.compile("/|/scenarios|/(console|cashier|shared)(/.*)?|/w/[^/]+/cashier/.*");
  private static final Pattern ASSETS = Pattern.compile("/(assets|webjars)/.*|/favicon\\.svg");

  /** What would be a path, a query or no address at all where a part is put into another one. */
  private static final Pattern ADDRESS =
      Pattern.compile("\\.{1,2}|.*[\\s\\p{Cntrl}/?#%\\\\<>\"{}|^`].*");

  private ConsolePaths() {}

  public static boolean isPage(ServerWebExchange exchange) {
    return PAGES.matcher(exchange.getRequest().getPath().value()).matches();
  }

  /**
   * Whether every part of the path is a name: pages put the parts of theirs into the addresses they
   * call in the principal's name.
   */
  static boolean hasNamesOnly(ServerWebExchange exchange) {
    return exchange.getRequest().getPath().elements().stream()
        .filter(PathContainer.PathSegment.class::isInstance)
        .map(part -> ((PathContainer.PathSegment) part).valueToMatch())
        .noneMatch(part -> ADDRESS.matcher(part).matches());
  }

  /** Opened by whoever has the link, without a login. */
  public static boolean isShared(ServerWebExchange exchange) {
    return exchange.getRequest().getPath().value().startsWith("/shared/");
  }

  public static boolean isAsset(ServerWebExchange exchange) {
    return ASSETS.matcher(exchange.getRequest().getPath().value()).matches();
  }
}
