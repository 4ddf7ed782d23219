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
 * Knows which addresses are pages for people: those of the console and, if a browser asks, those
 * without a handler. All others belong to the protocol and the API.
 */
public final class ConsolePaths {

  /** The page on which a browser without a session gets one. */
  public static final String LOGIN = "/console/login";

  /** Only addresses of this server: one slash, then anything but another one or a backslash. */
  private static final Pattern LOCAL = Pattern.compile("/([A-Za-z0-9?][^\\\\]{0,300})?");

  private static final Pattern PAGES =
      Pattern.compile(
          "/|/scenarios|/rules|/(console|cashier|pay|shared)(/.*)?|/w/[^/]+/cashier/.*");
  private static final Pattern NO_PAGES =
      Pattern.compile("/(api|w|assets|webjars|schemas)(/.*)?|/favicon\\..*");
  private static final Pattern ASSETS = Pattern.compile("/(assets|webjars)/.*|/favicon\\.svg");

  /** Most requests are of participants below a world, where only the cashier is a page. */
  private static final String WORLDS = "/w/";

  private static final String CASHIER = "/cashier/";

  /**
   * Matches a part of a path that would change another address when it is put into it: it would be
   * a path, a query or no valid address.
   */
  private static final Pattern UNSAFE_PART =
      Pattern.compile("\\.{1,2}|.*[\\s\\p{Cntrl}/?#%\\\\<>\"{}|^`].*");

  private ConsolePaths() {}

  public static boolean isPage(ServerWebExchange exchange) {
    var path = exchange.getRequest().getPath().value();
    if (path.startsWith(WORLDS) && !path.contains(CASHIER)) {
      return false;
    }
    return PAGES.matcher(path).matches()
        || (isByBrowser(exchange.getRequest()) && !NO_PAGES.matcher(path).matches());
  }

  /** Tells whether a browser asks for a page: browsers accept HTML, programs do not. */
  private static boolean isByBrowser(ServerHttpRequest request) {
    var accepted = request.getHeaders().getFirst(HttpHeaders.ACCEPT);
    return request.getMethod().equals(HttpMethod.GET)
        && accepted != null
        && accepted.contains(MediaType.TEXT_HTML_VALUE);
  }

  /**
   * Tells whether every part of the path is a plain name. Pages put parts of their path into the
   * addresses that they call with the principal's key.
   */
  static boolean hasNamesOnly(ServerWebExchange exchange) {
    return exchange.getRequest().getPath().elements().stream()
        .filter(PathContainer.PathSegment.class::isInstance)
        .map(part -> ((PathContainer.PathSegment) part).valueToMatch())
        .noneMatch(part -> UNSAFE_PART.matcher(part).matches());
  }

  /**
   * Tells whether the page needs no login: shared runs and payments on a phone, which need their
   * link, and the rules, which are the same on every server.
   */
  public static boolean isShared(ServerWebExchange exchange) {
    var path = exchange.getRequest().getPath().value();
    return path.startsWith("/shared/")
        || path.startsWith("/pay/")
        || path.equals("/rules")
        || path.equals("/errors");
  }

  /** Returns the address of the login page that leads a browser with a session to {@code back}. */
  public static String loginLeadingTo(String back) {
    return LOGIN + "?back=" + UriUtils.encode(back, StandardCharsets.UTF_8);
  }

  /** Returns the address if it is one of this server, else the start page. */
  public static String local(@Nullable String back) {
    return back != null && LOCAL.matcher(back).matches() ? back : "/";
  }

  public static boolean isAsset(ServerWebExchange exchange) {
    var path = exchange.getRequest().getPath().value();
    return !path.startsWith(WORLDS) && ASSETS.matcher(path).matches();
  }
}
