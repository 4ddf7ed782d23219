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
 * The console's session: one cookie that says nothing but a random number and whether its browser
 * was admitted, authenticated under the server's secret and the start token. Nothing is stored: it
 * is good after a restart, and another start token ends all of them.
 */
@Component
public class Sessions {

  private static final String ADMITTED = "act_console_";

  /**
   * Of a browser that was not let in, for the form it is let in by. A name of its own: a link on
   * another site comes without the strict cookie, and its answer must not replace that one.
   */
  private static final String VISITOR = "act_visitor_";

  private static final String CSRF_ATTRIBUTE = Sessions.class.getName() + ".csrf";
  private static final int NONCE_BYTES = 18;

  private final SecureRandom random = new SecureRandom();
  private final Hmac mac;
  private final String server;

  Sessions(DataFolder folder) {
    mac = new Hmac(Hmac.derive(folder.secret(), "console sessions since " + folder.startToken()));
    // Browsers do not tell the ports of a machine apart, so that two servers need two names.
    server = mac("cookie").substring(0, 8);
  }

  /**
   * @param admitted the start token or the admin key was shown
   */
  record Session(String nonce, boolean admitted) {}

  Optional<Session> of(ServerWebExchange exchange) {
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
   * A new session and its cookie; a login gets a new number, so that an old one is worth nothing.
   */
  Session open(ServerWebExchange exchange, boolean admitted) {
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

  /** The token forms of this session carry; empty outside the console. */
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
    var said = session.nonce() + "." + (session.admitted() ? "a" : "v");
    return said + "." + mac("session|" + said);
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
