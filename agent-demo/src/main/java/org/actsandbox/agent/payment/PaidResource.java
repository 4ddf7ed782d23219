package org.actsandbox.agent.payment;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.actsandbox.agent.Platform;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A resource that is paid for: the request that asks for it, and what its bill must say. The same
 * request is sent byte for byte again with the payment proof (A402-5).
 *
 * @param json the body of a POST; null for a GET
 * @param expected what the bill must say, beside what every bill must say of its request
 * @param difference the words that tell a difference; the name of the field follows them
 */
public record PaidResource(
    Platform platform,
    String intentId,
    URI address,
    @Nullable String json,
    List<PaidResource.BillField> expected,
    String difference) {

  /** Ours: JSON can be shown best, but a page may be anything. */
  static final String ANY_PAGE = "application/json, */*;q=0.8";

  public PaidResource {
    expected = List.copyOf(expected);
  }

  /** One field of a bill, and what it must say. */
  public record BillField(
      String name, String expected, Function<PaymentNeeded.Bill, @Nullable String> billed) {}

  String method() {
    return json == null ? "GET" : "POST";
  }

  String fingerprint() {
    return json == null
        ? RequestFingerprint.of("GET", address, "", new byte[0])
        : RequestFingerprint.of(
            "POST", address, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }
}
