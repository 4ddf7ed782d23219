package org.actsandbox.protocol.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Calls to other participants. Every call has a timeout and a size limit and goes only where the
 * implementation is allowed to go.
 */
public interface OutboundClient {

  /** Ours: no answer of a participant is larger. */
  int MAX_BODY_BYTES = 1024 * 1024;

  /**
   * Sends and waits; any HTTP status is an answer.
   *
   * @throws NoAnswerException when there is none: refused, cut, timed out, too large, or not
   *     allowed
   */
  Answer send(Call call);

  /**
   * @param headers names as they go out; one value each
   * @param body empty for none
   */
  @SuppressWarnings("ArrayRecordComponent") // bodies are passed through, never compared
  record Call(
      String method, URI target, Map<String, String> headers, byte[] body, Duration timeout) {

    public static Call get(URI target, Map<String, String> headers, Duration timeout) {
      return new Call("GET", target, headers, new byte[0], timeout);
    }
  }

  /**
   * @param headers names in lower case
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
     * Whether asking again later would change nothing: 408, 425 and 429 ask for patience; 401 may
     * be a key that is being changed.
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
