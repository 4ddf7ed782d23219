package org.actsandbox.merchants.order;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;

/**
 * Computes the digest of a signed order, which its bill and its evidence contain. The newest are
 * remembered by the order's text, because an order is billed soon after it was signed.
 */
public final class ConfirmationDigest {

  private static final int MAX_REMEMBERED = 512;

  private static final Map<String, String> REMEMBERED = new ConcurrentHashMap<>();

  private ConfirmationDigest() {}

  /**
   * @param confirmation the signed order as JSON text
   */
  public static String of(String confirmation) {
    var known = REMEMBERED.get(confirmation);
    return known != null
        ? known
        : RequestFingerprint.digest(CanonicalJson.bytes(Json.parse(confirmation)));
  }

  /** Remembers the digest of an order that was just signed. */
  static void remember(String confirmation, String digest) {
    if (REMEMBERED.size() >= MAX_REMEMBERED) {
      REMEMBERED.clear();
    }
    REMEMBERED.put(confirmation, digest);
  }
}
