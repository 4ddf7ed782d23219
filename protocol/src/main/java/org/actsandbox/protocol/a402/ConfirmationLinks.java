package org.actsandbox.protocol.a402;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The link ids of an order's confirmation (ACT TSD-2), which its bill names under the seller's
 * signature.
 *
 * <p>Ours: the published schema of a bill has no member for link ids and allows no additional one,
 * so they are in the fragment of {@code confirmation_uri}, which is never sent to a server.
 *
 * @param intentId null if the bill does not name one
 * @param delegationId null unless the order must be paid under a delegation
 */
public record ConfirmationLinks(@Nullable String intentId, @Nullable String delegationId) {

  private static final ConfirmationLinks UNKNOWN = new ConfirmationLinks(null, null);
  private static final String INTENT = "intent_id=";
  private static final String DELEGATION = "delegation_id=";

  /** Returns the address of a confirmation with its link ids. */
  public static String at(String address, String intentId, @Nullable String delegationId) {
    var links = address + "#" + INTENT + URLEncoder.encode(intentId, StandardCharsets.UTF_8);
    return delegationId == null
        ? links
        : links + "&" + DELEGATION + URLEncoder.encode(delegationId, StandardCharsets.UTF_8);
  }

  /** Reads the link ids of a bill; both are null if the seller does not name them. */
  public static ConfirmationLinks of(PaymentNeeded.Bill bill) {
    var confirmation = bill.commerceConfirmation();
    var address = confirmation == null ? null : confirmation.confirmationUri();
    if (address == null) {
      return UNKNOWN;
    }
    try {
      var fragment = URI.create(address).getRawFragment();
      return fragment == null
          ? UNKNOWN
          : new ConfirmationLinks(value(fragment, INTENT), value(fragment, DELEGATION));
    } catch (IllegalArgumentException notAnAddress) {
      return UNKNOWN;
    }
  }

  private static @Nullable String value(String fragment, String name) {
    for (var part : fragment.split("&", -1)) {
      if (part.startsWith(name)) {
        return URLDecoder.decode(part.substring(name.length()), StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
