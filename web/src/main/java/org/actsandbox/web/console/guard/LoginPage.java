package org.actsandbox.web.console.guard;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.edge.AccessPolicy;
import org.actsandbox.web.console.frame.Visit;
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

/** Says how to get in, and takes the start token or the admin key from who has it at hand. */
@Controller
public class LoginPage {

  static final String PATH = "/console/login";
  private static final String TEMPLATE = "console/login";

  /** Only addresses of this server: one slash, then anything but another one or a backslash. */
  private static final Pattern LOCAL = Pattern.compile("/([A-Za-z0-9?][^\\\\]{0,300})?");

  private final Sessions sessions;
  private final AccessPolicy access;

  LoginPage(Sessions sessions, AccessPolicy access) {
    this.sessions = sessions;
    this.access = access;
  }

  /** What was typed is in no log. */
  record Form(@Nullable String key, @Nullable String back) {

    @Override
    public String toString() {
      return "Form[]";
    }
  }

  /** Who is in already is led on: see {@link #isFromElsewhere}. */
  @GetMapping(PATH)
  Rendering ask(Visit visit) {
    if (sessions.of(visit.exchange()).filter(Sessions.Session::admitted).isPresent()) {
      return visit.redirect(local(visit.query("back")));
    }
    return page(visit, local(visit.query("back")), visit.query("refused") != null);
  }

  @PostMapping(PATH)
  Rendering login(Visit visit, @ModelAttribute Form form) {
    var key = form.key() == null ? "" : form.key().strip();
    if (!access.admits(key)) {
      return page(visit, local(form.back()), true);
    }
    sessions.open(visit.exchange(), true);
    return visit.redirect(local(form.back()));
  }

  /** The page in the place of one that needs a session. */
  public static Rendering inPlaceOf(Visit visit) {
    return page(visit, back(visit.exchange()), false);
  }

  private static String back(ServerWebExchange exchange) {
    var request = exchange.getRequest();
    var address = request.getURI();
    var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    boolean again = request.getMethod().equals(HttpMethod.GET);
    return again ? local(address.getRawPath() + query) : "/";
  }

  /** The login page's own address, which leads to {@code back} whoever is in. */
  static String leadingTo(String back) {
    return PATH + "?back=" + UriUtils.encode(back, StandardCharsets.UTF_8);
  }

  /**
   * Where the browser goes from a page in the place of one that a link elsewhere led to: the next
   * request is one of this site, so that the cookie comes along. Not the same address again, which
   * browsers count as the link's own request.
   */
  public static String onceMore(ServerWebExchange exchange) {
    return leadingTo(back(exchange));
  }

  /**
   * Whether a link on another site, or a file, led here: such a request does not bring the strict
   * cookie along, and the same one made by this page does.
   */
  public static boolean isFromElsewhere(ServerWebExchange exchange) {
    var request = exchange.getRequest();
    return request.getMethod().equals(HttpMethod.GET)
        && "cross-site".equals(request.getHeaders().getFirst("Sec-Fetch-Site"));
  }

  private static Rendering page(Visit visit, String back, boolean refused) {
    return visit
        .page(TEMPLATE, "login")
        .status(HttpStatus.UNAUTHORIZED.value())
        .with("back", back)
        .with("elsewhere", isFromElsewhere(visit.exchange()) ? leadingTo(back) : null)
        .with("refused", refused ? true : null)
        .show();
  }

  /** The address if it is one of this server, else the start page. */
  public static String local(@Nullable String back) {
    return back != null && LOCAL.matcher(back).matches() ? back : "/";
  }
}
