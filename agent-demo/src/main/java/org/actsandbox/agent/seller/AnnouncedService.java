package org.actsandbox.agent.seller;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.agent.Platform;
import org.actsandbox.protocol.commerce.Text;

/**
 * A service as its seller's catalog announces it; all texts are the seller's, made harmless.
 *
 * @param price decimal yuan for one request
 * @param priceUntil until when the seller keeps the price
 * @param attributes the capabilities that the seller states, such as an example of the input
 */
public record AnnouncedService(
    Platform platform,
    String service,
    Text name,
    Text about,
    String price,
    Instant priceUntil,
    Map<String, String> attributes) {

  public AnnouncedService {
    attributes = Map.copyOf(attributes);
  }

  public String attribute(String attribute) {
    return attributes.getOrDefault(attribute, "");
  }
}
