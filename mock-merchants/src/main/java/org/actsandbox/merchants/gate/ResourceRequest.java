package org.actsandbox.merchants.gate;

import java.net.URI;
import java.util.List;
import org.actsandbox.merchants.MerchantIdentity;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Represents a request for a paid resource, with what ACT A402-5 covers of it.
 *
 * @param resourceId the path below the merchant's address
 * @param idempotencyKey the key of a request that does more than read (A402-4)
 * @param proofs every {@code Payment-Proof} line of the request
 */
public record ResourceRequest(
    String resourceId,
    String method,
    String fingerprint,
    @Nullable String idempotencyKey,
    List<String> proofs) {

  /** Holds the parts of the HTTP request that a bill or proof depends on. */
  public record HttpDetails(
      String method, @Nullable String rawQuery, String contentType, List<String> proofs) {}

  /**
   * Computes the fingerprint of a request. The target is the resource's public address with the
   * query as it was sent: behind the edge the request line may name another path or host than the
   * address that the agent was given.
   */
  public static ResourceRequest of(
      MerchantIdentity merchant,
      String resourceId,
      ResourceRequest.HttpDetails httpDetails,
      byte[] body,
      @Nullable String idempotencyKey) {
    var rawQuery = httpDetails.rawQuery();
    var query = rawQuery == null || rawQuery.isEmpty() ? "" : "?" + rawQuery;
    var target = target(merchant.at("/" + resourceId + query));
    return new ResourceRequest(
        resourceId,
        httpDetails.method(),
        RequestFingerprint.of(httpDetails.method(), target, httpDetails.contentType(), body),
        idempotencyKey,
        httpDetails.proofs());
  }

  /**
   * Returns the one proof of the request.
   *
   * @throws Refusal {@code header_malformed} unless there is exactly one
   */
  String proof() {
    if (proofs.size() != 1) {
      throw new Refusal(Problem.HEADER_MALFORMED, "there is not exactly one proof")
          .at(A402Headers.PAYMENT_PROOF)
          .expected("one header line")
          .observed(proofs.size() + " lines");
    }
    return proofs.getFirst();
  }

  private static URI target(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(Problem.INVALID_FIELD, "the query is not one of a URI").at("query");
    }
  }
}
