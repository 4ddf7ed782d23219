package org.actsandbox.agent.task;

import java.util.Map;

/**
 * A service of a seller agent, as its catalog announces it.
 *
 * @param price decimal yuan for one request
 * @param attributes the capabilities that the seller states
 */
record SellerService(
    String merchant, String service, String price, Map<String, String> attributes) {

  SellerService {
    attributes = Map.copyOf(attributes);
  }

  String attribute(String name) {
    return attributes.getOrDefault(name, "");
  }
}
