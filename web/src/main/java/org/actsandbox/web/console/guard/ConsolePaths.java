package org.actsandbox.web.console.guard;

import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Which addresses are pages for people: those of the console and, where a browser asks, those that
 * are nobody's. Everything else belongs to the protocol and the API.
 */
public final class ConsolePaths {

  private static final Pattern PAGES =
      Pattern.compile("/|/scenarios|/rules|/(console|cashier|shared)(/.*)?|/w/[^/]+/cashier/.*");
  private static final Pattern NOT_FOR_PEOPLE =
      Pattern.compile("/(api|w|assets|webjars|schemas)(/.*)?|/favicon\\..*");
  private static final Pattern ASSETS = Pattern.compile("/(assets|webjars)/.*|/favicon\\.svg");

  /** What would be a path, a query or no address at all where a part is put into another one. */
  private static final Pattern ADDRESS =
      Pattern.compile("\\.{1,2}|.*[\\s\\p{Cntrl}/?#%\\\\<>\"{}|^`].*");

  private ConsolePaths() {}

  public static boolean isPage(ServerWebExchange exchange) {
    var path = exchange.getRequest().getPath().value();
    return PAGES.matcher(path).matches()
        || (isLookedAt(exchange.getRequest()) && !NOT_FOR_PEOPLE.matcher(path).matches());
  }

  /** As browsers do it, and programs do not. */
  private static boolean isLookedAt(ServerHttpRequest request) {
    var accepted = request.getHeaders().getFirst(HttpHeaders.ACCEPT);
    return request.getMethod().equals(HttpMethod.GET)
        && accepted != null
        && accepted.contains(MediaType.TEXT_HTML_VALUE);
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

  /** Read without a login: what was shared by its link, and what is the same on every server. */
  public static boolean isShared(ServerWebExchange exchange) {
    var path = exchange.getRequest().getPath().value();
    return path.startsWith("/shared/") || path.equals("/rules");
  }

  public static boolean isAsset(ServerWebExchange exchange) {
    return ASSETS.matcher(exchange.getRequest().getPath().value()).matches();
  }
}
