package org.actsandbox.sandbox.notification;

import java.net.URI;
import java.util.function.Predicate;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.jspecify.annotations.Nullable;

/** Checks an address to which notifications are to be sent. */
public final class WebhookAddress {

  private static final int MAX_LENGTH = 300;

  private WebhookAddress() {}

  /**
   * Reads an address.
   *
   * @param allowed the rule that each call obeys as well, since a name may change its address
   * @throws Refusal {@code invalid_field}, {@code access_restricted}
   */
  public static URI read(String field, String text, Predicate<URI> allowed) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException notAnAddress) {
      throw invalid(field, text);
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawFragment() != null
        || text.length() > MAX_LENGTH) {
      throw invalid(field, text);
    }
    if (!allowed.test(url)) {
      throw new Refusal(Problem.ACCESS_RESTRICTED, "calls to that address are not allowed")
          .at(field)
          .expected(
              "another server than the sandbox: on this machine (localhost, 127.0.0.1) while the"
                  + " server is bound to it, or at a host named in act.outbound-hosts")
          .observed(text)
          .remedy("Start the server with --set outbound-hosts=" + url.getHost() + ".");
    }
    return url;
  }

  /**
   * Checks an address that may be absent.
   *
   * @throws Refusal as {@link #read}
   */
  public static void optional(String field, @Nullable String text, Predicate<URI> allowed) {
    if (text != null) {
      read(field, text, allowed);
    }
  }

  private static Refusal invalid(String field, String observed) {
    return FieldChecks.invalid(
        field,
        "http://host:port/path or https://host/path of at most " + MAX_LENGTH + " characters",
        observed);
  }
}
