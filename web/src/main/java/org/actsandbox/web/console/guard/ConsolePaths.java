package org.actsandbox.web.console.guard;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;

/**
 * Which addresses are pages for people: those of the console and, where a browser asks, those that
 * are nobody's. Everything else belongs to the protocol and the API.
 */
public final class ConsolePaths {

  /** The page on which a browser without a session gets one. */
  public static final String LOGIN = "/console/login";

  /** Only addresses of this server: one slash, then anything but another one or a backslash. */
  private static final Pattern LOCAL = Pattern.compile("/([A-Za-z0-9?][^\\\\]{0,300})?");

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

  /** The login page's own address, which leads to {@code back} whoever is in. */
  public static String loginLeadingTo(String back) {
    return LOGIN + "?back=" + UriUtils.encode(back, StandardCharsets.UTF_8);
  }

  /** The address if it is one of this server, else the start page. */
  public static String local(@Nullable String back) {
    return back != null && LOCAL.matcher(back).matches() ? back : "/";
  }

  public static boolean isAsset(ServerWebExchange exchange) {
    return ASSETS.matcher(exchange.getRequest().getPath().value()).matches();
  }
}
