package org.actsandbox.sandbox.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Marks the calls that this node's own participants make to worlds, with a number that only this
 * process knows. A world that moves lets them in: a request that is inside may wait for them.
 */
@Component
public class NodeCalls {

  /** Header of the mark. */
  public static final String HEADER = "Act-Node-Call";

  private final String token;

  NodeCalls() {
    var random = new byte[16];
    new SecureRandom().nextBytes(random);
    this.token = HexFormat.of().formatHex(random);
  }

  public String mark() {
    return token;
  }

  public boolean isOwn(@Nullable String mark) {
    return mark != null
        && MessageDigest.isEqual(
            mark.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }
}
