package org.actsandbox.scenarios;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/** Sends one whole request and closes the connection at a chosen moment. */
record DisconnectingCaller(URI origin, String key) {

  /** Lists the moments and the ways in which the connection is closed. */
  enum Cut {
    /** Closes at once, in the regular way. */
    CLOSES(false, false),
    /** Resets at once. */
    RESETS(true, false),
    /** Resets when the answer has begun, so the request was processed. */
    RESETS_IN_THE_ANSWER(true, true);

    private final boolean reset;
    private final boolean afterFirstByte;

    Cut(boolean reset, boolean afterFirstByte) {
      this.reset = reset;
      this.afterFirstByte = afterFirstByte;
    }
  }

  void post(URI target, JsonNode message, Cut cut) throws IOException {
    var body = Json.bytes(message);
    var head =
        """
        POST %s HTTP/1.1\r
        Host: %s\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(target.getRawPath(), origin.getAuthority(), key, body.length);
    try (var socket = new Socket(origin.getHost(), origin.getPort())) {
      var out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      if (cut.afterFirstByte && socket.getInputStream().read() < 0) {
        throw new IOException("no answer to " + target);
      }
      if (cut.reset) {
        // With a linger time of zero the socket sends RST instead of FIN.
        socket.setSoLinger(true, 0);
      }
    }
  }
}
