package org.actsandbox.kit;

import java.util.Map;
import org.actsandbox.kit.delivery.DeliveryBody;

/**
 * The answer to a request for a paid resource. A HEAD request is answered without the body.
 *
 * @param headers by name
 */
public record GateAnswer(int status, Map<String, String> headers, DeliveryBody body) {

  public GateAnswer {
    headers = Map.copyOf(headers);
  }
}
