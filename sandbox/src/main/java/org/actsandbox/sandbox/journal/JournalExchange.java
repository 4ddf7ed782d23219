package org.actsandbox.sandbox.journal;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Represents the {@code data} of an EXCHANGE entry: one HTTP request and its answer with secrets
 * masked.
 *
 * @param path path with query, as the client sent it below the world
 * @param status HTTP status; 0 when the client got no answer
 * @param remark findings about the message: unknown header payload, invalid JSON, a fault
 */
public record JournalExchange(
    String method,
    String path,
    int status,
    long durationMicros,
    Map<String, String> requestHeaders,
    @Nullable Body requestBody,
    Map<String, String> responseHeaders,
    @Nullable Body responseBody,
    Map<String, JsonNode> decoded,
    String role,
    @Nullable String remark) {

  /**
   * Represents the body of the request or the answer.
   *
   * @param json the body where it is JSON of at most 64 KiB, masked
   * @param text the beginning of any other body
   * @param digest {@code sha-256:} and base64url, of the body as it was on the wire
   */
  public record Body(
      String contentType,
      long length,
      @Nullable JsonNode json,
      @Nullable String text,
      @Nullable String digest) {}
}
