package org.actsandbox.web.console.login;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.edge.AccessPolicy;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.guard.ConsoleSessions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;

/** Says how to log in, and takes the start token or the admin key. */
@Controller
public class LoginPage {

  public static final String PATH = "/console/login";
  private static final String TEMPLATE = "console/login";

  /** Matches only addresses of this server: one slash, then no second slash and no backslash. */
  private static final Pattern LOCAL = Pattern.compile("/([A-Za-z0-9?][^\\\\]{0,300})?");

  private final ConsoleSessions consoleSessions;
  private final AccessPolicy access;

  LoginPage(ConsoleSessions consoleSessions, AccessPolicy access) {
    this.consoleSessions = consoleSessions;
    this.access = access;
  }

  /** Holds the typed key, which {@link #toString} leaves out so that it is in no log. */
  record Form(@Nullable String key, @Nullable String back) {

    @Override
    public String toString() {
      return "Form[]";
    }
  }

  /**
   * Shows the login page; a browser that has a session is redirected to {@code back}: see {@link
   * #isFromElsewhere}.
   */
  @GetMapping(PATH)
  Rendering ask(PageRequest pageRequest) {
    if (consoleSessions
        .of(pageRequest.exchange())
        .filter(ConsoleSessions.Session::admitted)
        .isPresent()) {
      return pageRequest.redirect(local(pageRequest.query("back")));
    }
    return page(
        pageRequest, local(pageRequest.query("back")), pageRequest.query("refused") != null);
  }

  @PostMapping(PATH)
  Rendering login(PageRequest pageRequest, @ModelAttribute Form form) {
    var key = form.key() == null ? "" : form.key().strip();
    if (!access.admits(key)) {
      return page(pageRequest, local(form.back()), true);
    }
    consoleSessions.open(pageRequest.exchange(), true);
    return pageRequest.redirect(local(form.back()));
  }

  /** Renders the login page in place of a page that needs a session. */
  public static Rendering inPlaceOf(PageRequest pageRequest) {
    return page(pageRequest, back(pageRequest.exchange()), false);
  }

  private static String back(ServerWebExchange exchange) {
    var request = exchange.getRequest();
    var address = request.getURI();
    var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    boolean again = request.getMethod().equals(HttpMethod.GET);
    return again ? local(address.getRawPath() + query) : "/";
  }

  /** Returns the login page's own address, which leads a browser with a session to {@code back}. */
  public static String leadingTo(String back) {
    return PATH + "?back=" + UriUtils.encode(back, StandardCharsets.UTF_8);
  }

  /**
   * Returns where the browser goes from the login page if a link on another site led to it: the
   * next request then comes from this site, so that the browser sends the strict cookie. It is not
   * the same address again, because browsers count that as the link's own request.
   */
  public static String addressToRetry(ServerWebExchange exchange) {
    return leadingTo(back(exchange));
  }

  /**
   * Tells whether a link on another site, or in a file, led here. The browser sends such a request
   * without the strict cookie, but sends the cookie with the same request from this page.
   */
  public static boolean isFromElsewhere(ServerWebExchange exchange) {
    var request = exchange.getRequest();
    return request.getMethod().equals(HttpMethod.GET)
        && "cross-site".equals(request.getHeaders().getFirst("Sec-Fetch-Site"));
  }

  private static Rendering page(PageRequest pageRequest, String back, boolean refused) {
    return pageRequest
        .page(TEMPLATE, "login")
        .status(HttpStatus.UNAUTHORIZED.value())
        .with("back", back)
        .with("elsewhere", isFromElsewhere(pageRequest.exchange()) ? leadingTo(back) : null)
        .with("refused", refused ? true : null)
        .show();
  }

  /** Returns the address if it is one of this server, else the start page. */
  public static String local(@Nullable String back) {
    return back != null && LOCAL.matcher(back).matches() ? back : "/";
  }
}
