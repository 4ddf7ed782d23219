package org.actsandbox.web.console.login;

import org.actsandbox.sandbox.edge.access.AccessPolicy;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.guard.ConsolePaths;
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

/** Says how to log in, and takes the start token or the admin key. */
@Controller
public class LoginPage {

  private static final String TEMPLATE = "console/login";

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
  @GetMapping(ConsolePaths.LOGIN)
  Rendering ask(PageRequest pageRequest) {
    if (consoleSessions
        .of(pageRequest.exchange())
        .filter(ConsoleSessions.Session::admitted)
        .isPresent()) {
      return pageRequest.redirect(ConsolePaths.local(pageRequest.query("back")));
    }
    return page(
        pageRequest,
        ConsolePaths.local(pageRequest.query("back")),
        pageRequest.query("refused") != null);
  }

  @PostMapping(ConsolePaths.LOGIN)
  Rendering login(PageRequest pageRequest, @ModelAttribute Form form) {
    var key = form.key() == null ? "" : form.key().strip();
    if (!access.admits(key)) {
      return page(pageRequest, ConsolePaths.local(form.back()), true);
    }
    consoleSessions.open(pageRequest.exchange(), true);
    return pageRequest.redirect(ConsolePaths.local(form.back()));
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
    return again ? ConsolePaths.local(address.getRawPath() + query) : "/";
  }

  /**
   * Returns where the browser goes from the login page if a link on another site led to it: the
   * next request then comes from this site, so that the browser sends the strict cookie. It is not
   * the same address again, because browsers count that as the link's own request.
   */
  public static String addressToRetry(ServerWebExchange exchange) {
    return ConsolePaths.loginLeadingTo(back(exchange));
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
        .with(
            "elsewhere",
            isFromElsewhere(pageRequest.exchange()) ? ConsolePaths.loginLeadingTo(back) : null)
        .with("refused", refused ? true : null)
        .show();
  }
}
