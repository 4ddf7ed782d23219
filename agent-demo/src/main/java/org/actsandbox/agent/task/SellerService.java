package org.actsandbox.agent.task;

import java.util.Map;

/**
 * A service of a seller agent, as its catalog announced it.
 *
 * @param price decimal yuan for one request
 * @param attributes what the seller says it is capable of
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
