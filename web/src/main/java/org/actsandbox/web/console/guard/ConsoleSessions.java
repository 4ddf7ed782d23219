package org.actsandbox.web.console.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.sandbox.key.Hmac;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Issues and checks the console's session cookie and form token. The cookie contains only a random
 * number and whether its browser was admitted, authenticated with the server's secret and the start
 * token. The server stores no sessions: a cookie stays valid after a restart, and another start
 * token ends all sessions.
 */
@Component
public class ConsoleSessions {

  private static final String ADMITTED = "act_console_";

  /**
   * The cookie of a browser that was not admitted, which needs a form token for the login form. It
   * has a name of its own: the request of a link on another site comes without the strict cookie,
   * and its answer must not replace the cookie of an admitted browser.
   */
  private static final String VISITOR = "act_visitor_";

  private static final String CSRF_ATTRIBUTE = ConsoleSessions.class.getName() + ".csrf";
  private static final int NONCE_BYTES = 18;

  private final SecureRandom random = new SecureRandom();
  private final Hmac mac;
  private final String server;

  ConsoleSessions(DataFolder folder) {
    mac = new Hmac(Hmac.derive(folder.secret(), "console sessions since " + folder.startToken()));
    // Browsers send cookies to all ports of a machine, so that two servers need cookies with
    // different names.
    server = mac("cookie").substring(0, 8);
  }

  /**
   * Is a browser's session.
   *
   * @param admitted true if the browser showed the start token or the admin key
   */
  public record Session(String nonce, boolean admitted) {}

  public Optional<Session> of(ServerWebExchange exchange) {
    return read(exchange, ADMITTED).or(() -> read(exchange, VISITOR));
  }

  private Optional<Session> read(ServerWebExchange exchange, String name) {
    var cookie = exchange.getRequest().getCookies().getFirst(name + server);
    return cookie == null
        ? Optional.empty()
        : read(cookie.getValue()).filter(session -> session.admitted() == name.equals(ADMITTED));
  }

  private Optional<Session> read(String value) {
    var parts = value.split("\\.", -1);
    if (value.length() > 200 || parts.length != 3) {
      return Optional.empty();
    }
    var session = new Session(parts[0], parts[1].equals("a"));
    return same(write(session), value) ? Optional.of(session) : Optional.empty();
  }

  /**
   * Opens a new session and sets its cookie. A login also gets a new number, so that a number known
   * before the login is of no use.
   */
  public Session open(ServerWebExchange exchange, boolean admitted) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var session = new Session(base64(nonce), admitted);
    exchange
        .getResponse()
        .addCookie(
            ResponseCookie.from((admitted ? ADMITTED : VISITOR) + server, write(session))
                .path("/")
                .httpOnly(true)
                .sameSite("Strict")
                .secure("https".equals(exchange.getRequest().getURI().getScheme()))
                .build());
    return session;
  }

  void attach(ServerWebExchange exchange, Session session) {
    exchange.getAttributes().put(CSRF_ATTRIBUTE, csrf(session));
  }

  /** Returns the token that forms of this session contain; empty outside the console. */
  public static String csrfToken(ServerWebExchange exchange) {
    return exchange.getAttributeOrDefault(CSRF_ATTRIBUTE, "");
  }

  boolean isCsrfToken(Session session, @Nullable String token) {
    return token != null && same(csrf(session), token);
  }

  private String csrf(Session session) {
    return mac("csrf|" + session.nonce());
  }

  private String write(Session session) {
    var content = session.nonce() + "." + (session.admitted() ? "a" : "v");
    return content + "." + mac("session|" + content);
  }

  private String mac(String text) {
    return base64(mac.of(text));
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
