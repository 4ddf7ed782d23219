package org.actsandbox.sandbox.journal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Represents one HTTP exchange as the edge saw it, before masking; it never leaves memory in this
 * form.
 *
 * @param path below the world, with query
 * @param status HTTP status; 0 when the client got no answer
 * @param from the caller, by its key or by its own claim
 * @param to the participant that was called
 * @param role role of the caller's key
 * @param read whether the participant has read the request's body as its message, and accepted it
 * @param remark changes that the edge made, such as faults
 */
@SuppressWarnings("ArrayRecordComponent") // carried to the writer's thread, never compared
public record UnmaskedExchange(
    String method,
    String path,
    int status,
    long durationMicros,
    Map<String, String> requestHeaders,
    byte[] requestBody,
    Map<String, String> responseHeaders,
    byte[] responseBody,
    String from,
    String to,
    String role,
    boolean read,
    @Nullable String remark) {

  public int weight() {
    return 2048 + requestBody.length + responseBody.length;
  }
}
