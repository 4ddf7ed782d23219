package org.actsandbox.sandbox.edge.node;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.sandbox.key.Hmac;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Marks a request as forwarded by a node, under a key that only nodes know: such a request is not
 * forwarded again. A mark that is not valid counts for nothing.
 */
@Component
class ForwardMark {

  /** Header of the mark. */
  static final String HEADER = "Act-Node-Forward";

  /** Difference between the clocks of two nodes that is still accepted. */
  private static final Duration SKEW = Duration.ofMinutes(2);

  private final Hmac mac;
  private final Clock machine;

  ForwardMark(DataFolder folder, Clock machine) {
    this.mac = new Hmac(Hmac.derive(folder.secret(), "forwarded requests of nodes"));
    this.machine = machine;
  }

  /** Makes the mark of a request. */
  String of(String method, URI target) {
    return mark(machine.millis(), method, target);
  }

  boolean isValid(@Nullable String mark, String method, URI target) {
    if (mark == null || !mark.matches("[0-9]{1,15}[.][A-Za-z0-9_-]{43}")) {
      return false;
    }
    long at = Long.parseLong(mark.substring(0, mark.indexOf('.')));
    return Math.abs(machine.millis() - at) <= SKEW.toMillis()
        && MessageDigest.isEqual(bytes(mark(at, method, target)), bytes(mark));
  }

  private String mark(long at, String method, URI target) {
    var text = at + " " + method + " " + target.getRawPath() + "?" + target.getRawQuery();
    return at + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.of(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
