package org.actsandbox.scenarios.check.world;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says that the checked address is a mock merchant of another world. It knows that world's payment
 * service only, so each of its bills would be reported as a deviation that is none.
 */
public final class MerchantOfAnotherWorld extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** An address without a world is one of {@link #DEFAULT_WORLD}. */
  private static final Pattern PATH = Pattern.compile("(?:.*/w/([^/]+))?/merchants/([^/]+)/?");

  private static final String DEFAULT_WORLD = "demo";

  private MerchantOfAnotherWorld(String message) {
    super(message, null, false, false);
  }

  /**
   * Returns the reason if a sandbox serves a merchant of one of its worlds at this address.
   *
   * @param sandbox the value of {@code Act-Sandbox} in an answer from there; empty if it has none
   */
  public static Optional<MerchantOfAnotherWorld> at(URI address, String sandbox) {
    var path = PATH.matcher(String.valueOf(address.getPath()));
    if (!sandbox.equals("true") || !path.matches()) {
      return Optional.empty();
    }
    var world = Objects.requireNonNullElse(path.group(1), DEFAULT_WORLD);
    return Optional.of(
        new MerchantOfAnotherWorld(
            ("%s is the merchant %s of world %s, and knows the payment service of that world only:"
                    + " check it there, with --world %s, or a new one like it by the name %s alone")
                .formatted(address, path.group(2), world, world, path.group(2))));
  }
}
