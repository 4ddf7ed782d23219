package org.actsandbox.sandbox.journal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange as the edge saw it, before masking; it never leaves memory in this form.
 *
 * @param path below the world, with query
 * @param status 0 when the client got no answer
 * @param from who called, by key or by claim
 * @param to whose surface it was
 * @param role of the key shown
 * @param remark what the edge did to it
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
    @Nullable String remark) {

  public int weight() {
    return 2048 + requestBody.length + responseBody.length;
  }
}
