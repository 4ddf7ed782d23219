package org.actsandbox.protocol.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Calls other participants over HTTP. Every call has a timeout and a size limit, and goes only to
 * addresses that the implementation allows.
 */
public interface OutboundClient {

  /** Ours: the largest answer that is accepted; no participant needs more. */
  int MAX_BODY_BYTES = 1024 * 1024;

  /**
   * Sends a request and waits for the answer; any HTTP status is an answer.
   *
   * @throws NoAnswerException if there is none: the connection was refused or cut, the call timed
   *     out, the answer is too large, or the address is not allowed
   */
  Answer send(Call call);

  /**
   * A request.
   *
   * @param headers one value for each name
   * @param body empty if there is none
   * @param timeout real time for the whole call
   */
  @SuppressWarnings("ArrayRecordComponent") // bodies are passed through, never compared
  record Call(
      String method, URI target, Map<String, String> headers, byte[] body, Duration timeout) {

    public static Call get(URI target, Map<String, String> headers, Duration timeout) {
      return new Call("GET", target, headers, new byte[0], timeout);
    }
  }

  /**
   * The answer to a request.
   *
   * @param headers values by name in lower case
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    public Optional<String> header(String name) {
      var values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
      return values.stream().findFirst();
    }

    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /**
     * Returns whether the same request would fail again later. 408, 425 and 429 are temporary, and
     * 401 may come from a key that is being rotated.
     */
    public boolean isFinalRefusal() {
      return status >= 400
          && status < 500
          && status != 401
          && status != 408
          && status != 425
          && status != 429;
    }
  }
}
